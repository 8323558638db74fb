import { lazy, Suspense, useEffect } from 'react'
import { usePinNews } from '#web/parts/pin/pinNews.ts'

const hour = 3_600_000
const longestWait = 10_000

const PinBand = lazy(() => import('#web/parts/pin/PinBand.tsx'))

/** When the page has nothing better to do; Safari does not say when that is. */
const whenIdle = (then: () => void): (() => void) => {
  if ('requestIdleCallback' in window) {
    const handle = window.requestIdleCallback(then, { timeout: longestWait })
    return () => window.cancelIdleCallback(handle)
  }
  const timer = setTimeout(then, 2_000)
  return () => clearTimeout(timer)
}

const check = (): void => {
  // Part of a page that was renewed meanwhile may be gone: the next sign-in loads it.
  void import('#web/parts/pin/checkPin.ts').then(({ checkPin }) => checkPin()).catch(() => undefined)
}

/**
 * Each browser is a witness: at every sign-in, and once an hour while it is open, it checks that the log still holds the
 * checkpoint it saw last. Says nothing unless there is something to say.
 */
export const PinWatch = ({ accountId }: { readonly accountId: string }) => {
  const news = usePinNews()
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever signs in next checks anew
  useEffect(() => {
    const forget = whenIdle(check)
    const timer = setInterval(check, hour)
    return () => {
      forget()
      clearInterval(timer)
    }
  }, [accountId])
  if (news.kind === 'quiet') return null
  return (
    <Suspense fallback={null}>
      <PinBand news={news} />
    </Suspense>
  )
}
