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

const answer = z.object({ pdf: z.instanceof(Uint8Array), pages: z.number().int() })

export type Typeset = z.infer<typeof answer>

const inThread = ({ template, data, images, at }: Typesetting): Promise<Typeset> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./typesetter.ts', import.meta.url), {
      workerData: { template, data: JSON.stringify(data), images, at: Math.floor(at.getTime() / 1000) },
    })
    worker.once('message', (told) => resolve(answer.parse(told)))
    worker.once('error', reject)
  })

let last: Promise<unknown> = Promise.resolve()

/** A document set in print. One at a time: two long ones side by side would take the machine from everybody else. */
export const typeset = (typesetting: Typesetting): Promise<Typeset> => {
  const next = last.then(() => inThread(typesetting))
  last = next.catch(() => undefined)
  return next
}
