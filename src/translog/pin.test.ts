import { describe, expect, test } from 'vitest'
import { signCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { ed25519Signer, ed25519Verifier } from './ed25519.ts'
import { leafHash } from './leaf.ts'
import { rootOf } from './merkle.ts'
import { checkPinned, type TilesReader } from './pin.ts'
import { readVkey } from './signedNote.ts'
import { tilePath } from './tile.ts'

const origin = 'bihuan.example/ledger/1'
const signer = ed25519Signer(origin, new Uint8Array(32).fill(1))
const verifierOf = (vkey: string) => {
  const key = readVkey(vkey)
  const verifier = key && ed25519Verifier(key)
  if (!verifier) throw new Error('no key')
  return verifier
}
const log = verifierOf(signer.vkey)

const leaf = (text: string): Uint8Array => leafHash(new TextEncoder().encode(text))
const honest = (size: number): readonly Uint8Array[] => Array.from({ length: size }, (_, at) => leaf(`leaf ${at}`))

const noteOf = (leaves: readonly Uint8Array[], by = signer): string =>
  writeCheckpoint(signCheckpoint({ origin: by.name, size: leaves.length, root: rootOf(leaves) }, by))

const tilesOf =
  (leaves: readonly Uint8Array[]): TilesReader =>
  async (wanted) =>
    new Map(
      wanted.map((tile) => {
        const each = 256 ** tile.level
        const hashes = Array.from({ length: tile.width }, (_, at) => {
          const from = (tile.index * 256 + at) * each
          return rootOf(leaves.slice(from, from + each))
        })
        return [tilePath(tile), hashes]
      }),
    )

const stepOf = async (pinned: readonly Uint8Array[], current: readonly Uint8Array[]) => {
  const verdict = await checkPinned(noteOf(pinned), noteOf(current), tilesOf(current), log)
  return verdict.ok ? 'grown' : verdict.fault.step
}

describe('a kept checkpoint against the one shown now', () => {
  test.each([0, 1, 2, 7, 255, 256, 257, 300, 513])(
    'a log that grew from %i leaves holds what was kept',
    async (size) => {
      for (const added of [0, 1, 3, 256, 300]) expect(await stepOf(honest(size), honest(size + added))).toBe('grown')
    },
  )

  test.each([2, 7, 256, 300])(
    'one of the %i leaves changed afterwards, at the same size and at any larger one: forked',
    async (size) => {
      for (let at = 0; at < size; at += Math.ceil(size / 5)) {
        for (const added of [0, 1, 300])
          expect(await stepOf(honest(size), honest(size + added).with(at, leaf('rewritten')))).toBe('forked')
      }
    },
  )

  test('a leaf left out and the rest moved up: forked, though the log is as large as before', async () => {
    const dropped = [...honest(300).toSpliced(17, 1), leaf('one more'), leaf('and one')]
    expect(await stepOf(honest(300), dropped)).toBe('forked')
  })

  test('a log that is smaller than it was: rolled back', async () => {
    expect(await stepOf(honest(300), honest(299))).toBe('rolledBack')
  })

  test('a checkpoint by another key, and one that was kept altered, are none of this log', async () => {
    const stranger = ed25519Signer(origin, new Uint8Array(32).fill(2))
    const [older, newer] = [honest(9), honest(12)]
    const forged = await checkPinned(noteOf(older), noteOf(newer, stranger), tilesOf(newer), log)
    expect(forged).toEqual({ ok: false, fault: { step: 'current' } })
    const altered = await checkPinned(noteOf(older).replace('\n9\n', '\n8\n'), noteOf(newer), tilesOf(newer), log)
    expect(altered).toEqual({ ok: false, fault: { step: 'pinned' } })
  })

  test('tiles that cannot be had prove nothing: neither growth nor fork is claimed', async () => {
    const [older, newer] = [honest(9), honest(12)]
    for (const reader of [async () => new Map(), () => Promise.reject(new Error('offline'))]) {
      const verdict = await checkPinned(noteOf(older), noteOf(newer), reader, log)
      expect(verdict).toMatchObject({ ok: false, fault: { step: 'unproven' } })
    }
  })

  test('tiles of the old history do not save a forked one', async () => {
    const current = honest(400).with(3, leaf('rewritten'))
    const verdict = await checkPinned(noteOf(honest(300)), noteOf(current), tilesOf(honest(400)), log)
    expect(verdict).toMatchObject({ ok: false, fault: { step: 'forked' } })
  })
})
