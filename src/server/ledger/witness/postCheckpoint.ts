import { codeOf, messageOf } from '#server/platform/database/trouble.ts'

export type Posted =
  | { readonly kind: 'answered'; readonly status: number; readonly type: string; readonly body: string }
  /** Nobody there, too late, or an answer without end. */
  | { readonly kind: 'away'; readonly reason: string }

/** A few cosignature lines, of any kind that there is. */
const mostBytes = 64 * 1024

const readLimited = async (response: Response): Promise<string | undefined> => {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.length
    if (length > mostBytes) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: '对方没有开机或没有启动程序',
  ENOTFOUND: '地址里的主机名查不到',
  EAI_AGAIN: '主机名解析不了',
  EHOSTUNREACH: '网络不通',
  ENETUNREACH: '网络不通',
  ETIMEDOUT: '网络不通',
  ECONNRESET: '连接被断开',
}

const reasonOf = (error: unknown): string => {
  if (error instanceof DOMException && error.name === 'TimeoutError') return '等了太久没有回答'
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  return reasons[codeOf(cause) ?? ''] ?? messageOf(cause)
}

/** C2SP tlog-witness; `url` is the witness's submission prefix. Never throws for what the other side does. */
export const postCheckpoint = async (
  url: string,
  request: string,
  { milliseconds, stopped }: { readonly milliseconds: number; readonly stopped: AbortSignal },
): Promise<Posted> => {
  try {
    const response = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      body: request,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      // An administrator named this address and no other.
      redirect: 'error',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(milliseconds)]),
    })
    const body = await readLimited(response)
    if (body === undefined) return { kind: 'away', reason: '回答太长，不像联署方' }
    const type = response.headers.get('content-type') ?? ''
    return { kind: 'answered', status: response.status, type, body }
  } catch (error) {
    return { kind: 'away', reason: reasonOf(error) }
  }
}
