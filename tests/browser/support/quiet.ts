import type { BrowserContext, Page, Request } from 'playwright-core'

const underWay = new WeakMap<BrowserContext, Set<Request>>()

/** Keeps the requests of a browser that have no answer yet. */
export const watchRequests = (context: BrowserContext): void => {
  const open = new Set<Request>()
  underWay.set(context, open)
  context.on('request', (request) => open.add(request))
  context.on('requestfinished', (request) => open.delete(request))
  context.on('requestfailed', (request) => open.delete(request))
}

const waiting = (page: Page): number => {
  const open = underWay.get(page.context())
  if (!open) throw new Error('nobody watches the requests of this browser: watchRequests when it is opened')
  return [...open].filter((request) => request.serviceWorker() === null && request.frame().page() === page).length
}

const patienceMs = 30_000

/** What was answered is drawn, and what moves over to it has arrived; what turns for ever is not waited for. */
const drawn = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await frame()
    await frame()
    const passing = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(passing.map(({ finished }) => finished))
    await frame()
  })

/** Until a page asks for nothing more: an answer may bring the next question, so it is looked at twice. */
export const quiet = async (page: Page): Promise<void> => {
  const until = performance.now() + patienceMs
  for (let calm = 0; calm < 2; ) {
    if (performance.now() > until) throw new Error(`after ${patienceMs} ms ${waiting(page)} requests without an answer`)
    if (waiting(page) > 0) {
      calm = 0
      await new Promise((resolve) => setTimeout(resolve, 10))
      continue
    }
    await drawn(page)
    calm = waiting(page) === 0 ? calm + 1 : 0
  }
}
