import { randomBytes } from 'node:crypto'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { flipped, type JudgedLog, judgedOrigin } from '#tests/judges/judgedLog.ts'
import { toBase64 } from '#translog/base64.ts'
import { readCheckpoint, signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'

/** Something our code says of a log, in a form that any judge can be asked about. */
export type Statement =
  | { readonly kind: 'note'; readonly note: string }
  | {
      readonly kind: 'record'
      readonly size: number
      readonly root: string
      readonly index: number
      readonly entry: string
      readonly proof: readonly string[]
    }
  | {
      readonly kind: 'tree'
      readonly size: number
      readonly root: string
      readonly older: number
      readonly was: string
      readonly proof: readonly string[]
    }
  | { readonly kind: 'tiles'; readonly size: number; readonly index: number; readonly entry: string }

/** `class` names the tampering; an honest statement is of class honest. */
export type Case = { readonly class: string; readonly statement: Statement }

export const noteOf = (log: JudgedLog, size: number): Statement => ({ kind: 'note', note: log.checkpoint(size) })

export const recordOf = (log: JudgedLog, index: number, size: number) =>
  ({
    kind: 'record',
    size,
    root: toBase64(log.head(size).root),
    index,
    entry: toBase64(log.entry(index)),
    proof: log.inclusion(index, size).map(toBase64),
  }) as const

export const treeOf = (log: JudgedLog, older: number, size: number) =>
  ({
    kind: 'tree',
    size,
    root: toBase64(log.head(size).root),
    older,
    was: toBase64(log.head(older).root),
    proof: log.consistency(older, size).map(toBase64),
  }) as const

const below = (limit: number): number => Math.floor(Math.random() * limit)

const turned = (text: string): string =>
  toBase64(flipped(Buffer.from(text, 'base64'), below(8 * Buffer.from(text, 'base64').length)))

const withOneTurned = (proof: readonly string[]): readonly string[] => {
  const line = below(proof.length)
  return proof.map((hash, at) => (at === line ? turned(hash) : hash))
}

/** Each class of tampering once, on proofs of that log; sizes from 3 up, so that every proof has a line. */
export const tamperedCases = (log: JudgedLog, largest: number): readonly Case[] => {
  const size = 3 + below(largest - 3)
  const record = recordOf(log, below(size), size)
  const tree = treeOf(log, 1 + below(size - 1), size)
  const signed = log.checkpoint(size)
  const read = readCheckpoint(signed)
  const [line] = read?.note.signatures ?? []
  if (!read || !line) throw new Error('no checkpoint')
  const stranger = ed25519Signer(judgedOrigin, randomBytes(32), nodeEd25519)
  const badSignature = writeCheckpoint({
    ...read,
    note: { ...read.note, signatures: [{ ...line, signature: flipped(line.signature, below(512)) }] },
  })
  const of = (name: string, statement: Statement): Case => ({ class: name, statement })
  return [
    of('a hash of the proof', { ...record, proof: withOneTurned(record.proof) }),
    of('a line of the proof dropped', { ...record, proof: record.proof.slice(1) }),
    of('a line added to the proof', { ...record, proof: [...record.proof, record.root] }),
    of('the record', { ...record, entry: turned(record.entry) }),
    of('the place of the record', { ...record, index: (record.index + 1) % size }),
    of('the root', { ...record, root: turned(record.root) }),
    of('the tree’s growth', { ...tree, was: turned(tree.was) }),
    ...(tree.proof.length > 0 ? [of('the tree’s growth', { ...tree, proof: withOneTurned(tree.proof) })] : []),
    of('the size in the checkpoint', { kind: 'note', note: signed.replace(`\n${size}\n`, `\n${size + 1}\n`) }),
    of('the signature', { kind: 'note', note: badSignature }),
    of('another key under the log’s name', {
      kind: 'note',
      note: writeCheckpoint(signCheckpoint({ origin: judgedOrigin, ...log.head(size) }, stranger)),
    }),
  ]
}
