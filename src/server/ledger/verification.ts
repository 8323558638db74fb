import { v7 as uuidv7 } from 'uuid'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import type { LedgerTrouble } from './trouble.ts'

/** One thing found wrong, in words for the page: what, where, what to do. `detail` is for whoever runs the system. */
export type Finding = {
  readonly code: string
  readonly message: string
  readonly remedy: string
  readonly detail?: string
}

export const findingOf = ({ code, message, remedy, detail }: LedgerTrouble): Finding => ({
  code,
  message,
  remedy,
  ...(detail !== undefined && { detail }),
})

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
  trouble: LedgerTrouble,
  now: Date,
): Promise<void> => {
  const { rows } = await db.query<{ size: number }>(
    `select coalesce(max(size), 0) as size from ledger.head where log = $1 and hash = 'sha256'`,
    [log],
  )
  await recordVerification(
    db,
    { source: 'sequencer', log, size: rows[0]?.size ?? 0, findings: [findingOf(trouble)] },
    now,
  )
}

/**
 * What the last check of this kind found is over. Kept too: where another process signs, or nothing is left to be signed,
 * nothing else would end what was told.
 */
export const recordRecovery = async (
  db: Pick<DatabasePool, 'query'>,
  source: Verification['source'],
  log: number,
  now: Date,
): Promise<void> => {
  await db.query(
    `insert into ledger.verification (id, at, source, log, size, sound, findings)
     select $1, $2, $3, $4, coalesce((select max(size) from ledger.head where log = $4 and hash = 'sha256'), 0), true, '[]'
     where (select not sound from ledger.verification where source = $3 order by at desc, id desc limit 1)`,
    [uuidv7(), now, source, log],
  )
}
