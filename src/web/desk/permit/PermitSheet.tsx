import { Checkbox, Drawer, Input, Select } from 'antd'
import { useState } from 'react'
import { listMineUnits } from '#contract/mineUnit.ts'
import { listPermitKinds, type PermitShown, putPermit } from '#contract/permit.ts'
import { isOutside } from '#domain/org/mineUnit.ts'
import { type Permit, permit as permitSchema } from '#domain/org/permit.ts'
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
  number: '证号',
  issuer: '发证机关',
  issuedOn: '发证日期',
  validUntil: '有效期至',
  holderId: '持证单位',
  note: '说明',
  ended: '失效',
}

type Values = { readonly [K in keyof Permit]?: Permit[K] | undefined }

type Props = {
  mineId: string
  /** Left out, a new one is entered; `kind` is where it begins. */
  permit: PermitShown | undefined
  kind?: string | undefined
  mayPut: boolean
  close: () => void
}

const valuesOf = ({ kind, number, issuer, issuedOn, validUntil, holderId, note, ended }: PermitShown): Values => ({
  kind,
  number,
  issuer,
  ...(issuedOn && { issuedOn }),
  ...(validUntil && { validUntil }),
  ...(holderId && { holderId }),
  ...(note && { note }),
  ...(ended && { ended }),
})

const withoutEmpty = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined))

const Form = ({ mineId, permit, kind, close }: Props) => {
  const { app } = useStanding()
  const [id] = useState(() => permit?.id ?? newId())
  const [commandId] = useState(newCommandId)
  const { seen, takeLatest } = useSeenVersion(permit?.version)
  const [initial] = useState<Values>(() => (permit ? valuesOf(permit) : kind ? { kind } : {}))
  const [values, setValues] = useState(initial)
  const kinds = useAnswer(listPermitKinds, {}, { staleTime: 300_000 })
  const units = useAnswer(listMineUnits, { params: { mineId } })
  const set = (change: Values) => setValues((before) => ({ ...before, ...change }))
  const chosen = kinds.data?.items.find(({ key }) => key === values.kind)

  const send = async () => {
    const read = checked(permitSchema, withoutEmpty(values))
    if (!read.ok) return read.problem
    const answer = await api.call(putPermit, {
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
      label="证照"
      verb={permit ? '保存修改' : '登记证照'}
      dirty={values !== initial}
      send={send}
      cancel={close}
      entry={{ labels, takeLatest }}
    >
      {(wrong) => (
        <>
          <Registered name="kind" label={labels.kind} {...(chosen && { help: chosen.why })} wrong={wrong}>
            <Select
              id="kind"
              placeholder="请选择"
              value={values.kind ?? null}
              options={(kinds.data?.items ?? []).map(({ key, title }) => ({ value: key, label: title }))}
              onChange={(next: string) => set({ kind: next })}
            />
          </Registered>
          <Registered name="number" label={labels.number} help="照证面写" wrong={wrong}>
            <Input id="number" value={values.number ?? ''} onChange={({ target }) => set({ number: target.value })} />
          </Registered>
          <Registered name="issuer" label={labels.issuer} wrong={wrong}>
            <Input id="issuer" value={values.issuer ?? ''} onChange={({ target }) => set({ issuer: target.value })} />
          </Registered>
          <Registered name="issuedOn" label="发证日期（可不填）" wrong={wrong}>
            <DayInput
              id="issuedOn"
              latest={app.businessDate}
              value={values.issuedOn}
              onChange={(issuedOn) => set({ issuedOn })}
            />
          </Registered>
          <Registered
            name="validUntil"
            label="有效期至"
            help="最后一天还有效；证面没有写期限的留空，算长期"
            wrong={wrong}
          >
            <DayInput id="validUntil" value={values.validUntil} onChange={(validUntil) => set({ validUntil })} />
          </Registered>
          <Registered
            name="holderId"
            label="持证单位（可不填）"
            help="本矿、本企业的证不填；承包单位、出租单位的证选那家单位"
            wrong={wrong}
          >
            <Select
              id="holderId"
              allowClear
              placeholder="本矿"
              value={values.holderId ?? null}
              options={(units.data?.items ?? [])
                .filter((unit) => isOutside(unit.kind) && unit.active)
                .map((unit) => ({ value: unit.id, label: unit.name }))}
              onChange={(holderId?: string) => set({ holderId: holderId ?? undefined })}
            />
          </Registered>
          <Registered name="note" label="说明（可不填）" wrong={wrong}>
            <Input.TextArea
              id="note"
              autoSize={{ minRows: 2, maxRows: 6 }}
              value={values.note ?? ''}
              onChange={({ target }) => set({ note: target.value })}
            />
          </Registered>
          {permit && (
            <Registered name="ended" label="还在用吗" wrong={wrong}>
              <Checkbox
                id="ended"
                checked={values.ended !== undefined}
                onChange={({ target }) =>
                  set({ ended: target.checked ? { on: app.businessDate, reason: '' } : undefined })
                }
              >
                已失效（换发、注销、吊销、暂扣）
              </Checkbox>
            </Registered>
          )}
          {values.ended && (
            <>
              <Registered name="ended.on" label="失效日期" wrong={wrong}>
                <DayInput
                  id="ended.on"
                  latest={app.businessDate}
                  value={values.ended.on}
                  onChange={(on) => set({ ended: { on: on ?? '', reason: values.ended?.reason ?? '' } })}
                />
              </Registered>
              <Registered name="ended.reason" label="失效原因" help="例如 换发新证" wrong={wrong}>
                <Input
                  id="ended.reason"
                  value={values.ended.reason}
                  onChange={({ target }) => set({ ended: { on: values.ended?.on ?? '', reason: target.value } })}
                />
              </Registered>
            </>
          )}
        </>
      )}
    </Registration>
  )
}

/** A permit as on its face; below it what was entered before. */
export const PermitSheet = (props: Props) => {
  const { mineId, permit, mayPut, close } = props
  return (
    <Drawer open onClose={close} title={permit ? `${permit.kindTitle} ${permit.number}` : '登记证照'} size={520}>
      {mayPut && <Form {...props} />}
      {permit && (
        <section className="sheet-history">
          <h3>变更记录</h3>
          <RegistryHistory tenantId={mineId} kind="permit" id={permit.id} />
        </section>
      )}
    </Drawer>
  )
}
