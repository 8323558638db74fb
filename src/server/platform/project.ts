import type { PoolClient } from 'pg'
import type { RowOf } from '#server/platform/stream.ts'

/** Columns of every read table, in order; read once from the catalogue, so that a migration needs no second list. */
export type ReadColumns = ReadonlyMap<string, readonly string[]>

export const readColumns = async (client: { query: PoolClient['query'] }): Promise<ReadColumns> => {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `select n.nspname || '.' || c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname = 'read' and c.relkind = 'r' group by 1`,
  )
  return new Map(rows.map((row) => [row.table, row.columns]))
}

/** One row given as an object, or many as an array of them (`recordset`); into the table itself or one made like it. */
export const upsertText = (
  table: string,
  columns: readonly string[],
  into = table,
  given: 'record' | 'recordset' = 'record',
): string => {
  const changed = columns.filter((column) => column !== 'tenant_id' && column !== 'id')
  return `insert into ${into} select * from jsonb_populate_${given}(null::${table}, $1::jsonb)
    on conflict (tenant_id, id) do update set ${changed.map((column) => `${column} = excluded.${column}`).join(', ')}`
}

/** Writes the rows of the new state. `div` and the keys are the platform's to give, never the capability's. */
export const writeRows = async (
  client: PoolClient,
  columnsOf: ReadColumns,
  rows: readonly RowOf[],
  place: { readonly tenantId: string; readonly streamId: string; readonly div: string },
): Promise<void> => {
  const upserts = rows.map(({ table, row }) => {
    const columns = columnsOf.get(table)
    if (!columns) throw new Error(`no read table ${table}`)
    const stored = { ...row, tenant_id: place.tenantId, id: place.streamId, div: place.div }
    return { name: `upsert-${table}`, text: upsertText(table, columns), values: [JSON.stringify(stored)] }
  })
  await Promise.all(upserts.map((upsert) => client.query(upsert)))
}
