import { z } from 'zod'
import { fromBase64, toBase64 } from '#translog/base64.ts'
import { readCheckpoint } from '#translog/checkpoint.ts'
import type { Signer, Verifier } from '#translog/signedNote.ts'
import type { TreeName } from './tiles.ts'

/** A checkpoint as it was signed, and when. */
export type SignedAt = TreeName & { readonly size: number; readonly note: string; readonly signedAt: Date }

/** The log's key seals it once more, with the time: nothing else says when the checkpoint was signed. */
export type KeptCheckpoint = SignedAt & { readonly seal: string }

/** Not the first line of any checkpoint, so that neither passes for the other. */
const header = 'bihuan/kept-checkpoint/v1'

const sealed = ({ log, hash, note, signedAt }: SignedAt): string =>
  `${header}\n${log} ${hash} ${signedAt.toISOString()}\n${note}`

export const sealCheckpoint = (signed: SignedAt, signer: Signer): KeptCheckpoint => ({
  ...signed,
  seal: toBase64(signer.sign(sealed(signed))),
})

const headerAgain = 'bihuan/kept-checkpoint/again/v1'

const sealedAgain = (signed: SignedAt): string => `${headerAgain}\n${sealed(signed)}`

/**
 * The mark of what was copied from the database into a new folder, which has none of the partial tiles of that size. Signed,
 * or whoever takes partial tiles away would write it.
 */
export const sealAgain = (signed: SignedAt, signer: Signer): string => toBase64(signer.sign(sealedAgain(signed)))

const isAgain = (signed: SignedAt, again: string, verifier: Verifier): boolean => {
  const seal = fromBase64(again)
  return seal !== undefined && verifier.verifies(sealedAgain(signed), seal)
}

export const isSealed = (kept: KeptCheckpoint, verifier: Verifier): boolean => {
  const seal = fromBase64(kept.seal)
  return seal !== undefined && verifier.verifies(sealed(kept), seal)
}

/** What every line about that checkpoint begins with: there is one of a size. */
export const beginningOfLine = ({ log, hash, size }: TreeName & { readonly size: number }): string =>
  `${JSON.stringify({ log, hash, size }).slice(0, -1)},`

/**
 * One line of JSON beside the journal: what the checkpoint's row is restored from; `again` is the mark of `sealAgain`.
 */
export const checkpointLine = ({ log, hash, size, note, signedAt, seal }: KeptCheckpoint, again?: string): string =>
  JSON.stringify({ log, hash, size, signedAt: signedAt.toISOString(), note, seal, again })

const line = z.strictObject({
  log: z.number().int(),
  hash: z.enum(['sha256', 'sm3']),
  size: z.number().int(),
  signedAt: z.iso.datetime(),
  note: z.string(),
  seal: z.string(),
  again: z.string().optional(),
})

export type ReadCheckpointLine = KeptCheckpoint & { readonly again: string | undefined }

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Undefined where the log of that key did not seal exactly this line. */
export const readCheckpointLine = (text: string, verifier: Verifier): ReadCheckpointLine | undefined => {
  const read = line.safeParse(parsed(text)).data
  if (!read || JSON.stringify(read) !== text) return undefined
  const kept = { ...read, signedAt: new Date(read.signedAt), again: read.again }
  if (kept.signedAt.toISOString() !== read.signedAt || readCheckpoint(read.note)?.checkpoint.size !== read.size)
    return undefined
  if (kept.again !== undefined && !isAgain(kept, kept.again, verifier)) return undefined
  return isSealed(kept, verifier) ? kept : undefined
}
