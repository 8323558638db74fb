import type { PoolClient } from 'pg'
import type { Actor } from '#domain/access/actor.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { within } from '#server/platform/scope.ts'

/**
 * The one way to write what is no act: uploads, answers as they are saved, arrangements of one's own. One transaction
 * within the scope, committed when the work ends, gone when it throws. Acts go through `execute`.
 */
export const keepWithin = async <T>(
  pool: DatabasePool,
  { scope }: Pick<Actor, 'scope'>,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect()
  try {
    const kept = await within(client, scope, 'read write', () => work(client))
    await client.query('commit')
    return kept
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
