import type { PoolClient } from 'pg'
import type { Actor } from '#domain/access/actor.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { keepWithin } from '#server/platform/keep.ts'

/**
 * A transaction within the caller's own organisation, whatever the present post reaches: an expert's grant covers the
 * mines he helps, and what he arranged for himself lies at home.
 */
export const inOwnHouse = <T>(
  pool: DatabasePool,
  { homeTenantId }: Pick<Actor, 'homeTenantId'>,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> => keepWithin(pool, { scope: { kind: 'tenants', ids: [homeTenantId] } }, work)
