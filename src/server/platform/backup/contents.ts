import type pg from 'pg'

export type Table = { readonly table: string; readonly columns: readonly string[] }

/** pgboss keeps queues of its own making; what waits in them is kept as `jobsPart`. */
const schemas = ['core', 'ledger', 'private', 'read', 'machinery']

/** Whoever was signed in signs in again; what a database has of migrations it gets by migrating. */
const leftOut = [
  'machinery.session',
  'machinery.sign_in_attempt',
  'machinery.migration',
  // Made again by the triggers of read.hazard as that is filled.
  'read.hazard_tally',
  'read.hazard_matter',
]

/**
 * Read from the catalogue, so that a new table is in the backup from its first day; what others refer to comes before
 * them, for in this order they are filled again. Generated columns make themselves.
 */
export const tablesToKeep = async (client: pg.Client): Promise<readonly Table[]> => {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `with recursive depth as (
       select c.oid, 0 as below from pg_class c
       union
       select k.conrelid, d.below + 1 from depth d join pg_constraint k on k.contype = 'f' and k.confrelid = d.oid and k.conrelid <> d.oid
     )
     select n.nspname || '.' || c.relname as table, array_agg(quote_ident(a.attname) order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where n.nspname = any ($1) and c.relkind in ('r', 'p') and not c.relispartition
     group by c.oid, n.nspname, c.relname order by (select max(below) from depth d where d.oid = c.oid), 1`,
    [schemas],
  )
  return rows.filter(({ table }) => !leftOut.includes(table))
}

export const columnList = ({ columns }: Table): string => columns.join(', ')

/** A partitioned table is copied as a query: COPY takes no partitioned table itself. */
export const copyOut = (table: Table): string => `copy (select ${columnList(table)} from ${table.table}) to stdout`

export const copyIn = (table: Table): string => `copy ${table.table} (${columnList(table)}) from stdin`

/** Names with two underscores are the machinery's own housekeeping. */
export const copyJobsOut = `copy (select name, data from pgboss.job
  where state in ('created', 'retry', 'active') and not starts_with(name, '__') order by created_on, id) to stdout`
