import type { PoolClient } from 'pg'
import type { DatabasePool } from '#server/platform/database/pool.ts'

/** Tables that triggers keep beside a read table, each with the view that makes it anew and the key of both. */
export const derivedTables = [
  { table: 'read.hazard_tally', anew: 'read.hazard_recount', key: ['tenant_id', 'mine_id', 'due_on'] },
  { table: 'read.hazard_matter', anew: 'read.hazard_matter_anew', key: ['tenant_id', 'id', 'place'] },
] as const

type Derived = (typeof derivedTables)[number]

/** Rows that are not what the view says, counted within one snapshot: nobody needs to be held off. */
const wrongRows = async (client: Pick<PoolClient, 'query'>, { table, anew, key }: Derived) => {
  const { rows } = await client.query<{ wrong: number }>(
    `select count(*)::int as wrong from ${table} t full join ${anew} a using (${key.join(', ')})
     where to_jsonb(t) is distinct from to_jsonb(a)`,
  )
  return rows[0]?.wrong ?? 0
}

/** Makes the table anew with writers of hazards held off. */
const remake = async (pool: DatabasePool, { table, anew }: Derived): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('lock table read.hazard in share row exclusive mode')
    await client.query(`delete from ${table}`)
    await client.query(
      `insert into ${table} select (jsonb_populate_record(null::${table}, to_jsonb(a))).* from ${anew} a`,
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/** How many rows of the derived tables were wrong; made right unless nothing is to be changed. */
export const settleDerived = async (pool: DatabasePool, dryRun: boolean): Promise<number> => {
  let wrong = 0
  for (const one of derivedTables) {
    const found = await wrongRows(pool, one)
    wrong += found
    if (found > 0 && !dryRun) await remake(pool, one)
  }
  return wrong
}
