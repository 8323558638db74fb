import type { Queries } from '#server/ledger/tiles.ts'

/** What keeps these tables append-only (migrations 0001 and 0002). A repair is the one that may pass by them. */
const triggers: readonly (readonly [table: string, trigger: string])[] = [
  ['core.event', 'event_kept'],
  ['core.event', 'event_unchanged'],
  ['core.command', 'command_kept'],
  ['core.command', 'command_unchanged'],
  ['ledger.outbox', 'outbox_kept'],
  ['ledger.entry', 'entry_kept'],
  ['ledger.tile', 'tile_kept'],
  ['ledger.checkpoint', 'checkpoint_kept'],
]

/** Within the transaction alone: to everybody else they were never off, and a rollback puts them on again. */
export const withTriggersOff = async (db: Queries, work: () => Promise<void>): Promise<void> => {
  for (const [table, trigger] of triggers) await db.query(`alter table ${table} disable trigger ${trigger}`)
  await work()
  for (const [table, trigger] of triggers) await db.query(`alter table ${table} enable trigger ${trigger}`)
}
