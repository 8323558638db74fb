import type { z } from 'zod'
import { type Problem, problem } from '#contract/problem.ts'
import type { CallOf, ReplyOf, Route, UploadOf } from '#contract/route.ts'

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

type Sending = { readonly body?: string | FormData; readonly type?: string; readonly accept: string }

const fileNameIn = (disposition: string | null): string => {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1]
  return encoded === undefined ? '' : decodeURIComponent(encoded)
}

const json = ({ body }: Parts): Pick<Sending, 'body' | 'type'> =>
  body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' }

/** The settings go before the file: they are read as it arrives. */
const form = ({ settings, file, fileName }: { settings: unknown; file: Blob; fileName: string }): FormData => {
  const parts = new FormData()
  parts.set('settings', JSON.stringify(settings))
  parts.set('file', file, fileName)
  return parts
}

export type Download =
  | { readonly ok: true; readonly value: { readonly content: Blob; readonly fileName: string } }
  | { readonly ok: false; readonly problem: Problem }

/** The typed client of the contract, for both web entries, the command line and the tests. */
export const createClient = ({ baseUrl, token, fetch: send = fetch }: ClientOptions) => {
  const ask = async (route: Route, { params = {}, query = {} }: Parts, { body, type, accept }: Sending) => {
    const bearer = token?.()
    try {
      return await send(baseUrl + fill(route.path, params) + search(query), {
        method: route.method,
        credentials: 'same-origin',
        headers: {
          accept,
          ...(type && { 'content-type': type }),
          ...(bearer && { authorization: `Bearer ${bearer}` }),
        },
        ...(body !== undefined && { body }),
      })
    } catch (error) {
      return unreachable(error instanceof Error ? error.message : '网络中断')
    }
  }

  const problemIn = async (response: Response): Promise<Problem> => {
    const told = problem.safeParse(await response.json().catch(() => undefined))
    return told.success ? told.data : unreachable(`服务器回答 ${response.status}`)
  }

  const answerIn = async <R extends Route>(
    route: { reply: z.ZodType<ReplyOf<R>> },
    response: Response | Problem,
  ): Promise<Answer<R>> => {
    if (!(response instanceof Response)) return { ok: false, problem: response }
    if (!response.ok) return { ok: false, problem: await problemIn(response) }
    return { ok: true, value: route.reply.parse(await response.json().catch(() => undefined)) }
  }

  const call = async <R extends Route>(
    route: R & { reply: z.ZodType<ReplyOf<R>> },
    parts: CallOf<R> & Parts,
  ): Promise<Answer<R>> => {
    return answerIn<R>(route, await ask(route, parts, { ...json(parts), accept: 'application/json' }))
  }

  const fileIn = async (response: Response | Problem): Promise<Download> => {
    if (!(response instanceof Response)) return { ok: false, problem: response }
    if (!response.ok) return { ok: false, problem: await problemIn(response) }
    const fileName = fileNameIn(response.headers.get('content-disposition'))
    return { ok: true, value: { content: await response.blob(), fileName } }
  }

  /** A file goes out with its settings, an answer comes back. */
  const upload = async <R extends Route>(
    route: R & { reply: z.ZodType<ReplyOf<R>> },
    parts: UploadOf<R> & Parts,
  ): Promise<Answer<R>> =>
    answerIn<R>(route, await ask(route, parts, { body: form(parts), accept: 'application/json' }))

  /** A file comes back. */
  const download = async <R extends Route>(route: R, parts: CallOf<R> & Parts): Promise<Download> =>
    fileIn(await ask(route, parts, { ...json(parts), accept: '*/*' }))

  /** A file goes out with its settings, and a file comes back. */
  const exchange = async <R extends Route>(route: R, parts: UploadOf<R> & Parts): Promise<Download> =>
    fileIn(await ask(route, parts, { body: form(parts), accept: '*/*' }))

  return { call, upload, download, exchange }
}

export type Client = ReturnType<typeof createClient>
