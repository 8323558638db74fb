import { type Hasher, nobleSha256 } from './hasher.ts'
import { leafBytes, leafHash, leafSaltBytes, type SealedFields, sealFields } from './leaf.ts'

/** Why a log is there after another one, and where that one ended: what its first leaf says. */
export type Beginning = {
  readonly number: number
  readonly origin: string
  readonly beganAt: string
  readonly reason: string
  /** The last checkpoint known of the log before, co-signed as far as it was. */
  readonly previous: string
  /** The posts that decided it; none where the program did after a restore. */
  readonly decidedBy: readonly string[]
}

/** Nothing of it is secret: the salt is open, so that anybody can read the leaf. */
export const openSalt = new Uint8Array(leafSaltBytes)

export const beginningFields = ({ number, origin, beganAt, reason, previous, decidedBy }: Beginning): SealedFields => ({
  kind: 'ledger.begun',
  origin,
  number,
  beganAt,
  reason,
  previous,
  decidedBy,
})

/** The first leaf of a log that was begun after a disaster. */
export const beginningLeaf = (
  beginning: Beginning,
  hash: Hasher = nobleSha256,
): { readonly leaf: Uint8Array; readonly leafHash: Uint8Array } => {
  const { commit } = sealFields(beginningFields(beginning), openSalt, hash)
  const leaf = leafBytes({ v: 1, commit })
  return { leaf, leafHash: leafHash(leaf, hash) }
}
