import { Checkbox, Drawer, Input } from 'antd'
import { useState } from 'react'
import { putPerson } from '#contract/org.ts'
import { person as personSchema, privatePerson } from '#domain/org/person.ts'
import type { Person } from '#web/desk/people/PeoplePage.tsx'
import { queries } from '#web/desk/queries.ts'
import { checked } from '#web/desk/shown/checked.ts'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { useSeenVersion } from '#web/desk/shown/StaleEntry.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId, newId } from '#web/parts/commandId.ts'

type Props = { tenantId: string; person: Person | undefined; close: () => void }

/** The post goes into the records; name and phone are kept apart and left as they are when not typed anew. */
export const PersonSheet = ({ tenantId, person, close }: Props) => {
  const [id] = useState(() => person?.id ?? newId())
  const [commandId] = useState(newCommandId)
  const { seen, takeLatest } = useSeenVersion(person?.version)
  const [post, setPost] = useState(person?.post ?? '')
  const [active, setActive] = useState(person?.active ?? true)
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const dirty = post !== (person?.post ?? '') || active !== (person?.active ?? true) || name !== '' || phone !== ''

  const send = async () => {
    const value = checked(personSchema, { post, active })
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
    <Drawer open onClose={close} title={person ? `修改：${person.post}` : '登记人员'} size={420}>
      <Registration
        label="人员"
        verb={person ? '保存修改' : '登记人员'}
        dirty={dirty}
        send={send}
        cancel={close}
        entry={{ labels: { post: '岗位', active: '在岗' }, takeLatest }}
      >
        {(wrong) => (
          <>
            <Registered name="post" label="岗位" help="记录里只写岗位，不写姓名" wrong={wrong}>
              <Input id="post" value={post} onChange={({ target }) => setPost(target.value)} />
            </Registered>
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
    </Drawer>
  )
}
