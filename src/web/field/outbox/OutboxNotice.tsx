import { useState } from 'react'
import { discard, send, sendWaiting, useOutbox } from '#web/field/outbox/outbox.ts'
import { isAnswer, type Pending } from '#web/field/outbox/pending.ts'
import { go } from '#web/field/routing/location.ts'
import { itemPath } from '#web/field/selfCheck/paths.ts'
import { problemText } from '#web/parts/api.ts'
import { dateTimeOf } from '#web/parts/words.ts'

const editPath = (command: Pending): string => {
  if (isAnswer(command)) return itemPath({ mineId: command.tenantId, month: command.month }, command.item)
  const { act, commandId, tenantId, hazardId } = command
  return act === 'report' || act === 'reportFixed' ? `/report/${commandId}` : `/hazard/${tenantId}/${hazardId}/${act}`
}

const placeOf = ({ body }: Pending): string | undefined => (typeof body.place === 'string' ? body.place : undefined)

const PendingRow = ({ command }: { readonly command: Pending }) => {
  const { sending } = useOutbox()
  const photos = command.attached.length
  const drop = () => {
    if (window.confirm(`删除这条没有上传的“${command.title}”？照片和文字都不再保留。`)) void discard(command.commandId)
  }
  return (
    <li className="pending">
      <div>
        <strong>{command.title}</strong>
        <span className="soft">
          {' '}
          {[placeOf(command), photos > 0 && `照片 ${photos} 张`, dateTimeOf(command.capturedAt)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {command.refused && <p className="refusal">{problemText(command.refused)}</p>}
      <div className="row">
        {command.stage === 'waiting' && !command.refused ? (
          <button
            type="button"
            className="button"
            disabled={sending.includes(command.commandId)}
            onClick={() => void send(command.commandId)}
          >
            {sending.includes(command.commandId) ? '正在发…' : '重发'}
          </button>
        ) : (
          <button type="button" className="button" onClick={() => go(editPath(command))}>
            {command.refused ? '打开修改' : '接着写'}
          </button>
        )}
        <button type="button" className="button quiet" onClick={drop}>
          删除
        </button>
      </div>
    </li>
  )
}

/** 未上传 N 条, in plain sight wherever the person is; opens to what they are. */
export const OutboxNotice = ({ accountId }: { readonly accountId: string }) => {
  const { commands, durable, sending } = useOutbox()
  const [open, setOpen] = useState(false)
  const own = commands.filter((one) => one.accountId === accountId)
  const waiting = own.filter((one) => one.stage === 'waiting')
  const drafts = own.filter((one) => one.stage === 'draft')
  const others = commands.length - own.length
  if (commands.length === 0) return null
  const heading = [
    waiting.length > 0 && `未上传 ${waiting.length} 条`,
    drafts.length > 0 && `没写完 ${drafts.length} 条`,
    others > 0 && `其他账号 ${others} 条`,
  ].filter(Boolean)
  return (
    <section className="outbox" aria-label="未上传">
      <div className="row spread">
        <button type="button" className="outbox-head" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span aria-hidden="true">{open ? '▾' : '▸'}</span> {heading.join('，')}
        </button>
        {waiting.length > 0 && (
          <button
            type="button"
            className="button"
            disabled={sending.length > 0}
            onClick={() => void sendWaiting(accountId)}
          >
            {sending.length > 0 ? '正在发…' : '重发'}
          </button>
        )}
      </div>
      {!durable && <p className="soft">这个浏览器关掉页面就不保留内容，请在上传成功前不要关闭。</p>}
      {open && (
        <ul className="plain">
          {own.map((command) => (
            <PendingRow key={command.commandId} command={command} />
          ))}
          {others > 0 && <li className="soft">另有 {others} 条由其他账号登记，用那个账号登录后自动上传。</li>}
        </ul>
      )}
    </section>
  )
}
