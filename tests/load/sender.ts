import { Agent, request } from 'node:http'

export type Answered = { readonly status: number; readonly body: unknown }

/** One keep-alive connection that posts JSON, as a browser tab or a phone holds it. */
export type Sender = {
  readonly send: (method: 'POST' | 'PUT', path: string, body: unknown, token?: string) => Promise<Answered>
  readonly close: () => void
}

const longestAnswer = 30_000

export const createSender = (baseUrl: () => string): Sender => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const send: Sender['send'] = (method, path, body, token) =>
    new Promise((resolve, reject) => {
      const content = Buffer.from(JSON.stringify(body))
      const sent = request(
        baseUrl() + path,
        {
          agent,
          method,
          timeout: longestAnswer,
          headers: {
            'content-type': 'application/json',
            'content-length': content.length,
            ...(token && { authorization: `Bearer ${token}` }),
          },
        },
        (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.once('error', reject)
          // Cut off in the middle of the answer: no answer.
          response.once('aborted', () => reject(new Error('the answer was cut off')))
          response.once('end', () => {
            const text = Buffer.concat(parts).toString('utf8')
            resolve({ status: response.statusCode ?? 0, body: text === '' ? undefined : JSON.parse(text) })
          })
        },
      )
      sent.once('timeout', () => sent.destroy(new Error('no answer in time')))
      sent.once('error', reject)
      sent.end(content)
    })
  return { send, close: () => agent.destroy() }
}
