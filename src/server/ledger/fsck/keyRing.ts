import { verifierOf } from '#server/ledger/identity.ts'
import type { LedgerKeys } from '#server/ledger/keys.ts'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { type Checkpoint, readCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { isSignedBy, type Note, type Signer, type Verifier, writeNote } from '#translog/signedNote.ts'
import type { LeafMemory } from './leafMemory.ts'

/** Public keys by origin, from a place that whoever writes to the database does not write to: the key file. */
export type VkeyOf = (origin: string) => string | undefined

export const signersIn =
  (keys: LedgerKeys): ((origin: string) => Signer | undefined) =>
  (origin) => {
    const key = keys.logKey(origin)
    return key && ed25519Signer(key.origin, key.seed, nodeEd25519)
  }

export const vkeysIn =
  (keys: LedgerKeys): VkeyOf =>
  (origin) =>
    signersIn(keys)(origin)?.vkey

/** Judges signatures of the logs of this installation. */
export type KeyRing = {
  readonly verifierOf: (origin: string) => Verifier | undefined
  readonly isSigned: (note: Note, origin: string) => boolean
  /** The checkpoint, where its origin is the one asked for and its key signed it. */
  readonly open: (written: string, origin: string) => Checkpoint | undefined
}

const mostLately = 256

/** A key that the key file has stands before one that the database has: whoever altered the database altered that too. */
export const keyRing = (
  vkeyOf: VkeyOf,
  registered: ReadonlyMap<string, Verifier>,
  { signatures }: LeafMemory,
): KeyRing => {
  const known = new Map<string, Verifier | undefined>()
  const verifierFor = (origin: string): Verifier | undefined => {
    if (!known.has(origin)) {
      const vkey = vkeyOf(origin)
      const verifier = vkey === undefined ? registered.get(origin) : verifierOf(vkey)
      known.set(origin, verifier?.name === origin ? verifier : undefined)
    }
    return known.get(origin)
  }
  // The events of one command lie side by side, and bear one receipt.
  const lately = new Map<string, boolean>()
  const isSigned = (note: Note, origin: string): boolean => {
    const verifier = verifierFor(origin)
    if (!verifier) return false
    const text = writeNote(note)
    const known = lately.get(text)
    if (known !== undefined) return known
    if (lately.size >= mostLately) lately.clear()
    const signed = isSignedBy(note, verifier)
    lately.set(text, signed)
    return signed
  }
  return {
    verifierOf: verifierFor,
    isSigned,
    open: (written, origin) => {
      const read = readCheckpoint(written)
      if (read?.checkpoint.origin !== origin) return undefined
      return signatures(`${origin} ${written}`, () => isSigned(read.note, origin)) ? read.checkpoint : undefined
    },
  }
}
