import type { FastifyInstance } from 'fastify'
import { codeOf } from '#server/platform/database/trouble.ts'
import { Failed } from '../failure.ts'

type Where = { readonly port: number; readonly host: string }

const refusals: Readonly<Record<string, (where: Where) => string>> = {
  EADDRINUSE: ({ port }) => `端口 ${port} 已被别的程序占用；用 --port 换一个，例如 --port ${port + 1}`,
  EACCES: ({ port }) => `端口 ${port} 不允许普通用户使用；用 --port 换一个大于 1023 的`,
  EADDRNOTAVAIL: ({ host }) => `本机没有 ${host} 这个地址；用 --host 换成本机的地址`,
  ENOTFOUND: ({ host }) => `不认识 ${host} 这个地址；用 --host 换成本机的地址`,
}

const anyAddress = new Set(['0.0.0.0', '::'])

/** Opens the port and gives the address to type into a browser on this machine. */
export const listen = async (web: FastifyInstance, where: Where): Promise<string> => {
  try {
    // A shift change brings hundreds of phones in the same second: none is turned away for a short queue.
    await web.listen({ ...where, backlog: 4096 })
  } catch (error) {
    const refusal = refusals[codeOf(error) ?? '']
    throw refusal ? new Failed(refusal(where)) : error
  }
  const address = web.server.address()
  const port = typeof address === 'object' && address ? address.port : where.port
  const host = anyAddress.has(where.host) ? '127.0.0.1' : where.host.includes(':') ? `[${where.host}]` : where.host
  return `http://${host}:${port}`
}
