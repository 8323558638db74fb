import type { Logger } from 'pino'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { behindAfterRestore } from './behind.ts'
import { identify, type LogIdentity } from './identity.ts'
import { type LedgerKeys, openKeys } from './keys.ts'
import { secondFolderOf } from './secondFolder.ts'
import { type Sequencer, startSequencer } from './sequencer.ts'

export type LedgerOptions = {
  readonly pool: DatabasePool
  readonly dataDir: string
  readonly log: Logger
  /** Login of the sequencer; left out where this process does not put leaves into order. */
  readonly sequencerUrl: string | undefined
  readonly now: () => Date
}

/** The log as the rest of the house sees it. */
export type Ledger = {
  readonly identity: LogIdentity
  readonly keys: LedgerKeys
  readonly dataDir: string
  readonly secondFolder: string
  readonly sequencer: Sequencer | undefined
  readonly stop: () => Promise<void>
}

export const openLedger = async (options: LedgerOptions): Promise<Ledger> => {
  const { pool, dataDir, log, sequencerUrl, now } = options
  const keys = openKeys(dataDir)
  const secondFolder = secondFolderOf(dataDir)
  const identity = await identify(pool, keys, await behindAfterRestore(pool, keys, secondFolder))
  const sequencer =
    sequencerUrl === undefined
      ? undefined
      : startSequencer({ url: sequencerUrl, identity, keys, secondFolder, log, now })
  return { identity, keys, dataDir, secondFolder, sequencer, stop: async () => sequencer?.stop() }
}
