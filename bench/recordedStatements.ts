import type { PoolClient } from 'pg'
import { z } from 'zod'
import type { DatabasePool } from '#server/platform/database/pool.ts'

/** One statement as the platform sent it. */
export type Statement = {
  readonly name?: string | undefined
  readonly text: string
  readonly values: readonly unknown[]
  /** Sent without waiting for the one before it. */
  readonly pipelined: boolean
}

const config = z.union([
  z.string().transform((text) => ({ name: undefined, text, values: [] })),
  z.object({ name: z.string().optional(), text: z.string(), values: z.array(z.unknown()).default([]) }),
])

/** A pool that hands out its clients as they are and notes down every statement that goes through them. */
export const recording = (pool: DatabasePool): { pool: DatabasePool; statements: Statement[] } => {
  const statements: Statement[] = []
  let open = 0
  const noting = (client: PoolClient): PoolClient =>
    new Proxy(client, {
      get: (target, key) => {
        if (key !== 'query') {
          const member: unknown = Reflect.get(target, key)
          return typeof member === 'function' ? member.bind(target) : member
        }
        return async (query: string | { text: string }) => {
          const { name, text, values } = config.parse(query)
          statements.push({ name, text, values, pipelined: open > 0 })
          open += 1
          try {
            return await target.query(query)
          } finally {
            open -= 1
          }
        }
      },
    })
  const noted = new Proxy(pool, {
    get: (target, key) => {
      if (key === 'connect') return async () => noting(await target.connect())
      const member: unknown = Reflect.get(target, key)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
  return { pool: noted, statements }
}

const uuid = /([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})/

/** A value with its ids taken out: split once, so that filling in fresh ones costs next to nothing. */
const template = (value: unknown, kept: ReadonlySet<string>): ((nameOf: (id: string) => string) => unknown) => {
  if (Array.isArray(value)) {
    const members = value.map((one) => template(one, kept))
    return (nameOf) => members.map((member) => member(nameOf))
  }
  if (typeof value !== 'string') return () => value
  const parts = value.split(uuid)
  if (!parts.some((part, index) => index % 2 === 1 && !kept.has(part))) return () => value
  return (nameOf) => parts.map((part, index) => (index % 2 === 1 && !kept.has(part) ? nameOf(part) : part)).join('')
}

/** The same statements again and again with other ids: every UUIDv7 that is not kept is replaced by a fresh one, the same everywhere. */
export const refilled = (
  statements: readonly Statement[],
  kept: ReadonlySet<string>,
  fresh: () => string,
): (() => readonly Statement[]) => {
  const templates = statements.map(({ values, ...statement }) => ({
    statement,
    values: values.map((value) => template(value, kept)),
  }))
  return () => {
    const given = new Map<string, string>()
    const nameOf = (id: string): string => {
      const known = given.get(id) ?? fresh()
      given.set(id, known)
      return known
    }
    return templates.map(({ statement, values }) => ({ ...statement, values: values.map((fill) => fill(nameOf)) }))
  }
}
