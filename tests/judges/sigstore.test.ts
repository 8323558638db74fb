import { createPublicKey, randomBytes } from 'node:crypto'
import { verifyCheckpoint } from '@sigstore/verify/dist/tlog/checkpoint.js'
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { flipped, type JudgedLog, judgedLog, judgedOrigin } from '#tests/judges/judgedLog.ts'
import { readCheckpoint, signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { readVkey } from '#translog/signedNote.ts'

type Given = { entry: Uint8Array; index: number; proof: readonly Uint8Array[]; checkpoint: string }
type Entry = Parameters<typeof verifyCheckpoint>[0]
type Authority = Parameters<typeof verifyCheckpoint>[1][number]

const spki = Buffer.from('302a300506032b6570032100', 'hex')

/** The log as Sigstore's verifier is told of one. */
const authorityOf = (log: JudgedLog): Authority => {
  const key = readVkey(log.signer.vkey)
  if (!key) throw new Error('no key')
  return {
    logID: Buffer.from(log.signer.keyId),
    publicKey: createPublicKey({ key: Buffer.concat([spki, key.publicKey]), format: 'der', type: 'spki' }),
    validFor: { start: new Date(0), end: new Date(8.64e15) },
    baseURL: `https://${key.name}`,
  }
}

const asEntry = ({ entry, index, proof, checkpoint }: Given): Entry => ({
  logIndex: String(index),
  logId: { keyId: Buffer.alloc(0) },
  kindVersion: { kind: '', version: '' },
  integratedTime: '0',
  inclusionPromise: undefined,
  canonicalizedBody: Buffer.from(entry),
  inclusionProof: {
    logIndex: String(index),
    rootHash: Buffer.alloc(0),
    treeSize: '0',
    hashes: proof.map((hash) => Buffer.from(hash)),
    checkpoint: { envelope: checkpoint },
  },
})

/** Sigstore's own word on it: signature of the checkpoint, then the path to its root. */
const accepts = (given: Given, authority: Authority): boolean => {
  const entry = asEntry(given)
  // `isInclusion` narrows the type there; both functions ask for an entry that has a proof.
  if (!entry.inclusionProof) return false
  try {
    verifyMerkleInclusion(entry, verifyCheckpoint(entry, [authority]))
    return true
  } catch {
    return false
  }
}

const givenBy = (log: JudgedLog, index: number, size: number): Given => ({
  entry: log.entry(index),
  index,
  proof: log.inclusion(index, size),
  checkpoint: log.checkpoint(size),
})

const below = (limit: number): number => Math.floor(Math.random() * limit)

describe('@sigstore/verify, which knows nothing of us', () => {
  let small: JudgedLog
  let large: JudgedLog
  beforeAll(() => {
    small = judgedLog(300)
    large = judgedLog(1_000_000)
  }, 60_000)

  test('accepts first, last and some middle leaf of every tree of 1 to 300', () => {
    const authority = authorityOf(small)
    for (let size = 1; size <= 300; size += 1)
      for (const index of new Set([0, size - 1, below(size), below(size)]))
        expect(accepts(givenBy(small, index, size), authority), `${index} of ${size}`).toBe(true)
  })

  test('accepts 1,000 proofs drawn from trees of up to 1,000,000 leaves, and refuses each with one bit turned', () => {
    const authority = authorityOf(large)
    for (let tried = 0; tried < 1_000; tried += 1) {
      const size = 1 + below(1_000_000)
      const index = below(size)
      const given = givenBy(large, index, size)
      expect(accepts(given, authority), `${index} of ${size}`).toBe(true)
      const line = below(given.proof.length)
      const proof = given.proof.map((hash, at) => (at === line ? flipped(hash, below(256)) : hash))
      expect(accepts({ ...given, proof }, authority) && given.proof.length > 0, `${index} of ${size}`).toBe(false)
      expect(accepts({ ...given, entry: flipped(given.entry, below(8 * 62)) }, authority)).toBe(false)
    }
  })

  test.each<[string, (given: Given, log: JudgedLog) => Given]>([
    ['another leaf', (given, log) => ({ ...given, entry: log.entry(8) })],
    ['another place', (given) => ({ ...given, index: given.index + 1 })],
    ['another size', (given) => ({ ...given, checkpoint: given.checkpoint.replace('\n200\n', '\n201\n') })],
    ['another root, signed by the log', (given, log) => ({ ...given, checkpoint: log.checkpoint(199) })],
    ['a line less', (given) => ({ ...given, proof: given.proof.slice(1) })],
    ['a line more', (given, log) => ({ ...given, proof: [...given.proof, log.head(5).root] })],
    [
      'a turned bit in the signature',
      (given) => {
        const read = readCheckpoint(given.checkpoint)
        if (!read) throw new Error('no checkpoint')
        const [line] = read.note.signatures
        if (!line) throw new Error('no signature')
        const signature = flipped(line.signature, 77)
        return {
          ...given,
          checkpoint: writeCheckpoint({ ...read, note: { ...read.note, signatures: [{ ...line, signature }] } }),
        }
      },
    ],
    [
      'another key under the same name',
      (given, log) => {
        const other = ed25519Signer(judgedOrigin, randomBytes(32), nodeEd25519)
        return {
          ...given,
          checkpoint: writeCheckpoint(signCheckpoint({ origin: judgedOrigin, ...log.head(200) }, other)),
        }
      },
    ],
  ])('refuses %s', (_, tamper) => {
    const authority = authorityOf(small)
    const given = givenBy(small, 7, 200)
    expect(accepts(given, authority)).toBe(true)
    expect(accepts(tamper(given, small), authority)).toBe(false)
  })
})
