import type { Queries } from '#server/ledger/tiles.ts'
import type { Folder } from './folder.ts'
import type { Found } from './found.ts'
import type { KeyRing } from './keyRing.ts'
import type { LeafMemory } from './leafMemory.ts'

/** What a check looks at: one snapshot of the database, the second folder beside it. */
export type Scene = {
  readonly db: Queries
  /** The database as it is at this moment, which may have gone on since. */
  readonly live: Queries
  readonly folder: Folder | undefined
  readonly keys: KeyRing
  readonly memory: LeafMemory
  readonly tell: (found: Found) => void
  /** Looks again a few times, as long as the answer is no and somebody is signing at this moment. */
  readonly soon: (look: () => boolean) => Promise<void>
  readonly onProgress: (what: string, done: number, of: number) => void
}

/** A log of the installation, as ledger.log has it. */
export type KnownLog = {
  readonly number: number
  readonly origin: string
  readonly vkey: string
  readonly twin_vkey: string | null
}
