import { Checkbox, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { putMine } from '#contract/org.ts'
import { sourcesThatHold } from '#domain/org/factSources.ts'
import { type Mine, mine as mineSchema, mineStatuses, mineTypes } from '#domain/org/mine.ts'
import { needsWatcher } from '#domain/org/watch.ts'
import { CompanySelect } from '#web/desk/mine/CompanySelect.tsx'
import { MineFactsInput } from '#web/desk/mine/MineFactsInput.tsx'
import { PositionInput } from '#web/desk/mine/PositionInput.tsx'
import { WatcherInput } from '#web/desk/mine/WatcherInput.tsx'
import { queries } from '#web/desk/queries.ts'
import { checked } from '#web/desk/shown/checked.ts'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { useSeenVersion } from '#web/desk/shown/StaleEntry.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'

export type MineValues = Readonly<Record<string, unknown>>

const written = [
  { name: 'code', label: '编号', help: '本区自己的编号，例如 F01' },
  { name: 'name', label: '名称' },
  { name: 'div', label: '行政区划代码', help: '所在乡镇的代码，9 位' },
  { name: 'township', label: '乡镇' },
  { name: 'mineral', label: '矿种' },
  { name: 'scale', label: '规模', help: '例如 60万吨/年' },
  { name: 'typeNote', label: '类型说明（可不填）', help: '例如 露天（山坡，小型采石场）' },
  { name: 'statusNote', label: '状态说明（可不填）' },
  { name: 'scopeReason', label: '范围说明', help: '为什么在或不在整治范围内；不属正常生产的，由局决定并写明理由' },
] as const

const labels = {
  companyId: '企业',
  mineType: '类型',
  status: '状态',
  watcher: '驻矿盯守人员',
  watchUnit: '盯守责任单位',
  factSources: '情况的来源',
  inScope: '整治范围',
  ...Object.fromEntries(written.map(({ name, label }) => [name, label])),
  staffOwn: '本矿人数',
  staffContracted: '外包外租人数',
  position: '坐标',
  facts: '决定判定标准是否适用的情况',
}

const options = (titles: Readonly<Record<string, string>>) =>
  Object.entries(titles).map(([value, label]) => ({ value, label }))

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const whole = (value: unknown): number | null => (typeof value === 'number' ? value : null)

const {
  mineType: typeSchema,
  status: statusSchema,
  watcher: watcherSchema,
  facts: factsSchema,
  factSources: sourcesSchema,
} = mineSchema.shape

/** What the form holds of a field, where it is such a value already. */
const held = <T,>(schema: { safeParse: (value: unknown) => { data?: T } }, value: unknown): T | undefined =>
  schema.safeParse(value).data

const withoutEmpty = (values: MineValues): MineValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined))

/** An answer given anew is not what its old source says. */
const withFacts = (values: MineValues, facts: Mine['facts']): MineValues => {
  const { factSources, ...others } = values
  const before = { facts: held(factsSchema, values.facts) ?? {}, factSources: held(sourcesSchema, factSources) }
  const sources = sourcesThatHold(before, facts)
  return { ...others, facts, ...(sources && { factSources: sources }) }
}

type Props = {
  id: string
  initial: MineValues
  version?: number | undefined
  verb: string
  onDone: () => void
  onCancel: () => void
}

export const MineForm = ({ id, initial, version, verb, onDone, onCancel }: Props) => {
  const [values, setValues] = useState(initial)
  const [commandId] = useState(newCommandId)
  const { seen, takeLatest } = useSeenVersion(version)
  const set = (name: string, value: unknown) => setValues((before) => ({ ...before, [name]: value }))
  const status = held(statusSchema, values.status)
  const watcher = held(watcherSchema, values.watcher)
  const watched = status !== undefined && needsWatcher(status)

  const send = async () => {
    const read = checked(mineSchema, withoutEmpty(values))
    if (!read.ok) return read.problem
    const answer = await api.call(putMine, {
      params: { id },
      body: { commandId, ...(seen !== undefined && { expectedVersion: seen }), value: read.value },
    })
    if (!answer.ok) return answer.problem
    await queries.invalidateQueries()
    onDone()
    return undefined
  }

  return (
    <Registration
      label={verb}
      verb={verb}
      dirty={values !== initial}
      send={send}
      cancel={onCancel}
      entry={{ labels, takeLatest }}
    >
      {(wrong) => (
        <>
          <div className="form-grid">
            <Registered name="companyId" label="企业" help="企业和矿山分开登记；没有的先登记企业" wrong={wrong}>
              <CompanySelect
                id="companyId"
                value={text(values.companyId) || undefined}
                onChange={(companyId) => set('companyId', companyId)}
              />
            </Registered>
            <Registered name="mineType" label="类型" wrong={wrong}>
              <Select
                id="mineType"
                value={values.mineType}
                options={options(mineTypes)}
                onChange={(value) => set('mineType', value)}
              />
            </Registered>
            <Registered name="status" label="状态" wrong={wrong}>
              <Select
                id="status"
                value={values.status}
                options={options(mineStatuses)}
                onChange={(value) => set('status', value)}
              />
            </Registered>
            {(watched || watcher) && (
              <Registered
                name="watcher"
                label={watched ? '驻矿盯守人员' : '驻矿盯守人员（可不填）'}
                help="写岗位，例如 盯守负责人；本矿登记过人员的，可以选到人"
                wrong={wrong}
              >
                <WatcherInput
                  id="watcher"
                  mineId={version === undefined ? undefined : id}
                  value={watcher}
                  onChange={(next) => set('watcher', next)}
                />
              </Registered>
            )}
            {(watched || text(values.watchUnit) !== '') && (
              <Registered
                name="watchUnit"
                label="盯守责任单位"
                help="对盯守负责的单位，例如 本企业、乡镇应急站；没有定的先留空，页面会写“没有登记”"
                wrong={wrong}
              >
                <Input
                  id="watchUnit"
                  value={text(values.watchUnit)}
                  onChange={({ target }) => set('watchUnit', target.value)}
                />
              </Registered>
            )}
            <Registered name="inScope" label="整治范围" wrong={wrong}>
              <Checkbox
                id="inScope"
                checked={values.inScope === true}
                onChange={({ target }) => set('inScope', target.checked)}
              >
                在通知的整治范围内
              </Checkbox>
            </Registered>
            {written.map((asked) => (
              <Registered
                key={asked.name}
                name={asked.name}
                label={asked.label}
                wrong={wrong}
                {...('help' in asked && { help: asked.help })}
              >
                <Input
                  id={asked.name}
                  value={text(values[asked.name])}
                  onChange={({ target }) => set(asked.name, target.value)}
                />
              </Registered>
            ))}
            <Registered name="staffOwn" label="本矿人数" wrong={wrong}>
              <InputNumber
                id="staffOwn"
                min={0}
                precision={0}
                value={whole(values.staffOwn)}
                onChange={(value) => set('staffOwn', value ?? undefined)}
              />
            </Registered>
            <Registered name="staffContracted" label="外包外租人数" wrong={wrong}>
              <InputNumber
                id="staffContracted"
                min={0}
                precision={0}
                value={whole(values.staffContracted)}
                onChange={(value) => set('staffContracted', value ?? undefined)}
              />
            </Registered>
            <PositionInput value={values.position} wrong={wrong} onChange={(next) => set('position', next)} />
          </div>
          <MineFactsInput
            mineType={held(typeSchema, values.mineType)}
            value={held(factsSchema, values.facts) ?? {}}
            wrong={wrong}
            onChange={(facts) => setValues((before) => withFacts(before, facts))}
          />
        </>
      )}
    </Registration>
  )
}
