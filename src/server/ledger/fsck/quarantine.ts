import type { Queries } from '#server/ledger/tiles.ts'
import type { Hand } from './found.ts'

/** Moves rows out of their table and keeps them as they were found: traces of whoever wrote them. */
export const putAsideInto = (
  db: Queries,
  now: Date,
): { readonly putAside: Hand['putAside']; readonly count: () => number } => {
  let moved = 0
  return {
    putAside: async (table, where, values, reason) => {
      const next = values.length
      const { rowCount } = await db.query(
        `with gone as (delete from ${table} where ${where} returning *)
         insert into ledger.quarantine (id, at, table_name, row, reason)
         select gen_random_uuid(), $${next + 1}, $${next + 2}, to_jsonb(gone), $${next + 3} from gone`,
        [...values, now, table, reason],
      )
      moved += rowCount ?? 0
    },
    count: () => moved,
  }
}
