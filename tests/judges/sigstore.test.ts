import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { flipped, type JudgedLog, judgedLog, judgedOrigin } from '#tests/judges/judgedLog.ts'
import { type Given, sigstoreAccepts } from '#tests/judges/sigstore.ts'
import { readCheckpoint, signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'

const givenBy = (log: JudgedLog, index: number, size: number): Given => ({
  entry: log.entry(index),
  index,
  proof: log.inclusion(index, size),
  checkpoint: log.checkpoint(size),
})

const below = (limit: number): number => Math.floor(Math.random() * limit)

describe('@sigstore/verify, which knows nothing of us', { timeout: 120_000 }, () => {
  let small: JudgedLog
  let large: JudgedLog
  beforeAll(() => {
    small = judgedLog(300)
    large = judgedLog(1_000_000)
  }, 60_000)

  test('accepts first, last and some middle leaf of every tree of 1 to 300', () => {
    const { signer } = small
    for (let size = 1; size <= 300; size += 1)
      for (const index of new Set([0, size - 1, below(size), below(size)]))
        expect(sigstoreAccepts(givenBy(small, index, size), signer), `${index} of ${size}`).toBe(true)
  })

  test('accepts 1,000 proofs drawn from trees of up to 1,000,000 leaves, and refuses each with one bit turned', () => {
    const { signer } = large
    for (let tried = 0; tried < 1_000; tried += 1) {
      const size = 1 + below(1_000_000)
      const index = below(size)
      const given = givenBy(large, index, size)
      expect(sigstoreAccepts(given, signer), `${index} of ${size}`).toBe(true)
      const line = below(given.proof.length)
      const proof = given.proof.map((hash, at) => (at === line ? flipped(hash, below(256)) : hash))
      expect(sigstoreAccepts({ ...given, proof }, signer) && given.proof.length > 0, `${index} of ${size}`).toBe(false)
      expect(sigstoreAccepts({ ...given, entry: flipped(given.entry, below(8 * 62)) }, signer)).toBe(false)
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
    const { signer } = small
    const given = givenBy(small, 7, 200)
    expect(sigstoreAccepts(given, signer)).toBe(true)
    expect(sigstoreAccepts(tamper(given, small), signer)).toBe(false)
  })
})
