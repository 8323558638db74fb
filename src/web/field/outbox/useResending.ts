import { useEffect } from 'react'
import { sendWaiting } from '#web/field/outbox/outbox.ts'

const everyMs = 30_000

/** What waits goes out by itself when the network or the page comes back, and every half minute. */
export const useResending = (accountId: string): void => {
  useEffect(() => {
    const resend = () => void sendWaiting(accountId)
    const seen = () => document.visibilityState === 'visible' && resend()
    resend()
    const timer = window.setInterval(resend, everyMs)
    window.addEventListener('online', resend)
    document.addEventListener('visibilitychange', seen)
    return () => {
      window.clearInterval(timer)
      window.removeEventListener('online', resend)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [accountId])
}
