import type { z } from 'zod'

/** Who may call: anyone, anyone signed in, or whoever the access table lets do the named act. */
export type Access = 'public' | 'signedIn' | { readonly act: string }

/**
 * One route of the contract. Validation, OpenAPI and the typed client are read from it; there is no second description.
 */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly access: Access
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly reply: z.ZodType
}

export const route = <const R extends Route>(declared: R): R => declared

type Part<R extends Route, K extends 'params' | 'query' | 'body', How extends 'in' | 'out'> = R[K] extends z.ZodType
  ? How extends 'in'
    ? z.input<R[K]>
    : z.output<R[K]>
  : undefined

/** What a caller gives. */
export type CallOf<R extends Route> = (R['params'] extends z.ZodType ? { params: Part<R, 'params', 'in'> } : unknown) &
  (R['query'] extends z.ZodType ? { query?: Part<R, 'query', 'in'> } : unknown) &
  (R['body'] extends z.ZodType ? { body: Part<R, 'body', 'in'> } : unknown)

/** What a handler receives, parsed. */
export type InputOf<R extends Route> = {
  readonly params: Part<R, 'params', 'out'>
  readonly query: Part<R, 'query', 'out'>
  readonly body: Part<R, 'body', 'out'>
}

export type ReplyOf<R extends Route> = z.output<R['reply']>
export type AnswerOf<R extends Route> = z.input<R['reply']>
