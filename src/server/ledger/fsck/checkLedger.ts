import type { Pool } from 'pg'
import type { SecondHome } from '#server/ledger/secondHome.ts'
import type { Capability } from '#server/platform/stream.ts'
import { type Examined, type ExamineOptions, examine } from './examine.ts'
import { readFolder } from './folder.ts'
import { asFinding, type Found } from './found.ts'
import type { VkeyOf } from './keyRing.ts'
import type { LeafMemory } from './leafMemory.ts'
import { checkProjections } from './projections.ts'
import type { LedgerReport } from './report.ts'

export type CheckOptions = {
  /** The owner of the database. */
  readonly db: Pool
  /** The second folder; undefined to check the database alone. */
  readonly home: Pick<SecondHome, 'folder'> | undefined
  /** `vkeysIn(openKeys(dataDir))`; an origin it does not know is looked up in ledger.log. */
  readonly vkeyOf: VkeyOf
  /** A checkpoint kept elsewhere, verbatim: binds more than those in database and folder. */
  readonly checkpoint?: string
  /** Leaves that were recomputed before, for whoever checks one database again and again. */
  readonly memory?: LeafMemory
  /** Compares the read tables with their events too, where nothing else was found. */
  readonly readTables?: { readonly adminUrl: string; readonly capabilities: readonly Capability[] }
  readonly onProgress?: (what: string, done: number, of: number) => void
}

export const examineOptions = (
  { db, home, vkeyOf, checkpoint, memory, onProgress }: CheckOptions,
  snapshot: ExamineOptions['db'],
): ExamineOptions => ({
  db: snapshot,
  folder: home && readFolder(home),
  vkeyOf,
  ...(checkpoint !== undefined && { checkpoint }),
  ...(memory && { memory }),
  ...(onProgress && { onProgress }),
  live: db,
})

export const reportOf = ({ report }: Pick<Examined, 'report'>, found: readonly Found[]): LedgerReport => ({
  ...report,
  findings: found.map(asFinding),
  sound: found.length === 0,
})

/**
 * Compares what happened, what was sealed and what was signed, both ways; writes nothing. The program may go on running:
 * it looks at one snapshot of the database, and what the second folder has beyond it is for the next check.
 */
export const checkLedger = async (options: CheckOptions): Promise<LedgerReport> => {
  const client = await options.db.connect()
  let examined: Examined
  try {
    await client.query('begin isolation level repeatable read read only')
    examined = await examine(examineOptions(options, client))
    await client.query('commit')
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
  const report = reportOf(examined, examined.found)
  if (!options.readTables || !report.sound) return report
  return checkProjections(report, options.readTables)
}
