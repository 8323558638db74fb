import type { Queries } from './tiles.ts'

export type Taken = { readonly id: number; readonly leaf: Buffer; readonly leafHash: Buffer }

/** What waits for the log: a few rows, of which the ids up to `settled` need not be looked at again. */
export const takeOutbox = async (
  db: Queries,
  log: number,
  settled: number,
  limit: number,
): Promise<readonly Taken[]> => {
  const { rows } = await db.query<{ id: number; leaf: Buffer; leaf_hash: Buffer }>({
    name: 'ledger-take',
    text: `select o.id, o.leaf, o.leaf_hash from ledger.outbox o
      where o.id > $2 and not exists (select from ledger.entry e where e.log = $1 and e.outbox_id = o.id)
      order by o.id limit $3`,
    values: [log, settled, limit],
  })
  return rows.map(({ id, leaf, leaf_hash }) => ({ id, leaf, leafHash: leaf_hash }))
}

/**
 * Who writes to the outbox at this moment. An id is drawn under this lock, so an id that is drawn and not to be seen
 * belongs to one of these, or to a transaction that was rolled back and left a gap for ever.
 */
const writers = async (db: Queries): Promise<ReadonlySet<string>> => {
  const { rows } = await db.query<{ virtualtransaction: string }>({
    name: 'ledger-writers',
    text: `select distinct virtualtransaction from pg_locks
      where locktype = 'relation' and mode = 'RowExclusiveLock' and relation = 'ledger.outbox'::regclass
        and database = (select oid from pg_database where datname = current_database())`,
  })
  return new Set(rows.map((row) => row.virtualtransaction))
}

export type Settlement = {
  /** After a batch: everything that could be seen up to this id is in the log. */
  readonly reached: (db: Queries, id: number) => Promise<void>
  /** The id up to which nothing can come any more, once all who wrote then have ended; undefined until it is so. */
  readonly settledBy: (db: Queries) => Promise<number | undefined>
}

/**
 * Ids of the outbox come out of order and with gaps: a transaction that drew a lower id may commit later. So an id
 * counts as settled only when everybody who was writing when it was reached has ended, and what they left was looked at.
 */
export const settlement = (): Settlement => {
  let waiting: { readonly id: number; readonly writers: ReadonlySet<string> } | undefined
  return {
    reached: async (db, id) => {
      waiting ??= { id, writers: await writers(db) }
    },
    settledBy: async (db) => {
      if (!waiting) return undefined
      const { id, writers: then } = waiting
      if (then.size > 0) {
        const now = await writers(db)
        if ([...then].some((writer) => now.has(writer))) return undefined
      }
      waiting = undefined
      return id
    },
  }
}
