import { readAddCheckpoint } from './addCheckpoint.ts'
import { type Checkpoint, parseCheckpointText } from './checkpoint.ts'
import { type Hasher, nobleSha256 } from './hasher.ts'
import { isConsistent, sameBytes, type TreeHead } from './merkle.ts'
import {
  isBy,
  isSignedBy,
  type Note,
  readNote,
  readSignatureLine,
  type SignatureLine,
  type Verifier,
} from './signedNote.ts'
import { textOf } from './utf8.ts'

/** C2SP tlog-witness, both sides of it: what a witness answers to a log, and what a log takes from the answer. */

/** A checkpoint that was handed in, with the proof that it goes on from the one the log believes we co-signed last. */
export type Submission = {
  readonly oldSize: number
  readonly proof: readonly Uint8Array[]
  readonly checkpoint: Checkpoint
  readonly note: Note
  /** The signed note, verbatim. */
  readonly written: string
}

/** A witness vouches for origin, size and root; lines behind them are the log's own affair, and never empty. */
const checkpointOf = ({ text }: Note): Checkpoint | undefined =>
  text.includes('\n\n') ? undefined : parseCheckpointText(`${text.split('\n', 3).join('\n')}\n`)

/** Undefined where the bytes are no such request. */
export const readSubmission = (bytes: Uint8Array): Submission | undefined => {
  const text = textOf(bytes)
  const request = text === undefined ? undefined : readAddCheckpoint(text)
  const note = request && readNote(request.checkpoint)
  const checkpoint = note && checkpointOf(note)
  if (!request || !note || !checkpoint) return undefined
  return { oldSize: request.oldSize, proof: request.proof, checkpoint, note, written: request.checkpoint }
}

export type WitnessVerdict =
  | 'cosign'
  /** None of the lines is by the key that is known for this origin. */
  | 'notSigned'
  /** The old size is larger than the checkpoint's. */
  | 'oldIsLarger'
  /** The old size is not the one last co-signed. */
  | 'otherSize'
  /** Of the size last co-signed, with another root: two histories under one key. */
  | 'forked'
  | 'unproven'

/** What was last co-signed of that log; undefined where nothing was. */
export type LastCosigned = TreeHead | undefined

const emptyTree = (hash: Hasher): TreeHead => ({ size: 0, root: hash(new Uint8Array(0)) })

/** Whether the log's own key signed another tree of the very size that was co-signed: proof by itself, whatever else was sent. */
export const contradicts = ({ checkpoint }: Submission, last: LastCosigned): boolean =>
  last !== undefined && checkpoint.size === last.size && !sameBytes(checkpoint.root, last.root)

/** In the order of the specification. */
export const judgeSubmission = (
  submission: Submission,
  log: Verifier,
  last: LastCosigned,
  hash: Hasher = nobleSha256,
): WitnessVerdict => {
  const { oldSize, proof, checkpoint, note } = submission
  if (!isSignedBy(note, log)) return 'notSigned'
  if (oldSize > checkpoint.size) return 'oldIsLarger'
  const known = last ?? emptyTree(hash)
  if (oldSize !== known.size) return 'otherSize'
  if (contradicts(submission, known)) return 'forked'
  return isConsistent(known, checkpoint, proof, hash) ? 'cosign' : 'unproven'
}

/** Of the lines that a witness gave, the one that is by its key and holds for this text; lines of others are passed over. */
export const cosignatureIn = (lines: string, text: string, witness: Verifier): SignatureLine | undefined =>
  lines
    .split('\n')
    .map(readSignatureLine)
    .find((line) => line !== undefined && isBy(line, witness) && witness.verifies(text, line.signature))
