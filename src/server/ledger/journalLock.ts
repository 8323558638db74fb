import type { Queries } from './tiles.ts'

/** Beside the sequencer's own: whoever writes the journal anew and whoever appends to it take turns. */
const journalLock = 7_201_406_963

/** From the reading of the rows until they lie in the journal, or a salt that was erased meanwhile would come back. */
export const withJournalLock = async <T>(db: Queries, work: () => Promise<T>): Promise<T> => {
  await db.query({ name: 'journal-lock', text: 'select pg_advisory_lock($1)', values: [journalLock] })
  try {
    return await work()
  } finally {
    // Where the connection is gone, the lock is gone with it.
    await db
      .query({ name: 'journal-unlock', text: 'select pg_advisory_unlock($1)', values: [journalLock] })
      .catch(() => undefined)
  }
}
