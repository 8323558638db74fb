import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { concatBytes } from './hasher.ts'
import { rootOf } from './merkle.ts'
import { type Dispute, signedLeaves } from './signedLeaves.ts'
import { tileWidth } from './tile.ts'

const hashesOf = (size: number): readonly Uint8Array[] => Array.from({ length: size }, () => randomBytes(32))

/** What three copies of the log say, bundle by bundle, each spoilt at its own places. */
const disputesOf = (
  leaves: readonly Uint8Array[],
  spoilt: Readonly<Record<string, readonly number[]>>,
): readonly Dispute[] => {
  const bundles = new Set(Object.values(spoilt).flatMap((places) => places.map((at) => Math.floor(at / tileWidth))))
  return [...bundles].map((bundle) => ({
    bundle,
    sources: new Map(
      Object.entries(spoilt).map(([name, places]) => [
        name,
        leaves
          .slice(bundle * tileWidth, (bundle + 1) * tileWidth)
          .map((leaf, at) => (places.includes(bundle * tileWidth + at) ? randomBytes(32) : leaf)),
      ]),
    ),
  }))
}

describe('the leaves that a signed root was made over', () => {
  test('are found as long as no place is spoilt in more than one of three copies', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 700 }),
        fc.uniqueArray(fc.nat(699), { maxLength: 12 }),
        fc.array(fc.constantFrom('entries', 'tiles', 'journal'), { minLength: 12, maxLength: 12 }),
        (size, places, copies) => {
          const leaves = hashesOf(size)
          const within = places.filter((at) => at < size)
          const of = (copy: string) => within.filter((_, at) => copies[at] === copy)
          const spoilt = { entries: of('entries'), tiles: of('tiles'), journal: of('journal') }
          const found = signedLeaves(concatBytes(...leaves), disputesOf(leaves, spoilt), nodeSha256).find(
            size,
            rootOf(leaves, nodeSha256),
          )
          expect(found && Buffer.from(found).equals(Buffer.concat(leaves))).toBe(true)
        },
      ),
      { numRuns: 100 },
    )
  })

  test('are told from a copy that was rewritten whole and agrees with itself', () => {
    const leaves = hashesOf(600)
    const rewritten = leaves.map((leaf, at) => (at === 300 ? randomBytes(32) : leaf))
    const bundleOf = (all: readonly Uint8Array[]) => all.slice(256, 512)
    const disputes: readonly Dispute[] = [
      {
        bundle: 1,
        sources: new Map([
          ['entry', bundleOf(rewritten)],
          ['outbox', bundleOf(rewritten)],
          ['tile', bundleOf(rewritten)],
          ['journal', bundleOf(leaves)],
        ]),
      },
    ]
    const { find } = signedLeaves(concatBytes(...leaves), disputes, nodeSha256)
    expect(find(600, rootOf(leaves, nodeSha256))).toBeDefined()
    expect(find(600, rootOf(rewritten, nodeSha256))).toBeDefined()
    expect(find(600, randomBytes(32))).toBeUndefined()
  })

  test('are not found where a place is spoilt everywhere, nor beyond what there is', () => {
    const leaves = hashesOf(300)
    const root = rootOf(leaves, nodeSha256)
    const spoilt = { entries: [7], tiles: [7], journal: [7] }
    expect(signedLeaves(concatBytes(...leaves), disputesOf(leaves, spoilt), nodeSha256).find(300, root)).toBeUndefined()
    expect(signedLeaves(concatBytes(...leaves.slice(0, 200)), [], nodeSha256).find(300, root)).toBeUndefined()
  })
})
