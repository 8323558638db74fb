import type { Logger } from 'pino'
import { createPool, type DatabasePool } from '#server/platform/database/pool.ts'
import { behindAfterRestore } from './behind.ts'
import { identify, type LogIdentity } from './identity.ts'
import { type LedgerKeys, openKeys } from './keys.ts'
import { secondFolderOf } from './secondFolder.ts'
import { type Sequencer, startSequencer } from './sequencer.ts'
import { startWitnessAsker } from './witness/witnessAsker.ts'

export type LedgerOptions = {
  readonly pool: DatabasePool
  readonly dataDir: string
  readonly log: Logger
  /** Login of the sequencer; a given database may lack it. */
  readonly sequencerUrl: string | undefined
  /** Whether this process puts leaves into order and asks the witnesses. */
  readonly sequence: boolean
  readonly now: () => Date
}

/** The log as the rest of the house sees it. */
export type Ledger = {
  readonly identity: LogIdentity
  readonly keys: LedgerKeys
  readonly dataDir: string
  readonly secondFolder: string
  readonly sequencer: Sequencer | undefined
  /** Under the sequencer's login: what a witness co-signed is written, and leaves are read, beside the sequencer. */
  readonly writer: DatabasePool | undefined
  readonly stop: () => Promise<void>
}

export const openLedger = async (options: LedgerOptions): Promise<Ledger> => {
  const { pool, dataDir, log, sequencerUrl: url, now } = options
  const keys = openKeys(dataDir)
  const secondFolder = secondFolderOf(dataDir)
  const identity = await identify(pool, keys, await behindAfterRestore(pool, keys, secondFolder))
  const writer = url === undefined ? undefined : createPool(url, { max: 5, applicationName: 'bihuan-ledger' })
  const asker =
    writer && options.sequence ? startWitnessAsker({ pool: writer, log: identity.number, logger: log, now }) : undefined
  const sequencer =
    url !== undefined && options.sequence
      ? startSequencer({ url, identity, keys, secondFolder, log, now, onSigned: () => asker?.wake() })
      : undefined
  const end = async (): Promise<void> => {
    await Promise.all([sequencer?.stop(), asker?.stop()])
    await writer?.end()
  }
  let ended: Promise<void> | undefined
  return {
    identity,
    keys,
    dataDir,
    secondFolder,
    sequencer,
    writer,
    stop: () => {
      ended ??= end()
      return ended
    },
  }
}
