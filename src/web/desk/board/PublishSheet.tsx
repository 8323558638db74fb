import { Drawer, Input } from 'antd'
import { useState } from 'react'
import { publishBoard, withdrawBoard } from '#contract/board.ts'
import { Registered, Registration } from '#web/desk/shown/Registration.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'

type Props = { mineId: string; close: () => void; done: () => Promise<void> }

/** 上网公示: one mine at a time, never without the reference of the disclosure review. */
export const PublishSheet = ({ mineId, close, done }: Props) => {
  const [reference, setReference] = useState('')
  const [note, setNote] = useState('')
  const [commandId] = useState(newCommandId)
  const send = async () => {
    const body = { commandId, reference, ...(note && { note }) }
    const answer = await api.call(publishBoard, { params: { mineId }, body })
    if (!answer.ok) return answer.problem
    await done()
    return undefined
  }
  return (
    <Drawer open onClose={close} title="上网公示" size={420}>
      <p>打开以后，任何人不用登录就能看这座矿的公示牌：只有牌上的几项，不能被搜索引擎收录。随时可以撤下。</p>
      <Registration label="上网公示" verb="打开网页" dirty={reference !== ''} send={send} cancel={close}>
        {(wrong) => (
          <>
            <Registered
              name="reference"
              label="信息公开审查文号"
              help="公开以前要审查（政府信息公开条例 17）"
              wrong={wrong}
            >
              <Input id="reference" value={reference} onChange={({ target }) => setReference(target.value)} />
            </Registered>
            <Registered name="note" label="说明（可以不填）" wrong={wrong}>
              <Input.TextArea id="note" value={note} rows={3} onChange={({ target }) => setNote(target.value)} />
            </Registered>
          </>
        )}
      </Registration>
    </Drawer>
  )
}

export const WithdrawSheet = ({ mineId, close, done }: Props) => {
  const [reason, setReason] = useState('')
  const [commandId] = useState(newCommandId)
  const send = async () => {
    const answer = await api.call(withdrawBoard, { params: { mineId }, body: { commandId, reason } })
    if (!answer.ok) return answer.problem
    await done()
    return undefined
  }
  return (
    <Drawer open onClose={close} title="撤下网页" size={420}>
      <p>撤下以后，网页不再打开；看过的人那里最多再留一分钟。贴在矿上的公示牌不受影响。</p>
      <Registration label="撤下网页" verb="撤下" dirty={reason !== ''} send={send} cancel={close}>
        {(wrong) => (
          <Registered name="reason" label="撤下的原因" wrong={wrong}>
            <Input id="reason" value={reason} onChange={({ target }) => setReason(target.value)} />
          </Registered>
        )}
      </Registration>
    </Drawer>
  )
}
