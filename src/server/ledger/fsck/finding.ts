/** What is wrong with a row, a file or the log as a whole. */
export const findingKinds = [
  /** A row is there and is not what was sealed, signed or recomputed. */
  'rowAltered',
  /** A row that was sealed or signed is gone. */
  'rowMissing',
  /** A row that nothing sealed or signed: written by somebody else. */
  'rowAlien',
  /** An act that lies in the log, and whose receipt the log's key never signed. */
  'unsigned',
  /** An act below the settled id that is not in the log: the sequencer would never take it. */
  'passedOver',
  'fileAltered',
  'fileMissing',
  'fileAlien',
  /** The database is older than what was signed. */
  'rolledBack',
  /** Acts made since the database was put back stand where others were signed. */
  'madeSince',
  /** Nothing that is still there gives the tree that was signed, or two trees were signed. */
  'forked',
  /** What keeps a table append-only is switched off, or gone. */
  'unguarded',
  /** A row of a read table is not what its events say. */
  'projection',
] as const

export type FindingKind = (typeof findingKinds)[number]

/** The tables that a check compares, and the parts of the second folder. */
export const checkedTables = [
  'core.event',
  'core.stream',
  'core.command',
  'private.leaf_salt',
  'ledger.outbox',
  'ledger.entry',
  'ledger.tile',
  'ledger.head',
  'ledger.checkpoint',
  'ledger.log',
] as const

export type CheckedTable = (typeof checkedTables)[number]

/** Where it is: as much as is known. */
export type FindingPlace = {
  /** A checked table, a read table, or `public` or `journal` for a file of the second folder. */
  readonly table: string
  readonly tenantId?: string
  readonly streamId?: string
  readonly version?: number
  readonly commandId?: string
  /** Which log, where it is not the one that is appended to; tree by its hash. */
  readonly log?: number
  readonly hash?: 'sha256' | 'sm3'
  /** Place in the log. */
  readonly index?: number
  readonly outboxId?: number
  /** Of a checkpoint or head: its size as it stands there. */
  readonly size?: number
  /** Of a tile. */
  readonly level?: number
  readonly tile?: number
  /** Of a file, within the second folder: `public/…`, `journal/…`. */
  readonly path?: string
  /** Of an altered row: which of its columns. */
  readonly columns?: readonly string[]
}

export type Finding = FindingPlace & {
  readonly kind: FindingKind
  /** Chinese: which record, what is wrong. */
  readonly message: string
  readonly remedy: string
  /** Whether `--repair` puts it right: only from what verifies. */
  readonly repairable: boolean
}
