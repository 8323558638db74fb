import { Checkbox, Drawer, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { type MineUnitShown, putMineUnit } from '#contract/mineUnit.ts'
import { listPeople } from '#contract/org.ts'
import {
  isOutside,
  type MineUnit,
  type MineUnitKind,
  mineUnitKinds,
  mineUnit as mineUnitSchema,
} from '#domain/org/mineUnit.ts'
import { queries, useAnswer } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { checked } from '#web/desk/shown/checked.ts'
import { DayInput } from '#web/desk/shown/DayInput.tsx'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { RegistryHistory } from '#web/desk/shown/RegistryHistory.tsx'
import { useSeenVersion } from '#web/desk/shown/StaleEntry.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId, newId } from '#web/parts/commandId.ts'

const labels = {
  kind: '种类',
  name: '名称',
  partOfId: '所属',
  leaderId: '负责人',
  work: '作业内容',
  headCount: '人数',
  creditCode: '统一社会信用代码',
  agreementOn: '安全协议签订日期',
  agreementUntil: '安全协议有效期至',
  active: '现状',
}

type Values = { readonly [K in keyof MineUnit]?: MineUnit[K] | undefined }

const valuesOf = (unit: MineUnitShown): Values => {
  const read = mineUnitSchema.safeParse(unit)
  return read.success ? read.data : {}
}

/** What a kind may belong to, and what is said of it under the name. */
const above: Readonly<Record<MineUnitKind, readonly MineUnitKind[]>> = {
  workshop: [],
  crew: ['workshop', 'contractor'],
  post: ['workshop', 'crew', 'contractor'],
  contractor: [],
  lessor: [],
}

const workLabels: Readonly<Record<MineUnitKind, string>> = {
  workshop: '作业内容（可不填）',
  crew: '作业内容（可不填）',
  post: '工种、作业内容（可不填）',
  contractor: '承包的作业（可不填）',
  lessor: '出租的车辆、设备、场地（可不填）',
}

type Props = {
  mineId: string
  unit: MineUnitShown | undefined
  kind: MineUnitKind
  others: readonly MineUnitShown[]
  mayPut: boolean
  close: () => void
}

const UnitForm = ({ mineId, unit, kind, others, close }: Props) => {
  const { app } = useStanding()
  const [id] = useState(() => unit?.id ?? newId())
  const [commandId] = useState(newCommandId)
  const { seen, takeLatest } = useSeenVersion(unit?.version)
  const [initial] = useState<Values>(() => (unit ? valuesOf(unit) : { kind, active: true }))
  const [values, setValues] = useState(initial)
  const people = useAnswer(listPeople, { params: { tenantId: mineId } })
  const set = (change: Values) => setValues((before) => ({ ...before, ...change }))
  const chosen = values.kind ?? kind
  const parents = others.filter((one) => one.active && one.id !== id && above[chosen].includes(one.kind))

  const send = async () => {
    const kept = Object.entries(values).filter(([, value]) => value !== '' && value !== undefined)
    const read = checked(mineUnitSchema, Object.fromEntries(kept))
    if (!read.ok) return read.problem
    const answer = await api.call(putMineUnit, {
      params: { mineId, id },
      body: { commandId, ...(seen !== undefined && { expectedVersion: seen }), value: read.value },
    })
    if (!answer.ok) return answer.problem
    await queries.invalidateQueries()
    close()
    return undefined
  }

  return (
    <Registration
      label="车间、班组、岗位和外包外租"
      verb={unit ? '保存修改' : `登记${mineUnitKinds[chosen]}`}
      dirty={values !== initial}
      send={send}
      cancel={close}
      entry={{ labels, takeLatest }}
    >
      {(wrong) => (
        <>
          <Registered name="kind" label={labels.kind} wrong={wrong}>
            <Select
              id="kind"
              value={chosen}
              options={Object.entries(mineUnitKinds).map(([value, label]) => ({ value, label }))}
              onChange={(next: MineUnitKind) => set({ kind: next, partOfId: undefined })}
            />
          </Registered>
          <Registered name="name" label={labels.name} wrong={wrong}>
            <Input id="name" value={values.name ?? ''} onChange={({ target }) => set({ name: target.value })} />
          </Registered>
          {above[chosen].length > 0 && (
            <Registered name="partOfId" label="所属（可不填）" wrong={wrong}>
              <Select
                id="partOfId"
                allowClear
                placeholder="直属本矿"
                value={values.partOfId ?? null}
                options={parents.map((one) => ({ value: one.id, label: `${mineUnitKinds[one.kind]}：${one.name}` }))}
                onChange={(partOfId?: string) => set({ partOfId: partOfId ?? undefined })}
              />
            </Registered>
          )}
          {chosen !== 'post' && (
            <Registered name="leaderId" label="负责人（可不填）" help="从本矿的人员里选" wrong={wrong}>
              <Select
                id="leaderId"
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                placeholder="按岗位选择"
                value={values.leaderId ?? null}
                options={(people.data?.items ?? [])
                  .filter((person) => person.active || person.id === values.leaderId)
                  .map(({ id: value, post, name }) => ({ value, label: name ? `${post}（${name}）` : post }))}
                onChange={(leaderId?: string) => set({ leaderId: leaderId ?? undefined })}
              />
            </Registered>
          )}
          <Registered name="work" label={workLabels[chosen]} wrong={wrong}>
            <Input id="work" value={values.work ?? ''} onChange={({ target }) => set({ work: target.value })} />
          </Registered>
          <Registered
            name="headCount"
            label={isOutside(chosen) ? '在本矿的人数' : chosen === 'post' ? '定员' : '人数'}
            wrong={wrong}
          >
            <InputNumber
              id="headCount"
              min={0}
              precision={0}
              value={values.headCount ?? null}
              onChange={(given) => set({ headCount: given ?? undefined })}
            />
          </Registered>
          {isOutside(chosen) && (
            <>
              <Registered name="creditCode" label="统一社会信用代码（可不填）" wrong={wrong}>
                <Input
                  id="creditCode"
                  value={values.creditCode ?? ''}
                  onChange={({ target }) => set({ creditCode: target.value })}
                />
              </Registered>
              <Registered
                name="agreementOn"
                label="安全协议签订日期"
                help="安全生产法 49：发包、出租的要签安全生产管理协议；没有签的留空，会列出来"
                wrong={wrong}
              >
                <DayInput
                  id="agreementOn"
                  latest={app.businessDate}
                  value={values.agreementOn}
                  onChange={(agreementOn) => set({ agreementOn })}
                />
              </Registered>
              <Registered name="agreementUntil" label="安全协议有效期至（可不填）" wrong={wrong}>
                <DayInput
                  id="agreementUntil"
                  value={values.agreementUntil}
                  onChange={(agreementUntil) => set({ agreementUntil })}
                />
              </Registered>
            </>
          )}
          {unit && (
            <Registered name="active" label="现状" help="撤销、退场的留在名录里，不再可选" wrong={wrong}>
              <Checkbox
                id="active"
                checked={values.active === true}
                onChange={({ target }) => set({ active: target.checked })}
              >
                在册
              </Checkbox>
            </Registered>
          )}
        </>
      )}
    </Registration>
  )
}

export const UnitSheet = (props: Props) => {
  const { mineId, unit, kind, mayPut, close } = props
  return (
    <Drawer open onClose={close} title={unit ? unit.name : `登记${mineUnitKinds[kind]}`} size={520}>
      {mayPut && <UnitForm {...props} />}
      {unit && (
        <section className="sheet-history">
          <h3>变更记录</h3>
          <RegistryHistory tenantId={mineId} kind="mineUnit" id={unit.id} />
        </section>
      )}
    </Drawer>
  )
}
