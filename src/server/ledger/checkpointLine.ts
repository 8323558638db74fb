import { z } from 'zod'
import { fromBase64, toBase64 } from '#translog/base64.ts'
import { readCheckpoint } from '#translog/checkpoint.ts'
import type { Signer, Verifier } from '#translog/signedNote.ts'
import type { TreeName } from './tiles.ts'

/** A checkpoint as it was signed, and when. */
export type KeptCheckpoint = TreeName & { readonly size: number; readonly note: string; readonly signedAt: Date }

/** Not the first line of any checkpoint, so that neither passes for the other. */
const header = 'bihuan/kept-checkpoint/v1'

const sealed = ({ log, hash, note, signedAt }: KeptCheckpoint): string =>
  `${header}\n${log} ${hash} ${signedAt.toISOString()}\n${note}`

/** What every line about that checkpoint begins with: there is one of a size. */
export const beginningOfLine = ({ log, hash, size }: TreeName & { readonly size: number }): string =>
  `${JSON.stringify({ log, hash, size }).slice(0, -1)},`

/**
 * One line of JSON beside the journal: what the checkpoint's row is restored from. The log's key seals it, for nothing
 * else says when the checkpoint was signed. `again` marks what was copied from the database into a new folder, which has
 * none of the partial tiles of that size.
 */
export const checkpointLine = (kept: KeptCheckpoint, signer: Signer, again = false): string => {
  const { log, hash, size, note, signedAt } = kept
  const seal = toBase64(signer.sign(sealed(kept)))
  return JSON.stringify({ log, hash, size, signedAt: signedAt.toISOString(), note, seal, ...(again && { again }) })
}

const line = z.strictObject({
  log: z.number().int(),
  hash: z.enum(['sha256', 'sm3']),
  size: z.number().int(),
  signedAt: z.iso.datetime(),
  note: z.string(),
  seal: z.string(),
  again: z.literal(true).optional(),
})

export type ReadCheckpointLine = KeptCheckpoint & { readonly again: boolean }

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
  const seal = read && fromBase64(read.seal)
  if (!read || !seal || JSON.stringify(read) !== text) return undefined
  const { log, hash, size, note, again } = read
  const kept = { log, hash, size, note, signedAt: new Date(read.signedAt) }
  if (kept.signedAt.toISOString() !== read.signedAt || readCheckpoint(note)?.checkpoint.size !== size) return undefined
  return verifier.verifies(sealed(kept), seal) ? { ...kept, again: again === true } : undefined
}
