import type { Finding } from './finding.ts'

export type LedgerReport = {
  /** The log that is appended to; 0 where none has begun. */
  readonly log: number
  /** Entries in the log. */
  readonly size: number
  /** The largest signed checkpoint whose tree was found again, and where it came from. */
  readonly signed:
    | { readonly size: number; readonly root: string; readonly from: 'database' | 'folder' | 'journal' | 'given' }
    | undefined
  readonly checked: {
    readonly events: number
    readonly entries: number
    readonly tiles: number
    readonly checkpoints: number
    readonly files: number
    /** Leaves closed for ever because a person was erased by law: no findings. */
    readonly erased: number
    /** Rows of read tables compared with their events; undefined where that was not asked for. */
    readonly readRows: number | undefined
  }
  readonly findings: readonly Finding[]
  readonly sound: boolean
}

export type Repaired = {
  /** What was found before. */
  readonly before: LedgerReport
  /** One line a step, Chinese: what was done, or with `dry` what would be. */
  readonly steps: readonly string[]
  /** Rows put aside in `ledger.quarantine`. */
  readonly quarantined: number
  /** Rows of the read tables put right afterwards. */
  readonly readRows: number
  /** What is found afterwards; undefined when dry. */
  readonly after: LedgerReport | undefined
  readonly applied: boolean
}
