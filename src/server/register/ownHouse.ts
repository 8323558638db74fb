import type { PoolClient } from 'pg'
import type { Actor } from '#domain/access/actor.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { within } from '#server/platform/scope.ts'

/**
 * A transaction within the caller's own organisation, whatever the present post reaches: an expert's grant covers the
 * mines he helps, and what he arranged for himself lies at home.
 */
export const inOwnHouse = async <T>(
  pool: DatabasePool,
  { homeTenantId }: Pick<Actor, 'homeTenantId'>,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect()
  try {
    const result = await within(client, { kind: 'tenants', ids: [homeTenantId] }, 'read write', () => work(client))
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
