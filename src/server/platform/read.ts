import type { PoolClient } from 'pg'
import type { Actor } from '#domain/access/actor.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { type ScopeBounds, scopeBounds, within } from '#server/platform/scope.ts'

/** A query's view of the database: a read-only transaction within the actor's scope, and the bounds to state in WHERE. */
export type ReadScope = { readonly client: PoolClient; readonly bounds: ScopeBounds }

/** read(actor, q): the one way to read. Nothing outside the actor's scope is visible, whatever the query forgets. */
export const readWithin =
  (pool: DatabasePool) =>
  async <T>(actor: Pick<Actor, 'scope'>, query: (scope: ReadScope) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    try {
      const result = await within(client, actor.scope, 'read only', () =>
        query({ client, bounds: scopeBounds(actor.scope) }),
      )
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    } finally {
      client.release()
    }
  }

export type Read = ReturnType<typeof readWithin>
