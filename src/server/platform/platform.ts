import type { Rulebook } from '#rulebook/rulebook.ts'
import type { Ledger } from '#server/ledger/ledger.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import type { Execute } from '#server/platform/execute.ts'
import type { FileStore } from '#server/platform/files/fileStore.ts'
import type { Published } from '#server/platform/files/published.ts'
import type { Read } from '#server/platform/read.ts'

/** What a capability's routes stand on. */
export type Platform = {
  readonly pool: DatabasePool
  readonly read: Read
  readonly execute: Execute
  /** The business clock: in the demo it stands still. */
  readonly clock: Clock
  /** Sessions, lockout and jobs go by the real clock. */
  readonly realClock: Clock
  readonly rulebook: Rulebook
  readonly files: FileStore
  readonly published: Published
  readonly ledger: Ledger
  readonly demo: boolean
  readonly secure: boolean
  readonly version: string
}
