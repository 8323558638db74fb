import { v7 as uuidv7 } from 'uuid'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import type { LedgerTrouble } from './trouble.ts'

/** One thing found wrong, in words for the page: what, where, what to do. */
export type Finding = { readonly code: string; readonly message: string; readonly remedy: string }

export type Verification = {
  readonly source: 'sequencer' | 'fsck' | 'witness' | 'replay'
  readonly log: number
  readonly size: number
  readonly findings: readonly Finding[]
  /** Where left out: nothing was found. */
  readonly sound?: boolean
}

export const recordVerification = async (
  db: Pick<DatabasePool, 'query'>,
  { source, log, size, findings, sound = findings.length === 0 }: Verification,
  now: Date,
): Promise<void> => {
  await db.query(
    `insert into ledger.verification (id, at, source, log, size, sound, findings) values ($1, $2, $3, $4, $5, $6, $7)`,
    [uuidv7(), now, source, log, size, sound, JSON.stringify(findings)],
  )
}

/** Why signing stopped, kept for the page: the console that told of it may be far away. */
export const recordTrouble = async (
  db: Pick<DatabasePool, 'query'>,
  log: number,
  { code, message, remedy }: LedgerTrouble,
  now: Date,
): Promise<void> => {
  const { rows } = await db.query<{ size: number }>(
    `select coalesce(max(size), 0) as size from ledger.head where log = $1 and hash = 'sha256'`,
    [log],
  )
  await recordVerification(
    db,
    { source: 'sequencer', log, size: rows[0]?.size ?? 0, findings: [{ code, message, remedy }] },
    now,
  )
}
