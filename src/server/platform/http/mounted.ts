import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type AnswerOf, none, type Route } from '#contract/route.ts'
import type { Actor, Grant } from '#domain/access/actor.ts'
import type { Outcome } from '#domain/refusal.ts'
import { validated } from '#server/platform/validated.ts'

/** Who calls: the actor of the session, and what else the account could work as. */
export type Caller = {
  readonly actor: Actor
  readonly sessionToken: string
  readonly login: string
  readonly grants: readonly Grant[]
}

export type HandlerInput<R extends Route, C> = {
  readonly params: z.output<R['params']>
  readonly query: z.output<R['query']>
  readonly body: z.output<R['body']>
  readonly caller: C
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** A route with the handler that answers it, parts already parsed when the handler sees them. */
export type Mounted = {
  readonly route: Route
  readonly answer: (
    request: FastifyRequest,
    reply: FastifyReply,
    caller: Caller | undefined,
  ) => Promise<Outcome<unknown>>
}

const given = (schema: z.ZodType, value: unknown): unknown => (schema === none ? undefined : value)

const parsed = <R extends Route>(route: R, request: FastifyRequest) => {
  const params = validated<R['params']>(route.params, given(route.params, request.params))
  if (!params.ok) return params
  const query = validated<R['query']>(route.query, given(route.query, request.query))
  if (!query.ok) return query
  const body = validated<R['body']>(route.body, given(route.body, request.body))
  if (!body.ok) return body
  return { ok: true, value: { params: params.value, query: query.value, body: body.value } } as const
}

/** A route anyone may call. */
export const open = <R extends Route>(
  route: R,
  handle: (input: HandlerInput<R, Caller | undefined>) => Promise<Outcome<AnswerOf<R>>>,
): Mounted => ({
  route,
  answer: async (request, reply, caller) => {
    const parts = parsed(route, request)
    return parts.ok ? handle({ ...parts.value, caller, request, reply }) : parts
  },
})

/** A route for whoever is signed in and may do what the route names. */
export const guarded = <R extends Route>(
  route: R,
  handle: (input: HandlerInput<R, Caller>) => Promise<Outcome<AnswerOf<R>>>,
): Mounted => ({
  route,
  answer: async (request, reply, caller) => {
    if (!caller) return notSignedIn
    const parts = parsed(route, request)
    return parts.ok ? handle({ ...parts.value, caller, request, reply }) : parts
  },
})

export const notSignedIn: Outcome<never> = {
  ok: false,
  refusal: { code: 'not-signed-in', message: '还没有登录，或者登录已经过期', remedy: '登录后继续；填写的内容还在' },
}
