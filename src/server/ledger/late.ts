import type { Queries } from './tiles.ts'

/** A second is the rule: what waits longer than a minute waits for something that does not come by itself. */
const patience = 60_000

export const isLate = (receivedAt: string, now: Date): boolean => now.getTime() - Date.parse(receivedAt) > patience

/**
 * Since when the oldest act waits that lies in no signed checkpoint, where it is late. Under the sequencer's login, which
 * may read the outbox; in order or not yet, it is one of these two.
 */
export const lateSince = async (db: Queries, now: Date): Promise<string | undefined> => {
  const { rows } = await db.query<{ at: Date | null }>({
    name: 'ledger-oldest-unsigned',
    text: `with last as (
        select coalesce((select max(number) from ledger.log), 0) as log
      ), unsigned as (
        (select o.at from last join ledger.entry n on n.log = last.log join ledger.outbox o on o.id = n.outbox_id
          where n.idx >= coalesce((select max(c.size) from ledger.checkpoint c where c.log = last.log and c.hash = 'sha256'), 0)
          order by n.idx limit 1)
        union all
        (select o.at from last, ledger.outbox o
          where o.id > coalesce((select h.settled from ledger.head h where h.log = last.log and h.hash = 'sha256'), 0)
            and not exists (select from ledger.entry n where n.log = last.log and n.outbox_id = o.id)
          order by o.id limit 1)
      )
      select min(at) as at from unsigned`,
  })
  const since = rows[0]?.at?.toISOString()
  return since !== undefined && isLate(since, now) ? since : undefined
}
