import { AutoComplete, Checkbox, Drawer, Input, Select } from 'antd'
import { useState } from 'react'
import { listMineUnits } from '#contract/mineUnit.ts'
import { putPerson } from '#contract/org.ts'
import { mineUnitKinds } from '#domain/org/mineUnit.ts'
import { type Office, offices as officeTitles } from '#domain/org/office.ts'
import { person as personSchema, privatePerson } from '#domain/org/person.ts'
import type { Person } from '#web/desk/people/PeoplePage.tsx'
import { queries, useAnswer } from '#web/desk/queries.ts'
import { checked } from '#web/desk/shown/checked.ts'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { RegistryHistory } from '#web/desk/shown/RegistryHistory.tsx'
import { useSeenVersion } from '#web/desk/shown/StaleEntry.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId, newId } from '#web/parts/commandId.ts'

type Props = {
  tenantId: string
  person: Person | undefined
  /** The unit is a mine: it has offices, crews and posts to choose from. */
  ofMine: boolean
  close: () => void
}

/** The post goes into the records; name and phone are kept apart and left as they are when not typed anew. */
export const PersonSheet = ({ tenantId, person, ofMine, close }: Props) => {
  const [id] = useState(() => person?.id ?? newId())
  const [commandId] = useState(newCommandId)
  const { seen, takeLatest } = useSeenVersion(person?.version)
  const [post, setPost] = useState(person?.post ?? '')
  const [active, setActive] = useState(person?.active ?? true)
  const [offices, setOffices] = useState<Office[]>(person?.offices ?? [])
  const [unitId, setUnitId] = useState(person?.unitId)
  const units = useAnswer(listMineUnits, { params: { mineId: tenantId } }, { enabled: ofMine })
  const known = (units.data?.items ?? []).filter((unit) => unit.active)
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const moved = unitId !== person?.unitId || offices.join() !== (person?.offices ?? []).join()
  const dirty =
    moved || post !== (person?.post ?? '') || active !== (person?.active ?? true) || name !== '' || phone !== ''

  const send = async () => {
    const value = checked(personSchema, {
      post,
      active,
      ...(offices.length > 0 && { offices }),
      ...(unitId && { unitId }),
    })
    if (!value.ok) return value.problem
    const kept = checked(privatePerson, { ...(name && { name }), ...(phone && { phone }) })
    if (!kept.ok) return kept.problem
    const answer = await api.call(putPerson, {
      params: { tenantId, id },
      body: {
        commandId,
        ...(seen !== undefined && { expectedVersion: seen }),
        value: value.value,
        ...((name || phone) && { private: kept.value }),
      },
    })
    if (!answer.ok) return answer.problem
    await queries.invalidateQueries()
    close()
    return undefined
  }

  return (
    <Drawer open onClose={close} title={person ? `修改：${person.post}` : '登记人员'} size={520}>
      <Registration
        label="人员"
        verb={person ? '保存修改' : '登记人员'}
        dirty={dirty}
        send={send}
        cancel={close}
        entry={{ labels: { post: '岗位', active: '在岗', offices: '职务', unitId: '车间、班组、单位' }, takeLatest }}
      >
        {(wrong) => (
          <>
            <Registered name="post" label="岗位" help="记录里只写岗位，不写姓名" wrong={wrong}>
              <AutoComplete
                id="post"
                value={post}
                options={known.filter(({ kind }) => kind === 'post').map((unit) => ({ value: unit.name }))}
                onChange={(written: string) => setPost(written)}
              />
            </Registered>
            {ofMine && (
              <>
                <Registered
                  name="offices"
                  label="职务（可不选）"
                  help="法定代表人、实际控制人、主要负责人分开登记；一人兼任的都选上"
                  wrong={wrong}
                >
                  <Select
                    id="offices"
                    mode="multiple"
                    value={offices}
                    options={Object.entries(officeTitles).map(([value, label]) => ({ value, label }))}
                    onChange={(chosen: Office[]) => setOffices(chosen)}
                  />
                </Registered>
                <Registered name="unitId" label="车间、班组、单位（可不选）" wrong={wrong}>
                  <Select
                    id="unitId"
                    allowClear
                    placeholder="直属本矿"
                    value={unitId ?? null}
                    options={known
                      .filter(({ kind }) => kind !== 'post')
                      .map((unit) => ({ value: unit.id, label: `${mineUnitKinds[unit.kind]}：${unit.name}` }))}
                    onChange={(chosen?: string) => setUnitId(chosen ?? undefined)}
                  />
                </Registered>
              </>
            )}
            <Registered name="name" label="姓名（可不填）" {...(person && { help: '不填则不变' })} wrong={wrong}>
              <Input id="name" autoComplete="off" value={name} onChange={({ target }) => setName(target.value)} />
            </Registered>
            <Registered name="phone" label="手机（可不填）" {...(person && { help: '不填则不变' })} wrong={wrong}>
              <Input
                id="phone"
                inputMode="tel"
                autoComplete="off"
                value={phone}
                onChange={({ target }) => setPhone(target.value)}
              />
            </Registered>
            <Registered name="active" label="在岗" wrong={wrong}>
              <Checkbox id="active" checked={active} onChange={({ target }) => setActive(target.checked)}>
                在岗
              </Checkbox>
            </Registered>
          </>
        )}
      </Registration>
      {person && (
        <section className="sheet-history">
          <h3>变更记录</h3>
          <RegistryHistory tenantId={tenantId} kind="person" id={person.id} />
        </section>
      )}
    </Drawer>
  )
}
