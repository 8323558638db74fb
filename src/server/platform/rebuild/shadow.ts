import type { PoolClient } from 'pg'
import type { DatabasePool } from '#server/platform/database/pool.ts'

export const shadowSchema = 'read_shadow'

/** The shadow of `read.mine` is `read_shadow.mine`. */
export const shadowOf = (table: string): string => table.replace(/^read\./, `${shadowSchema}.`)

export const dropShadow = async (client: { query: PoolClient['query'] }): Promise<void> => {
  await client.query(`drop schema if exists ${shadowSchema} cascade`)
}

/**
 * Empty tables made like the read tables, and beside them which version of every stream they hold and which keys are
 * suspected to differ. Unlogged and without the indexes that only readers need; a crash loses nothing that counts.
 */
export const createShadow = async (pool: DatabasePool, tables: readonly string[]): Promise<void> => {
  await dropShadow(pool)
  await pool.query(`create schema ${shadowSchema}`)
  for (const table of tables) {
    const shadow = shadowOf(table)
    await pool.query(`create unlogged table ${shadow} (like ${table} including all excluding indexes)`)
    await pool.query(`alter table ${shadow} add primary key (tenant_id, id)`)
  }
  await pool.query(`
    create unlogged table ${shadowSchema}.replayed (
      tenant_id uuid, stream_id uuid, div text collate "C", version integer, primary key (tenant_id, stream_id));
    create unlogged table ${shadowSchema}.suspect (
      table_name text, tenant_id uuid, id uuid, primary key (table_name, tenant_id, id))`)
}
