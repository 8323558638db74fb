import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { lastLog } from './identity.ts'
import type { LedgerKeys } from './keys.ts'
import { type PublishedByUs, publishedByUs } from './published.ts'
import { type Restored, readRestored } from './restoredMark.ts'
import { openSecondHome } from './secondHome.ts'
import type { Queries } from './tiles.ts'
import { LedgerTrouble } from './trouble.ts'

/** The second folder is at least as far as anything this database saw signed: its log goes on. */
export const isContinued = async (db: Queries, { number, checkpoint }: PublishedByUs): Promise<boolean> => {
  const last = (await lastLog(db))?.number ?? 0
  if (last !== number) return number > last
  const { rows } = await db.query<{ signed: number }>(
    `select coalesce(max(size), 0) as signed from ledger.checkpoint where log = $1 and hash = 'sha256'`,
    [number],
  )
  return checkpoint.size >= (rows[0]?.signed ?? 0)
}

/** A folder that is there and cannot be read may have everything: nothing new is begun beside it. */
const continuedIn = async (db: Queries, keys: LedgerKeys, secondFolder: string): Promise<boolean> => {
  // Looking must not make an empty folder where a stick is not plugged in.
  if (!existsSync(join(secondFolder, 'public', 'checkpoint'))) return false
  try {
    const published = await publishedByUs(db, keys, await openSecondHome(secondFolder))
    return published !== undefined && (await isContinued(db, published))
  } catch (error) {
    if (error instanceof LedgerTrouble) return true
    if (error instanceof Error && 'syscall' in error && 'path' in error) return true
    throw error
  }
}

/**
 * The restore after which the log cannot go on: more may have been signed since the backup, and nothing in the second
 * folder says what. Undefined where there was none, or the second folder has it.
 */
export const behindAfterRestore = async (
  db: Queries,
  keys: LedgerKeys,
  secondFolder: string,
): Promise<Restored | undefined> => {
  const restored = await readRestored(db, (await lastLog(db))?.number ?? 0)
  if (!restored) return undefined
  return (await continuedIn(db, keys, secondFolder)) ? undefined : restored
}
