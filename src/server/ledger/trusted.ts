import type { Policy } from '#translog/bundle.ts'
import { policyOf, type Trust } from '#translog/trust.ts'
import { nodeEd25519 } from './nodeEd25519.ts'
import type { Queries } from './tiles.ts'

/**
 * The keys that a verifier is handed: the log's, those of its witnesses that have co-signed, and that half of them must
 * have done so. One that never has would only stand in the way.
 */
export const trustIn = async (db: Queries, log: number, begun: { readonly vkey: string }): Promise<Trust> => {
  const { rows } = await db.query<{ vkey: string; witnesses: string[] }>({
    name: 'ledger-trust',
    text: `select coalesce((select vkey from ledger.log where number = $1), $2) as vkey,
      (select coalesce(array_agg(w.vkey order by w.name), '{}') from ledger.witness w where w.size is not null) as witnesses`,
    values: [log, begun.vkey],
  })
  const { vkey = begun.vkey, witnesses = [] } = rows[0] ?? {}
  return { log: vkey, witnesses, quorum: Math.ceil(witnesses.length / 2) }
}

/** The same to check with, here: how many must have co-signed is for whoever verifies elsewhere to say. */
export const policyIn = async (db: Queries, log: number, begun: { readonly vkey: string }): Promise<Policy> => {
  const trust = await trustIn(db, log, begun)
  const read = policyOf({ ...trust, quorum: 0 }, nodeEd25519)
  if (!read.ok) throw new Error(`a key of the log or a witness is none: ${read.fault.problem}`)
  return read.policy
}
