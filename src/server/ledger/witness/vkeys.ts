import { cosigner, ed25519Signer } from '#translog/ed25519.ts'
import type { LedgerKeys } from '../keys.ts'
import { nodeEd25519 } from '../nodeEd25519.ts'

/** What those we co-sign for register. */
export const witnessVkey = ({ witness }: Pick<LedgerKeys, 'witness'>): string =>
  cosigner(witness.name, witness.seed, () => 0, nodeEd25519).vkey

/** A log whose key is drawn, and that nothing was put into yet. */
export const unbegunLog = (keys: Pick<LedgerKeys, 'lastLogKey'>) => {
  const key = keys.lastLogKey()
  return key && { number: 1, origin: key.origin, vkey: ed25519Signer(key.origin, key.seed, nodeEd25519).vkey }
}
