import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { expect, test } from 'vitest'
import { growingTree } from './growingTree.ts'
import { leafHash } from './leaf.ts'
import { isConsistent, rootOf } from './merkle.ts'
import { planConsistency } from './proof.ts'
import { pureSm3 } from './sm3.ts'
import { tilePath } from './tile.ts'

test.each([
  ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
  ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
])('SM3 of %s is that of the examples of GB/T 32905', (message, digest) => {
  expect(bytesToHex(pureSm3(utf8ToBytes(message)))).toBe(digest)
})

test('the tree of RFC 6962 stands on SM3 as it stands on SHA-256: roots, growth, proofs', () => {
  const leaves = Array.from({ length: 300 }, (_, at) => leafHash(utf8ToBytes(`leaf ${at}`), pureSm3))
  const tree = growingTree(0, [], pureSm3)
  expect(tree.root()).toEqual(pureSm3(new Uint8Array(0)))
  tree.append(leaves)
  expect(tree.root()).toEqual(rootOf(leaves, pureSm3))
  const plan = planConsistency(77, 300)
  const tiles = new Map([
    [tilePath({ level: 0, index: 0, width: 256 }), leaves.slice(0, 256)],
    [tilePath({ level: 0, index: 1, width: 44 }), leaves.slice(256)],
    [tilePath({ level: 1, index: 0, width: 1 }), [rootOf(leaves.slice(0, 256), pureSm3)]],
  ])
  const [older, newer] = [77, 300].map((size) => ({ size, root: rootOf(leaves.slice(0, size), pureSm3) }))
  if (!older || !newer) throw new Error('two heads')
  const proof = plan.proofFrom(tiles, pureSm3)
  expect(isConsistent(older, newer, proof, pureSm3)).toBe(true)
  expect(isConsistent(older, newer, proof)).toBe(false)
})
