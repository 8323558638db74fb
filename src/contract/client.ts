import type { z } from 'zod'
import { type Problem, problem } from '#contract/problem.ts'
import type { CallOf, ReplyOf, Route } from '#contract/route.ts'

export type Answer<R extends Route> =
  | { readonly ok: true; readonly value: ReplyOf<R> }
  | { readonly ok: false; readonly problem: Problem }

export type ClientOptions = {
  readonly baseUrl: string
  /** Bearer token, where no cookie carries the session (CLI, tests). */
  readonly token?: () => string | undefined
  readonly fetch?: typeof fetch
}

type Parts = {
  params?: Record<string, unknown> | undefined
  query?: Record<string, unknown> | undefined
  body?: unknown
}

const fill = (path: string, params: Record<string, unknown>): string =>
  path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))

const search = (query: Record<string, unknown>): string => {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : Array.isArray(value) ? value.map((one) => [name, String(one)]) : [[name, String(value)]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

const unreachable = (detail: string): Problem => ({
  type: 'about:blank',
  title: '连不上服务器',
  status: 0,
  detail,
  code: 'unreachable',
  remedy: '检查网络后重试；已填写的内容还在',
})

/** The typed client of the contract, for both web entries, the command line and the tests. */
export const createClient = ({ baseUrl, token, fetch: send = fetch }: ClientOptions) => {
  const call = async <R extends Route>(
    route: R & { reply: z.ZodType<ReplyOf<R>> },
    parts: CallOf<R> & Parts,
  ): Promise<Answer<R>> => {
    const { params = {}, query = {}, body } = parts
    const bearer = token?.()
    let response: Response
    try {
      response = await send(baseUrl + fill(route.path, params) + search(query), {
        method: route.method,
        credentials: 'same-origin',
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(bearer && { authorization: `Bearer ${bearer}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    } catch (error) {
      return { ok: false, problem: unreachable(error instanceof Error ? error.message : '网络中断') }
    }
    const answered: unknown = await response.json().catch(() => undefined)
    if (response.ok) return { ok: true, value: route.reply.parse(answered) }
    const told = problem.safeParse(answered)
    return { ok: false, problem: told.success ? told.data : unreachable(`服务器回答 ${response.status}`) }
  }
  return { call }
}

export type Client = ReturnType<typeof createClient>
