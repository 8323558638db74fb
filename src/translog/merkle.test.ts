import { describe, expect, test } from 'vitest'
import { nobleSha256 } from './hasher.ts'
import { toHex } from './hex.ts'
import { leafHash } from './leaf.ts'
import {
  appendHash,
  type Edge,
  emptyEdge,
  includes,
  isConsistent,
  nodeHash,
  rootFromInclusion,
  rootOf,
  rootOfEdge,
} from './merkle.ts'

const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

// The reference tree that implementations of RFC 6962 have shared since Certificate Transparency's own tests.
const data = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const emptyRoot = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const reference = data.map((text) => leafHash(fromHex(text)))
const rootHex = (size: number): string => roots[size - 1] ?? emptyRoot
const head = (size: number) => ({ size, root: fromHex(rootHex(size)) })

const [b01, b23, b4, b45, b67, right] = [
  '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
  'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
]

describe('the tree of RFC 6962', () => {
  test.each(roots.map((root, at) => [at + 1, root] as const))('of %i leaves has the known root', (size, root) => {
    expect(toHex(rootOf(reference.slice(0, size)))).toBe(root)
    const edge = reference.slice(0, size).reduce<Edge>((grown, leaf) => appendHash(grown, leaf), emptyEdge)
    expect(toHex(rootOfEdge(edge))).toBe(root)
    expect(edge.roots).toHaveLength(size.toString(2).replaceAll('0', '').length)
  })

  test('without a leaf has the hash of nothing as its root', () => {
    expect(toHex(rootOf([]))).toBe(emptyRoot)
    expect(toHex(rootOfEdge(emptyEdge))).toBe(emptyRoot)
  })

  test('a leaf is never taken for a node: the two are hashed behind different bytes', () => {
    const [left = new Uint8Array(), rightLeaf = new Uint8Array()] = reference
    const node = nodeHash(left, rightLeaf)
    expect(leafHash(Uint8Array.of(...left, ...rightLeaf))).not.toEqual(node)
    expect(nobleSha256(Uint8Array.of(1, ...left, ...rightLeaf))).toEqual(node)
  })

  test('an edge that lacks a root is not appended to', () => {
    expect(() => appendHash({ size: 3, roots: reference.slice(0, 1) }, fromHex(emptyRoot))).toThrow(RangeError)
  })
})

describe('known proofs of the reference tree', () => {
  test.each<[number, number, readonly string[]]>([
    [0, 1, []],
    [0, 8, [b01, b23, right]],
    [5, 8, [b4, b67, rootHex(4)]],
    [2, 3, [rootHex(2)]],
    [1, 5, [rootHex(1), b23, b4]],
  ])('leaf %i of %i', (index, size, proof) => {
    const leaf = reference[index] ?? new Uint8Array()
    const inclusion = { leaf, index, size, proof: proof.map(fromHex) }
    expect(includes(inclusion, fromHex(rootHex(size)))).toBe(true)
    for (const other of roots.filter((root) => root !== rootHex(size)))
      expect(includes(inclusion, fromHex(other))).toBe(false)
  })

  test.each<[number, number, readonly string[]]>([
    [1, 1, []],
    [1, 8, [b01, b23, right]],
    [6, 8, [b45, b67, rootHex(4)]],
    [2, 5, [b23, b4]],
  ])('growth from %i to %i', (older, newer, proof) => {
    expect(isConsistent(head(older), head(newer), proof.map(fromHex))).toBe(true)
    for (const other of roots.filter((root) => root !== rootHex(older)))
      expect(isConsistent({ ...head(older), root: fromHex(other) }, head(newer), proof.map(fromHex))).toBe(false)
  })
})

describe('what cannot be a proof is none', () => {
  test('an index or a size that no tree has', () => {
    const [leaf = new Uint8Array()] = reference
    for (const [index, size] of [
      [1, 1],
      [0, 0],
      [-1, 1],
      [0.5, 2],
      [0, 1.5],
      [0, 2 ** 60],
      [Number.NaN, 1],
    ] as const)
      expect(rootFromInclusion({ leaf, index, size, proof: [] }), `${index} of ${size}`).toBeUndefined()
  })

  test('sizes beyond 2^32 are counted, not cut off', () => {
    const size = 2 ** 52
    const [leaf = new Uint8Array()] = reference
    const proof = Array.from({ length: 52 }, (_, line) => reference[line % 8] ?? leaf)
    const at = (index: number) => rootFromInclusion({ leaf, index, size, proof })
    expect(at(0)).toEqual(proof.reduce((root, hash) => nodeHash(root, hash), leaf))
    expect(at(size - 1)).toEqual(proof.reduce((root, hash) => nodeHash(hash, root), leaf))
    expect(rootFromInclusion({ leaf, index: 2 ** 40, size, proof: proof.slice(1) })).toBeUndefined()
    expect(isConsistent({ size: 2 ** 51, root: leaf }, { size, root: nodeHash(leaf, leaf) }, [leaf])).toBe(true)
    expect(isConsistent({ size: 2 ** 50, root: leaf }, { size, root: nodeHash(leaf, leaf) }, [leaf])).toBe(false)
  })

  test('any tree holds the empty one; none holds a larger one or another of its size', () => {
    const empty = { size: 0, root: fromHex(emptyRoot) }
    expect(isConsistent(empty, empty, [])).toBe(true)
    expect(isConsistent(empty, head(5), [])).toBe(true)
    expect(isConsistent({ ...empty, root: head(1).root }, head(5), [])).toBe(false)
    expect(isConsistent(empty, head(5), [head(1).root])).toBe(false)
    expect(isConsistent(head(5), empty, [])).toBe(false)
    expect(isConsistent(head(5), head(4), [])).toBe(false)
    expect(isConsistent(head(5), { ...head(5), root: head(4).root }, [])).toBe(false)
    expect(isConsistent(head(5), head(5), [head(5).root])).toBe(false)
  })

  test('growth without a proof', () => {
    for (let older = 1; older < 8; older += 1)
      for (let newer = older + 1; newer <= 8; newer += 1)
        expect(isConsistent(head(older), head(newer), []), `${older} → ${newer}`).toBe(false)
  })
})
