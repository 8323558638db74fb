import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { growingTree } from './growingTree.ts'
import { concatBytes } from './hasher.ts'
import { hashTree } from './hashTree.ts'
import { leafHash } from './leaf.ts'
import { rootOf } from './merkle.ts'

const leavesOf = (size: number): readonly Uint8Array[] =>
  Array.from({ length: size }, (_, at) => leafHash(new TextEncoder().encode(`leaf ${at}`), nodeSha256))

describe('a whole tree', () => {
  test('its root at every size from 0 to 700 is that of RFC 6962', () => {
    const leaves = leavesOf(700)
    const tree = hashTree(concatBytes(...leaves), nodeSha256)
    for (let size = 0; size <= 700; size += 1)
      expect(Buffer.from(tree.rootAt(size)), `size ${size}`).toEqual(
        Buffer.from(rootOf(leaves.slice(0, size), nodeSha256)),
      )
    expect(() => tree.rootAt(701)).toThrow(RangeError)
  })

  test('in whatever order sizes are asked', () => {
    const leaves = leavesOf(3_000)
    const tree = hashTree(concatBytes(...leaves), nodeSha256)
    fc.assert(
      fc.property(fc.nat(3_000), (size) => {
        expect(Buffer.from(tree.rootAt(size))).toEqual(Buffer.from(rootOf(leaves.slice(0, size), nodeSha256)))
      }),
      { numRuns: 60 },
    )
  })

  test('past two levels of tiles: 65,536 leaves and some', () => {
    const leaves = leavesOf(65_536 + 300)
    const tree = hashTree(concatBytes(...leaves), nodeSha256)
    for (const size of [65_535, 65_536, 65_537, 65_836, 65_792, 40_000])
      expect(Buffer.from(tree.rootAt(size)), `size ${size}`).toEqual(
        Buffer.from(rootOf(leaves.slice(0, size), nodeSha256)),
      )
    const grown = growingTree(0, [], nodeSha256)
    const filled = grown.append(leaves)
    for (const { level, index, hashes, root } of filled) {
      expect(Buffer.from(tree.tile(level, index, 256) ?? [])).toEqual(Buffer.concat(hashes))
      expect(Buffer.from(tree.node(level + 1, index) ?? [])).toEqual(Buffer.from(root))
    }
    expect(tree.tile(0, 257, 44)).toBeDefined()
    expect(tree.tile(0, 257, 45)).toBeUndefined()
    expect(tree.levels).toBe(3)
  })
})
