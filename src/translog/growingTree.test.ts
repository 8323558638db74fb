import fc from 'fast-check'
import { expect, test } from 'vitest'
import { growingTree, partialWidths } from './growingTree.ts'
import { nobleSha256 } from './hasher.ts'
import { appendHash, emptyEdge, rootOf, rootOfEdge } from './merkle.ts'

const leaves = Array.from({ length: 70_000 }, (_, index) =>
  nobleSha256(new Uint8Array(new Uint32Array([index]).buffer)),
)

test('a tree that is appended to has the root of the whole tree at every size up to 600', () => {
  const tree = growingTree(0, [])
  let edge = emptyEdge
  for (const [index, leaf] of leaves.slice(0, 600).entries()) {
    tree.append([leaf])
    edge = appendHash(edge, leaf)
    const whole = rootOf(leaves.slice(0, index + 1))
    expect(tree.root()).toEqual(whole)
    expect(rootOfEdge(edge)).toEqual(whole)
  }
})

test('its full tiles are those of the tree, and a second one goes on from its partial tiles', () => {
  const first = growingTree(0, [])
  const filled = first.append(leaves.slice(0, 66_000))
  expect(filled.filter(({ level }) => level === 0)).toHaveLength(257)
  expect(filled.filter(({ level }) => level === 1)).toHaveLength(1)
  for (const { level, index, hashes, root } of filled.filter(({ index }) => index % 50 === 0)) {
    const span = 256 ** (level + 1)
    expect(hashes).toHaveLength(256)
    expect(root).toEqual(rootOf(leaves.slice(index * span, (index + 1) * span)))
  }
  const second = growingTree(
    66_000,
    partialWidths(66_000).map(({ level }) => first.partial(level)),
  )
  second.append(leaves.slice(66_000))
  expect(second.root()).toEqual(rootOf(leaves))
})

test('partial tiles of another size are refused', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 2_000 }), (size, other) => {
      fc.pre(size !== other)
      const tree = growingTree(0, [])
      tree.append(leaves.slice(0, other))
      const partials = partialWidths(other).map(({ level }) => tree.partial(level))
      expect(() => growingTree(size, partials)).toThrow(RangeError)
    }),
    { numRuns: 20 },
  )
})
