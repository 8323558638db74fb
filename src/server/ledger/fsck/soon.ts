import { setTimeout as sleep } from 'node:timers/promises'
import { sequencerLock } from '#server/ledger/sequencer.ts'
import type { Queries } from '#server/ledger/tiles.ts'

const pause = 100
const tries = 10

/** PostgreSQL shows a lock of 64 bits as two halves. */
const [high, low] = [Math.floor(sequencerLock / 2 ** 32), sequencerLock % 2 ** 32]

/** Whoever puts leaves into order holds a lock for as long as he works: what he writes may be on its way. */
const isSequencing = async (db: Queries): Promise<boolean> => {
  const { rows } = await db.query(
    `select from pg_locks where locktype = 'advisory' and classid = $1 and objid = $2 and granted
       and database = (select oid from pg_database where datname = current_database())`,
    [high, low],
  )
  return rows.length > 0
}

/** Looks again for a second at most, as long as the answer is no and there is a sequencer. */
export const soonIn =
  (db: Queries) =>
  async (look: () => boolean): Promise<void> => {
    if (!(await isSequencing(db))) return
    for (let tried = 0; tried < tries; tried += 1) {
      await sleep(pause)
      if (look()) return
    }
  }
