import { Worker } from 'node:worker_threads'
import { z } from 'zod'

export type Typesetting = {
  /** Name of a file below templates/. */
  readonly template: string
  readonly data: unknown
  /** Pictures by the path that the data name them by, e.g. `/photos/1.jpg`. */
  readonly images: readonly { readonly path: string; readonly bytes: Uint8Array }[]
  readonly at: Date
}

const answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), pdf: z.instanceof(Uint8Array), pages: z.number().int() }),
  z.object({ ok: z.literal(false), why: z.string() }),
])

export type Typeset = { readonly pdf: Uint8Array; readonly pages: number }

/** The thread stays for the next document; it keeps no process alive, and goes when nobody has asked for a while. */
const idleMs = 60_000

let thread: Worker | undefined
let leaving: NodeJS.Timeout | undefined

const dismiss = (): void => {
  void thread?.terminate()
  thread = undefined
}

const summoned = (): Worker => {
  clearTimeout(leaving)
  if (thread) return thread
  const worker = new Worker(new URL('./typesetter.ts', import.meta.url))
  worker.once('exit', () => {
    if (thread === worker) thread = undefined
  })
  thread = worker
  return worker
}

const inThread = ({ template, data, images, at }: Typesetting): Promise<Typeset> =>
  new Promise((resolve, reject) => {
    const worker = summoned()
    const done = (): void => {
      worker.removeAllListeners('message')
      worker.removeAllListeners('error')
      worker.unref()
      leaving = setTimeout(dismiss, idleMs).unref()
    }
    worker.ref()
    worker.once('message', (told) => {
      done()
      const answered = answer.parse(told)
      if (answered.ok) resolve(answered)
      else reject(new Error(answered.why))
    })
    worker.once('error', (error) => {
      done()
      dismiss()
      reject(error)
    })
    worker.postMessage({ template, data: JSON.stringify(data), images, at: Math.floor(at.getTime() / 1000) })
  })

let last: Promise<unknown> = Promise.resolve()

/** A document set in print. One at a time: two long ones side by side would take the machine from everybody else. */
export const typeset = (typesetting: Typesetting): Promise<Typeset> => {
  const next = last.then(() => inThread(typesetting))
  last = next.catch(() => undefined)
  return next
}
