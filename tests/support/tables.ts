import type pg from 'pg'

export type Tables = Readonly<Record<string, readonly string[]>>

/** Every row of every table of the schemas, as text, in one order: two databases hold the same if these are equal. */
export const tablesIn = async (owner: pg.Pool, schemas: readonly string[]): Promise<Tables> => {
  const { rows: names } = await owner.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any ($1) and c.relkind = 'r' order by 1`,
    [schemas],
  )
  const tables: Record<string, string[]> = {}
  for (const { name } of names) {
    const { rows } = await owner.query<{ row: string }>(`select t::text as row from ${name} t order by 1`)
    tables[name] = rows.map(({ row }) => row)
  }
  return tables
}
