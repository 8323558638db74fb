import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes, nobleSha256 } from './hasher.ts'
import { leafHash } from './leaf.ts'
import { type Inclusion, includes, isConsistent, rootFromInclusion, rootOf } from './merkle.ts'
import { planConsistency, planInclusion, planRoot } from './proof.ts'
import { type TileAt, tilePath, tileWidth } from './tile.ts'

const utf8 = new TextEncoder()
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** RFC 6962 section 2.1 word for word: what every other way must agree with. */
const mth = (leaves: readonly Uint8Array[]): Uint8Array => {
  if (leaves.length === 0) return nobleSha256(new Uint8Array(0))
  const [only] = leaves
  if (leaves.length === 1 && only) return only
  const k = split(leaves.length)
  return nobleSha256(concatBytes(Uint8Array.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k))))
}
const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1))

const path = (m: number, leaves: readonly Uint8Array[]): readonly Uint8Array[] => {
  if (leaves.length <= 1) return []
  const k = split(leaves.length)
  return m < k
    ? [...path(m, leaves.slice(0, k)), mth(leaves.slice(k))]
    : [...path(m - k, leaves.slice(k)), mth(leaves.slice(0, k))]
}

const subproof = (m: number, leaves: readonly Uint8Array[], whole: boolean): readonly Uint8Array[] => {
  if (m === leaves.length) return whole ? [] : [mth(leaves)]
  const k = split(leaves.length)
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), whole), mth(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), mth(leaves.slice(0, k))]
}

const leaves = Array.from({ length: 700 }, (_, index) => leafHash(utf8.encode(`leaf ${index}`)))

/** The tiles of a tree of that size, straight from their definition. */
const tileOf = ({ level, index, width }: TileAt): readonly Uint8Array[] => {
  const span = tileWidth ** level
  return Array.from({ length: width }, (_, at) => {
    const from = (index * tileWidth + at) * span
    return mth(leaves.slice(from, from + span))
  })
}
const given = (tiles: readonly TileAt[]) => new Map(tiles.map((at) => [tilePath(at), tileOf(at)]))

const inclusionOf = (index: number, size: number): Inclusion => {
  const plan = planInclusion(index, size)
  return { leaf: leaves[index] ?? new Uint8Array(), index, size, proof: plan.proofFrom(given(plan.tiles)) }
}

describe('the tree of RFC 6962', () => {
  // The reference tree of Certificate Transparency's own tests.
  const data = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
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

  test.each(roots.map((root, index) => [index + 1, root] as const))('of %i leaves has the known root', (size, root) => {
    expect(hex(rootOf(reference.slice(0, size)))).toBe(root)
    expect(hex(mth(reference.slice(0, size)))).toBe(root)
  })

  test('without a leaf has the hash of nothing as its root', () => {
    expect(hex(rootOf([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(planRoot(0).rootFrom(new Map())).toEqual(rootOf([]))
  })
})

describe('a proof of inclusion', () => {
  test('of every leaf in every tree of 1 to 130 is the RFC’s and leads to the root', () => {
    for (let size = 1; size <= 130; size += 1) {
      const tree = leaves.slice(0, size)
      const root = rootOf(tree)
      for (let index = 0; index < size; index += size < 20 ? 1 : 7) {
        const inclusion = inclusionOf(index, size)
        expect(inclusion.proof).toEqual(path(index, tree))
        expect(includes(inclusion, root)).toBe(true)
      }
    }
  })

  test('read from tiles across their bounds is right too', () => {
    for (const size of [255, 256, 257, 511, 512, 513, 700]) {
      const tree = leaves.slice(0, size)
      for (const index of [0, 1, 254, 255, 256, 511, size - 1].filter((each) => each < size)) {
        const inclusion = inclusionOf(index, size)
        expect(inclusion.proof).toEqual(path(index, tree))
        expect(includes(inclusion, rootOf(tree))).toBe(true)
      }
    }
  })

  test('changed in any way proves nothing', () => {
    const size = fc.integer({ min: 2, max: 130 })
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), fc.nat(7), fc.nat(31), (treeSize, leafPick, linePick, bit, byte) => {
        const index = leafPick % treeSize
        const root = rootOf(leaves.slice(0, treeSize))
        const inclusion = inclusionOf(index, treeSize)
        const { proof } = inclusion
        const line = linePick % proof.length
        const flipped = proof.map((hash, at) =>
          at === line ? hash.map((value, place) => (place === byte ? value ^ (1 << bit) : value)) : hash,
        )
        expect(includes({ ...inclusion, proof: flipped }, root)).toBe(false)
        expect(includes({ ...inclusion, proof: proof.filter((_, at) => at !== line) }, root)).toBe(false)
        expect(includes({ ...inclusion, proof: [...proof, root] }, root)).toBe(false)
        expect(includes({ ...inclusion, leaf: leaves[699] ?? root }, root)).toBe(false)
        const other = (index + 1) % treeSize
        expect(includes({ ...inclusion, index: other }, root)).toBe(false)
      }),
    )
  })

  test('of a leaf that is not there is neither made nor read', () => {
    expect(() => planInclusion(5, 5)).toThrow(RangeError)
    expect(() => planInclusion(-1, 5)).toThrow(RangeError)
    expect(() => planInclusion(0.5, 5)).toThrow(RangeError)
    const [leaf = new Uint8Array()] = leaves
    for (const [index, size] of [
      [1, 1],
      [0, 0],
      [-1, 1],
      [0.5, 2],
      [0, 2 ** 60],
    ] as const)
      expect(rootFromInclusion({ leaf, index, size, proof: [] })).toBeUndefined()
  })

  test('needs tiles that were not given: said, not guessed', () => {
    expect(() => planInclusion(3, 300).proofFrom(new Map())).toThrow(RangeError)
  })
})

describe('a proof of consistency', () => {
  test('between any two trees of up to 70 is the RFC’s and holds', () => {
    for (let newer = 1; newer <= 70; newer += 1)
      for (let older = 1; older <= newer; older += 1) {
        const tree = leaves.slice(0, newer)
        const plan = planConsistency(older, newer)
        const proof = plan.proofFrom(given(plan.tiles))
        expect(proof).toEqual(older === newer ? [] : subproof(older, tree, true))
        const heads = [
          { size: older, root: rootOf(leaves.slice(0, older)) },
          { size: newer, root: rootOf(tree) },
        ] as const
        expect(isConsistent(...heads, proof)).toBe(true)
      }
  })

  test('across the bounds of tiles holds', () => {
    for (const [older, newer] of [
      [1, 700],
      [255, 256],
      [256, 257],
      [256, 512],
      [300, 700],
      [511, 513],
      [512, 700],
    ] as const) {
      const plan = planConsistency(older, newer)
      const proof = plan.proofFrom(given(plan.tiles))
      expect(proof).toEqual(subproof(older, leaves.slice(0, newer), true))
      expect(
        isConsistent(
          { size: older, root: rootOf(leaves.slice(0, older)) },
          { size: newer, root: rootOf(leaves.slice(0, newer)) },
          proof,
        ),
      ).toBe(true)
    }
  })

  test('does not hold for a tree in which an old leaf was changed, dropped or added', () => {
    const sizes = fc.integer({ min: 2, max: 90 })
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 40 }), fc.nat(), (olderSize, more, pick) => {
        const at = pick % olderSize
        const older = { size: olderSize, root: rootOf(leaves.slice(0, olderSize)) }
        const honest = leaves.slice(0, olderSize + more)
        const [alien = new Uint8Array()] = leaves.slice(-1)
        const forks = [
          honest.map((leaf, index) => (index === at ? alien : leaf)),
          [...honest.slice(0, at), ...honest.slice(at + 1), alien],
          [...honest.slice(0, at), alien, ...honest.slice(at, -1)],
        ]
        for (const fork of forks) {
          const newer = { size: fork.length, root: mth(fork) }
          expect(isConsistent(older, newer, subproof(olderSize, fork, true))).toBe(false)
          expect(isConsistent(older, newer, subproof(olderSize, honest, true))).toBe(false)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('any tree holds the empty one; a smaller one holds no larger', () => {
    const empty = { size: 0, root: rootOf([]) }
    const one = { size: 1, root: rootOf(leaves.slice(0, 1)) }
    expect(isConsistent(empty, one, [])).toBe(true)
    expect(isConsistent({ ...empty, root: one.root }, one, [])).toBe(false)
    expect(isConsistent(empty, one, [one.root])).toBe(false)
    expect(isConsistent(one, empty, [])).toBe(false)
    expect(isConsistent(one, { ...one, root: empty.root }, [])).toBe(false)
    expect(() => planConsistency(2, 1)).toThrow(RangeError)
  })
})
