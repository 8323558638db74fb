import type { PoolClient } from 'pg'
import { z } from 'zod'
import { recordVerification } from '../verification.ts'

type Queries = Pick<PoolClient, 'query'>

/** Something that only shows where two see one log: what, where, what to do, and the signed checkpoints that prove it. */
const finding = z.object({
  code: z.enum(['forkedAtWitness', 'unprovenAtWitness', 'witnessAhead', 'witnessForked', 'witnessUnproven']),
  message: z.string(),
  remedy: z.string(),
  /** The origin of the log we are a witness of, or the name of our witness. */
  about: z.string(),
  size: z.number().int(),
  /** Verbatim; the one that was co-signed before, where there is one, first. */
  checkpoints: z.array(z.string()).readonly(),
})

export type WitnessFinding = z.infer<typeof finding>

/** Any number that nobody else uses: whoever changes what stands waits for the other. */
const standingLock = 7_201_406_965

/** More of one log prove nothing new, and whoever floods us fills no disk. */
const mostAboutOne = 5

/** Whoever looked into it says why it no longer stands; kept in the row that ends it. */
const settledCode = 'settled'

const kept = z.union([finding, z.object({ code: z.literal(settledCode) })])

/** What the last check found and nothing since has found gone. */
export const standingFindings = async (db: Queries): Promise<readonly WitnessFinding[]> => {
  const { rows } = await db.query<{ findings: unknown }>(
    `select findings from ledger.verification where source = 'witness' order by at desc, id desc limit 1`,
  )
  return z
    .array(kept)
    .parse(rows[0]?.findings ?? [])
    .filter((found) => found.code !== settledCode)
}

export type Concerning = { readonly log: number; readonly size: number; readonly now: Date }

/** Within a transaction. The last row of its kind holds all that stands, so that one matter never hides another. */
const change = async (
  db: Queries,
  { log, size, now }: Concerning,
  next: (standing: readonly WitnessFinding[]) => readonly WitnessFinding[],
  why?: string,
): Promise<boolean> => {
  await db.query('select pg_advisory_xact_lock($1)', [standingLock])
  const standing = await standingFindings(db)
  const stays = next(standing)
  if (stays.length === standing.length) return false
  const findings = [...stays, ...(why === undefined ? [] : [{ code: settledCode, message: why, remedy: '' }])]
  await recordVerification(db, { source: 'witness', log, size, findings, sound: stays.length === 0 }, now)
  return true
}

/** Within a transaction. False where it stands already. */
export const raise = (db: Queries, found: WitnessFinding, concerning: Concerning): Promise<boolean> =>
  change(db, concerning, (standing) => {
    const same = standing.some(
      ({ code, about, size }) => code === found.code && about === found.about && size === found.size,
    )
    const enough = standing.filter(({ about }) => about === found.about).length >= mostAboutOne
    return same || enough ? standing : [...standing, found]
  })

/** Within a transaction. False where nothing stood. */
export const clear = (db: Queries, about: string, concerning: Concerning, why?: string): Promise<boolean> =>
  change(db, concerning, (standing) => standing.filter((found) => found.about !== about), why)
