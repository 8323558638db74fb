import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { inTransaction } from './inTransaction.ts'
import { clear, standingFindings } from './standing.ts'

/** Ends what stands about one log or witness once somebody looked into it; the rows that told of it stay. */
export const settleFindings = async (
  pool: DatabasePool,
  { about, why, log }: { readonly about: string; readonly why: string; readonly log: number },
  now: Date,
): Promise<Outcome<number>> => {
  const standing = (await standingFindings(pool)).filter((found) => found.about === about)
  const concerning = { log, size: standing.at(-1)?.size ?? 0, now }
  const done = await inTransaction(pool, (db) => clear(db, about, concerning, why))
  if (done) return ok(standing.length)
  return refuse({
    code: 'not-found',
    message: `没有关于 ${about} 的警报`,
    remedy: '名称写联署方的名称，或者存证的名称',
  })
}
