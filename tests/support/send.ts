import { type Problem, problem } from '#contract/problem.ts'

export type Sent = {
  readonly status: number
  readonly type: string
  readonly text: string
  /** The refusal, when it is one; a refusal of any other form fails the test. */
  readonly problem: Problem
}

export type Raw = {
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON, a text as it is. */
  readonly body?: unknown
}

const none: Problem = { type: '', title: '', status: 0, detail: '', code: 'none' }

/** A request as it goes over the wire, past the typed client: for what no client of ours would send. */
export const send = async (url: string, method: string, { token, headers, body }: Raw = {}): Promise<Sent> => {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  const told = response.status >= 400 ? problem.parse(JSON.parse(text)) : none
  if (response.status >= 400 && !type.startsWith('application/problem+json'))
    throw new Error(`a refusal that is no problem+json: ${response.status} ${type} ${text}`)
  if (response.status >= 400 && told.status !== response.status) throw new Error(`two statuses: ${text}`)
  return { status: response.status, type, text, problem: told }
}
