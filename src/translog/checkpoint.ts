import { hashFromBase64, toBase64 } from './base64.ts'
import { isTreeSize, type TreeHead } from './merkle.ts'
import { isSignedBy, type Note, readNote, type Signer, signNote, type Verifier, writeNote } from './signedNote.ts'

/** C2SP tlog-checkpoint without extension lines: origin, size, root. */
export type Checkpoint = TreeHead & { readonly origin: string }

export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`

const form = /^([^\n]+)\n(0|[1-9]\d*)\n([^\n]+)\n$/

/** Undefined where the text is no checkpoint; extension lines are none of ours and are not read. */
export const parseCheckpointText = (text: string): Checkpoint | undefined => {
  const [, origin, digits, root] = form.exec(text) ?? []
  const hash = hashFromBase64(root ?? '')
  const size = Number(digits)
  if (origin === undefined || !hash || !isTreeSize(size)) return undefined
  return { origin, size, root: hash }
}

export type SignedCheckpoint = { readonly checkpoint: Checkpoint; readonly note: Note }

export const signCheckpoint = (checkpoint: Checkpoint, ...signers: readonly Signer[]): SignedCheckpoint => ({
  checkpoint,
  note: signNote(checkpointText(checkpoint), ...signers),
})

export const writeCheckpoint = ({ note }: SignedCheckpoint): string => writeNote(note)

/** Reads the form; who signed is asked of `isSignedBy`. */
export const readCheckpoint = (written: string): SignedCheckpoint | undefined => {
  const note = readNote(written)
  const checkpoint = note && parseCheckpointText(note.text)
  return checkpoint && { checkpoint, note }
}

/** The checkpoint, where the log of that key signed it under its own name as origin. */
export const openCheckpoint = (written: string, log: Verifier): SignedCheckpoint | undefined => {
  const read = readCheckpoint(written)
  if (!read || read.checkpoint.origin !== log.name || !isSignedBy(read.note, log)) return undefined
  return read
}
