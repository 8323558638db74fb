import { useEffect } from 'react'
import { sendWaiting } from '#web/field/outbox/outbox.ts'

/** After a failure soon again, since a line that comes back often breaks once more; then every half minute. */
const pausesMs = [2_000, 5_000, 15_000, 30_000] as const

const pauseAfter = (failures: number): number => pausesMs[Math.min(failures, pausesMs.length) - 1] ?? 30_000

/** What waits goes out by itself when the network or the page comes back, and until it is through. */
export const useResending = (accountId: string): void => {
  useEffect(() => {
    let timer = 0
    let failures = 0
    let gone = false
    const resend = async (): Promise<void> => {
      window.clearTimeout(timer)
      const through = await sendWaiting(accountId)
      if (gone) return
      failures = through ? 0 : failures + 1
      window.clearTimeout(timer)
      timer = window.setTimeout(() => void resend(), through ? 30_000 : pauseAfter(failures))
    }
    const again = () => {
      failures = 0
      void resend()
    }
    const seen = () => document.visibilityState === 'visible' && again()
    again()
    window.addEventListener('online', again)
    document.addEventListener('visibilitychange', seen)
    return () => {
      gone = true
      window.clearTimeout(timer)
      window.removeEventListener('online', again)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [accountId])
}
