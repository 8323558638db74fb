import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'

export type Got = {
  readonly status: number
  readonly milliseconds: number
  readonly bytes: number
  readonly body: () => unknown
}

/** One keep-alive connection that reads, as a browser tab holds it. */
export const createReader = (baseUrl: string) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const get = (path: string, token: string): Promise<Got> =>
    new Promise((resolve, reject) => {
      const began = performance.now()
      const sent = request(
        baseUrl + path,
        { agent, method: 'GET', timeout: 60_000, headers: { authorization: `Bearer ${token}` } },
        (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.once('error', reject)
          response.once('end', () => {
            const content = Buffer.concat(parts)
            resolve({
              status: response.statusCode ?? 0,
              milliseconds: performance.now() - began,
              bytes: content.length,
              body: () => JSON.parse(content.toString('utf8')),
            })
          })
        },
      )
      sent.once('timeout', () => sent.destroy(new Error('no answer in time')))
      sent.once('error', reject)
      sent.end()
    })
  return { get, close: () => agent.destroy() }
}
