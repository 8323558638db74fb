import { Drawer, Input } from 'antd'
import { useMemo, useState } from 'react'
import {
  correctPresence,
  type PresenceDayShown,
  type PresenceOfficeShown,
  recordPresence,
  withdrawPresence,
} from '#contract/presence.ts'
import { fieldMeta } from '#domain/field.ts'
import { presenceActs } from '#domain/presence/record.ts'
import type { DraftFile } from '#web/desk/act/draft.ts'
import { FilesInput } from '#web/desk/act/fields/FilesInput.tsx'
import { PlaceContext } from '#web/desk/act/place.ts'
import { KeyPersonSelect } from '#web/desk/presence/KeyPersonSelect.tsx'
import { queries } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { checked } from '#web/desk/shown/checked.ts'
import { DayInput } from '#web/desk/shown/DayInput.tsx'
import { Registered, Registration, type Wrong } from '#web/desk/shown/Registration.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'

type Files = Readonly<Record<string, DraftFile>>
type Where = { readonly mineId: string; readonly mineName: string; readonly files: Files }
type Done = { readonly close: () => void }

const paperField = {
  name: 'paper',
  required: false,
  meta: fieldMeta(presenceActs.record.shape.paper) ?? { label: '佐证材料', widget: 'photos' as const },
}

const mattersHelp = fieldMeta(presenceActs.record.shape.matters)?.help ?? ''

type Written = { readonly matters: string; readonly paper: readonly string[] }
type WrittenProps = Where & { value: Written; onChange: (value: Written) => void; wrong: Wrong }

const WrittenFields = ({ mineId, mineName, files, value, onChange, wrong }: WrittenProps) => {
  const [added, setAdded] = useState<Files>({})
  const place = useMemo(
    () => ({
      tenantId: mineId,
      tenantName: mineName,
      files: { ...files, ...added },
      addFile: (sha256: string, file: DraftFile) => setAdded((before) => ({ ...before, [sha256]: file })),
    }),
    [mineId, mineName, files, added],
  )
  return (
    <>
      <Registered name="matters" label="办了什么事" help={mattersHelp} wrong={wrong}>
        <Input.TextArea
          id="matters"
          autoSize={{ minRows: 3, maxRows: 10 }}
          value={value.matters}
          onChange={({ target }) => onChange({ ...value, matters: target.value })}
        />
      </Registered>
      <Registered
        name="paper"
        label="佐证材料（可不填）"
        {...(paperField.meta.help && { help: paperField.meta.help })}
        wrong={wrong}
      >
        <PlaceContext value={place}>
          <FilesInput
            id="paper"
            field={paperField}
            value={value.paper}
            onChange={(paper) => onChange({ ...value, paper: Array.isArray(paper) ? paper.map(String) : [] })}
          />
        </PlaceContext>
      </Registered>
    </>
  )
}

const withPaper = ({ matters, paper }: Written) => ({ matters, ...(paper.length > 0 && { paper: [...paper] }) })

export const RecordSheet = ({
  close,
  offices,
  ...where
}: Where & Done & { offices: readonly PresenceOfficeShown[] }) => {
  const { app } = useStanding()
  const [commandId] = useState(newCommandId)
  const [personId, setPersonId] = useState<string>()
  const [on, setOn] = useState<string | undefined>(app.businessDate)
  const [written, setWritten] = useState<Written>({ matters: '', paper: [] })

  const send = async () => {
    const read = checked(presenceActs.record, { personId, on, ...withPaper(written) })
    if (!read.ok) return read.problem
    const answer = await api.call(recordPresence, {
      params: { mineId: where.mineId },
      body: { commandId, ...read.value },
    })
    if (!answer.ok) return answer.problem
    await queries.invalidateQueries()
    close()
    return undefined
  }

  return (
    <Drawer open onClose={close} title="记驻矿" size={520}>
      <Registration
        label="记驻矿"
        verb="记驻矿"
        dirty={personId !== undefined || written.matters !== '' || written.paper.length > 0}
        send={send}
        cancel={close}
      >
        {(wrong) => (
          <>
            <Registered name="personId" label="谁" help="法定代表人、实际控制人；职务在“人员”里登记" wrong={wrong}>
              <KeyPersonSelect id="personId" offices={offices} value={personId} onChange={setPersonId} />
            </Registered>
            <Registered name="on" label="哪一天" help="事后补记照样收，会写明是哪天记的" wrong={wrong}>
              <DayInput id="on" latest={app.businessDate} value={on} onChange={setOn} />
            </Registered>
            <WrittenFields {...where} value={written} onChange={setWritten} wrong={wrong} />
          </>
        )}
      </Registration>
    </Drawer>
  )
}

export const CorrectSheet = ({ close, day, ...where }: Where & Done & { day: PresenceDayShown }) => {
  const [commandId] = useState(newCommandId)
  const [initial] = useState<Written>(() => ({ matters: day.matters, paper: day.paper }))
  const [written, setWritten] = useState(initial)
  const [reason, setReason] = useState('')

  const send = async () => {
    const read = checked(presenceActs.correct, { ...withPaper(written), reason })
    if (!read.ok) return read.problem
    const answer = await api.call(correctPresence, {
      params: { mineId: where.mineId, id: day.id },
      body: { commandId, expectedVersion: day.version, ...read.value },
    })
    if (!answer.ok) return answer.problem
    await queries.invalidateQueries()
    close()
    return undefined
  }

  return (
    <Drawer open onClose={close} title={`更正：${day.on} ${day.post}`} size={520}>
      <Registration
        label="更正驻矿记录"
        verb="更正"
        dirty={written !== initial || reason !== ''}
        send={send}
        cancel={close}
      >
        {(wrong) => (
          <>
            <p className="soft">日期和人不改；记错了日子或者人的，作废后重新记。原来的写法会留在记录里。</p>
            <WrittenFields {...where} value={written} onChange={setWritten} wrong={wrong} />
            <Registered name="reason" label="更正的理由" wrong={wrong}>
              <Input id="reason" value={reason} onChange={({ target }) => setReason(target.value)} />
            </Registered>
          </>
        )}
      </Registration>
    </Drawer>
  )
}

export const WithdrawSheet = ({ close, mineId, day }: Done & { mineId: string; day: PresenceDayShown }) => {
  const [commandId] = useState(newCommandId)
  const [reason, setReason] = useState('')

  const send = async () => {
    const read = checked(presenceActs.withdraw, { reason })
    if (!read.ok) return read.problem
    const answer = await api.call(withdrawPresence, {
      params: { mineId, id: day.id },
      body: { commandId, expectedVersion: day.version, ...read.value },
    })
    if (!answer.ok) return answer.problem
    await queries.invalidateQueries()
    close()
    return undefined
  }

  return (
    <Drawer open onClose={close} title={`作废：${day.on} ${day.post}`} size={420}>
      <Registration label="作废驻矿记录" verb="作废" dirty={reason !== ''} send={send} cancel={close}>
        {(wrong) => (
          <>
            <p>作废后这一天不再计入天数；记录和理由都留着，可以重新记。</p>
            <Registered name="reason" label="作废的理由" wrong={wrong}>
              <Input id="reason" value={reason} onChange={({ target }) => setReason(target.value)} />
            </Registered>
          </>
        )}
      </Registration>
    </Drawer>
  )
}
