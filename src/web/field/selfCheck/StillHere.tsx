import { sendWaiting, useOutbox } from '#web/field/outbox/outbox.ts'
import { useSession } from '#web/field/session/session.tsx'

type StillHereProps = { readonly waiting: number; readonly what: string }

/** Nothing is handed over or submitted while answers lie in this phone alone. */
export const StillHere = ({ waiting, what }: StillHereProps) => {
  const { accountId } = useSession()
  const { sending } = useOutbox()
  if (waiting === 0) return null
  return (
    <div className="calm stack" role="status">
      <p>
        还有 {waiting} 项在这部手机里没有送出。有信号自动送出，送完才能{what}。
      </p>
      <button
        type="button"
        className="button"
        disabled={sending.length > 0}
        onClick={() => void sendWaiting(accountId)}
      >
        {sending.length > 0 ? '正在发…' : '现在送出'}
      </button>
    </div>
  )
}
