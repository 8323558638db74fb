import type { Pool } from 'pg'
import type { SecondHome } from '#server/ledger/secondHome.ts'
import type { LeafMemory } from './leafMemory.ts'
import type { LedgerReport } from './report.ts'

/** Public keys by origin, from a place that whoever writes to the database does not write to: the key file. */
export type VkeyOf = (origin: string) => string | undefined

export type CheckOptions = {
  /** The owner of the database. */
  readonly db: Pool
  /** The second folder; undefined to check the database alone. */
  readonly home: SecondHome | undefined
  /** `vkeysIn(openKeys(dataDir))`; an origin it does not know is looked up in ledger.log. */
  readonly vkeyOf: VkeyOf
  /** A checkpoint kept elsewhere, verbatim: binds as much as those in database and folder. */
  readonly checkpoint?: string
  /** Leaves that were recomputed before, for whoever checks one database again and again. */
  readonly memory?: LeafMemory
  readonly onProgress?: (what: string, done: number, of: number) => void
}

/** Compares what happened, what was sealed and what was signed, both ways; writes nothing. */
export const checkLedger = (_options: CheckOptions): Promise<LedgerReport> => Promise.reject(new Error('not there yet'))
