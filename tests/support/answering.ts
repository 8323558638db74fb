import { createServer, type ServerResponse } from 'node:http'

export type Reply = { readonly status: number; readonly type?: string; readonly body: string }

/** Somebody else's program on an address that an administrator entered: it answers as the test says. */
export const answering = async (
  answer: (request: string, response: ServerResponse) => Reply | Promise<Reply | undefined>,
) => {
  const asked: string[] = []
  let [now, most] = [0, 0]
  const server = createServer(async (request, response) => {
    now += 1
    most = Math.max(most, now)
    const parts: Buffer[] = []
    for await (const part of request) parts.push(Buffer.from(part))
    const text = Buffer.concat(parts).toString('utf8')
    asked.push(text)
    const reply = await answer(text, response)
    if (reply) response.writeHead(reply.status, { 'content-type': reply.type ?? 'text/plain' }).end(reply.body)
    now -= 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    mostAtOnce: () => most,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
