import { z } from 'zod'

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
  readonly params: z.ZodType
  readonly query: z.ZodType
  readonly body: z.ZodType
  /** Where a file comes instead of JSON: the multipart field that carries it. */
  readonly upload?: string
  /** Beside the file: the multipart field `settings`, JSON, before it. */
  readonly settings?: z.ZodType
  readonly reply: z.ZodType
}

/** A part that a route does not have. */
export const none = z.undefined()

/** Routes spread this and name the parts they do have. */
export const plain = { params: none, query: none, body: none }

export const route = <const R extends Route>(declared: R): R => declared

type Given<K extends string, T> = undefined extends T ? { readonly [P in K]?: T } : { readonly [P in K]: T }

/** What a caller gives. */
export type CallOf<R extends Route> = Given<'params', z.input<R['params']>> &
  (undefined extends z.input<R['query']> ? unknown : { readonly query?: z.input<R['query']> }) &
  Given<'body', z.input<R['body']>>

/** What a caller gives where a file goes out with its settings. */
export type UploadOf<R extends Route> = Given<'params', z.input<R['params']>> & {
  readonly settings: R['settings'] extends z.ZodType ? z.input<R['settings']> : never
  readonly file: Blob
  readonly fileName: string
}

export type ReplyOf<R extends Route> = z.output<R['reply']>
export type AnswerOf<R extends Route> = z.input<R['reply']>
