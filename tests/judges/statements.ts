import { randomBytes } from 'node:crypto'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { flipped, type JudgedLog, judgedOrigin } from '#tests/judges/judgedLog.ts'
import { toBase64 } from '#translog/base64.ts'
import { readCheckpoint, signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { cosignedAt, cosigner, ed25519Signer } from '#translog/ed25519.ts'
import { concatBytes } from '#translog/hasher.ts'
import { signLine, writeNote } from '#translog/signedNote.ts'

/** Something our code says of a log, in a form that any judge can be asked about. */
export type Statement =
  | { readonly kind: 'note'; readonly note: string }
  | { readonly kind: 'cosigned'; readonly note: string; readonly vkey: string }
  | {
      readonly kind: 'record'
      readonly size: number
      readonly root: string
      readonly index: number
      readonly entry: string
      readonly proof: readonly string[]
    }
  | {
      readonly kind: 'growth'
      readonly size: number
      readonly root: string
      readonly older: number
      readonly was: string
      readonly proof: readonly string[]
    }
  /** The judge makes the proof itself, out of files. */
  | { readonly kind: 'fileRecord'; readonly size: number; readonly index: number }
  | { readonly kind: 'fileGrowth'; readonly size: number; readonly older: number }

type OfKind<K extends Statement['kind']> = Extract<Statement, { readonly kind: K }>

/** Each in the words of the table that is printed. */
export const tampering = {
  proofHash: 'a bit of an inclusion proof',
  proofShort: 'a line of an inclusion proof dropped',
  proofLong: 'a line added to an inclusion proof',
  record: 'a bit of the record',
  place: 'another place for the record',
  root: 'a bit of the root',
  growth: 'a bit or a line of a growth proof',
  fork: 'an old leaf changed, all signed again with the log’s own key',
  size: 'another size in the checkpoint',
  signature: 'a bit of the signature',
  key: 'another key under the log’s name',
  tile: 'a bit of a tile',
  cosignedWhen: 'another time in a cosignature',
  cosignature: 'a bit of a cosignature',
} as const

export type Tampering = (typeof tampering)[keyof typeof tampering]

export type Case = { readonly class: Tampering | 'honest'; readonly statement: Statement }

export const honest = (statement: Statement): Case => ({ class: 'honest', statement })

export const noteOf = (log: JudgedLog, size: number): Statement => ({ kind: 'note', note: log.checkpoint(size) })

export const recordOf = (log: JudgedLog, index: number, size: number): OfKind<'record'> => ({
  kind: 'record',
  size,
  root: toBase64(log.head(size).root),
  index,
  entry: toBase64(log.entry(index)),
  proof: log.inclusion(index, size).map(toBase64),
})

export const growthOf = (log: JudgedLog, older: number, size: number): OfKind<'growth'> => ({
  kind: 'growth',
  size,
  root: toBase64(log.head(size).root),
  older,
  was: toBase64(log.head(older).root),
  proof: log.consistency(older, size).map(toBase64),
})

const below = (limit: number): number => Math.floor(Math.random() * limit)

const turned = (text: string): string => {
  const bytes = Buffer.from(text, 'base64')
  return toBase64(flipped(bytes, below(8 * bytes.length)))
}

const withOneTurned = (proof: readonly string[]): readonly string[] => {
  const line = below(proof.length)
  return proof.map((hash, at) => (at === line ? turned(hash) : hash))
}

const spoiltCheckpoint = (log: JudgedLog, size: number): readonly Case[] => {
  const signed = log.checkpoint(size)
  const read = readCheckpoint(signed)
  const [line] = read?.note.signatures ?? []
  if (!read || !line) throw new Error('no checkpoint')
  const stranger = ed25519Signer(judgedOrigin, randomBytes(32), nodeEd25519)
  const badLine = { ...line, signature: flipped(line.signature, below(512)) }
  const note = (name: Tampering, text: string): Case => ({ class: name, statement: { kind: 'note', note: text } })
  return [
    note(tampering.size, signed.replace(`\n${size}\n`, `\n${size + 1}\n`)),
    note(tampering.signature, writeNote({ ...read.note, signatures: [badLine] })),
    note(tampering.key, writeCheckpoint(signCheckpoint({ origin: judgedOrigin, ...log.head(size) }, stranger))),
  ]
}

const spoiltRecord = (log: JudgedLog, size: number): readonly Case[] => {
  const record = recordOf(log, below(size), size)
  const { proof, root, entry, index } = record
  const of = (name: Tampering, change: Partial<OfKind<'record'>>): Case => ({
    class: name,
    statement: { ...record, ...change },
  })
  return [
    of(tampering.proofHash, { proof: withOneTurned(proof) }),
    of(tampering.proofShort, { proof: proof.filter((_, at) => at !== index % proof.length) }),
    of(tampering.proofLong, { proof: [...proof, root] }),
    of(tampering.record, { entry: turned(entry) }),
    of(tampering.place, { index: (index + 1 + below(size - 1)) % size }),
    of(tampering.root, { root: turned(root) }),
  ]
}

const spoiltGrowth = (log: JudgedLog, size: number): readonly Case[] => {
  const growth = growthOf(log, 1 + below(size - 1), size)
  const { proof, was, root } = growth
  const changes: readonly Partial<OfKind<'growth'>>[] = [
    { was: turned(was) },
    { proof: withOneTurned(proof) },
    { proof: proof.slice(1) },
    { proof: [...proof, root] },
  ]
  return changes.map((change) => ({ class: tampering.growth, statement: { ...growth, ...change } }))
}

/** Each class of tampering once, on one drawn size; sizes from 3 up, so that every proof has a line. */
export const tamperedCases = (log: JudgedLog, largest: number): readonly Case[] => {
  const size = 3 + below(largest - 3)
  return [...spoiltRecord(log, size), ...spoiltGrowth(log, size), ...spoiltCheckpoint(log, size)]
}

/** What an old tree and a fork of it claim: each proof there can be of a growth that never was. */
export const forkedCases = (log: JudgedLog, fork: JudgedLog, older: number, size: number): readonly Case[] => {
  const was = toBase64(log.head(older).root)
  const claimed = growthOf(fork, older, size)
  const proofs = [claimed.proof, growthOf(log, older, size).proof]
  return proofs.map((proof) => ({ class: tampering.fork, statement: { ...claimed, was, proof } }))
}

/** A checkpoint that a witness cosigned, and what can be done to its line. */
export const cosignedCases = (log: JudgedLog, size: number): readonly Case[] => {
  const witness = cosigner('city/witness', randomBytes(32), () => 1_690_000_000 + size, nodeEd25519)
  const read = readCheckpoint(log.checkpoint(size))
  if (!read) throw new Error('no checkpoint')
  const line = signLine(witness, read.note.text)
  const noteWith = (signature: Uint8Array): Statement => ({
    kind: 'cosigned',
    vkey: witness.vkey,
    note: writeNote({ ...read.note, signatures: [...read.note.signatures, { ...line, signature }] }),
  })
  const later = concatBytes(flipped(line.signature.subarray(0, 8), below(52) + 12), line.signature.subarray(8))
  if (cosignedAt(later) === cosignedAt(line.signature)) throw new Error('the time was not changed')
  return [
    honest(noteWith(line.signature)),
    { class: tampering.cosignedWhen, statement: noteWith(later) },
    { class: tampering.cosignature, statement: noteWith(flipped(line.signature, 64 + below(512))) },
  ]
}
