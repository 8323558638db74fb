import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { concatBytes } from './hasher.ts'
import { toHex } from './hex.ts'
import { leafHash } from './leaf.ts'
import { type Inclusion, includes, isConsistent, rootOf } from './merkle.ts'
import { planConsistency, planInclusion, planRoot } from './proof.ts'
import { type TileAt, tilePath, tileWidth } from './tile.ts'

const most = 700
const leaves = Array.from({ length: most }, (_, index) =>
  leafHash(new TextEncoder().encode(`leaf ${index}`), nodeSha256),
)
const alien = leafHash(new TextEncoder().encode('of no tree'), nodeSha256)
const leafAt = (index: number): Uint8Array => leaves[index] ?? alien

const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1))

/** RFC 6962 section 2.1 word for word, over the leaves from `lo` up to `hi`: what every other way must agree with. */
const treeOver = (all: readonly Uint8Array[]) => {
  const known = new Map<number, Uint8Array>()
  const mth = (lo: number, hi: number): Uint8Array => {
    if (hi === lo) return nodeSha256(new Uint8Array(0))
    if (hi - lo === 1) return all[lo] ?? alien
    const key = lo * 1_000 + hi
    const k = lo + split(hi - lo)
    const root = known.get(key) ?? nodeSha256(concatBytes(Uint8Array.of(1), mth(lo, k), mth(k, hi)))
    known.set(key, root)
    return root
  }
  const path = (m: number, lo: number, hi: number): readonly Uint8Array[] => {
    if (hi - lo === 1) return []
    const k = split(hi - lo)
    return m < k ? [...path(m, lo, lo + k), mth(lo + k, hi)] : [...path(m - k, lo + k, hi), mth(lo, lo + k)]
  }
  const subproof = (m: number, lo: number, hi: number, whole: boolean): readonly Uint8Array[] => {
    if (m === hi - lo) return whole ? [] : [mth(lo, hi)]
    const k = split(hi - lo)
    return m <= k
      ? [...subproof(m, lo, lo + k, whole), mth(lo + k, hi)]
      : [...subproof(m - k, lo + k, hi, false), mth(lo, lo + k)]
  }
  return {
    root: (size: number) => mth(0, size),
    head: (size: number) => ({ size, root: mth(0, size) }),
    inclusion: (index: number, size: number) => path(index, 0, size),
    consistency: (older: number, newer: number) => (older === newer ? [] : subproof(older, 0, newer, true)),
  }
}
const tree = treeOver(leaves)

/** On which side the proof's hashes stand, from the leaf up: sizes that agree in it cannot be told apart by a proof. */
const sides = (index: number, size: number): string => {
  if (size === 1) return ''
  const k = split(size)
  return index < k ? `${sides(index, k)}r` : `${sides(index - k, size - k)}l`
}

/** The tiles of a tree, straight from their definition. */
const tileOf = ({ level, index, width }: TileAt): readonly Uint8Array[] => {
  const span = tileWidth ** level
  return Array.from({ length: width }, (_, at) => {
    const from = (index * tileWidth + at) * span
    return span === 1 ? leafAt(from) : rootOf(leaves.slice(from, from + span), nodeSha256)
  })
}
const given = (tiles: readonly TileAt[]) => new Map(tiles.map((at) => [tilePath(at), tileOf(at)]))

const inclusionOf = (index: number, size: number): Inclusion => {
  const plan = planInclusion(index, size)
  return { leaf: leafAt(index), index, size, proof: plan.proofFrom(given(plan.tiles), nodeSha256) }
}
const consistencyOf = (older: number, newer: number): readonly Uint8Array[] => {
  const plan = planConsistency(older, newer)
  return plan.proofFrom(given(plan.tiles), nodeSha256)
}

const text = (proof: readonly Uint8Array[]): string => proof.map(toHex).join('\n')
const turned = (hash: Uint8Array): Uint8Array =>
  hash.map((byte, at) => (at === (hash[0] ?? 0) % 32 ? byte ^ 0x10 : byte))
const without = (proof: readonly Uint8Array[], line: number) => proof.filter((_, at) => at !== line)
const withTurned = (proof: readonly Uint8Array[], line: number) =>
  proof.map((hash, at) => (at === line ? turned(hash) : hash))
const swapped = (proof: readonly Uint8Array[], line: number) =>
  proof.map((hash, at) => (at === line ? (proof[line + 1] ?? alien) : at === line + 1 ? (proof[line] ?? alien) : hash))

/** Every way to spoil a proof by one line. */
const spoilt = (proof: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] => [
  ...proof.flatMap((_, line) => [withTurned(proof, line), without(proof, line)]),
  ...proof.slice(1).map((_, line) => swapped(proof, line)),
  [...proof, alien],
  [alien, ...proof],
]

/** Every size up to 66, and those around the next power of two. */
const spoiltSizes = [...Array.from({ length: 66 }, (_, at) => at + 1), 127, 128, 129, 130]

/** Across the bounds of tiles. */
const acrossTiles = [255, 256, 257, 511, 512, 513, most]

describe('a proof of inclusion', () => {
  test('of every leaf in every tree of 1 to 130, read from tiles, is the RFC’s and leads to the root', () => {
    for (let size = 1; size <= 130; size += 1) {
      const wrong = leaves.slice(0, size).flatMap((_, index) => {
        const inclusion = inclusionOf(index, size)
        const right =
          text(inclusion.proof) === text(tree.inclusion(index, size)) &&
          includes(inclusion, tree.root(size), nodeSha256)
        return right ? [] : [index]
      })
      expect(wrong, `size ${size}`).toEqual([])
    }
  })

  test('across the bounds of tiles is right too', () => {
    for (const size of acrossTiles)
      for (const index of [0, 1, 254, 255, 256, 511, size - 1].filter((each) => each < size)) {
        const inclusion = inclusionOf(index, size)
        expect(text(inclusion.proof)).toBe(text(tree.inclusion(index, size)))
        expect(includes(inclusion, tree.root(size), nodeSha256)).toBe(true)
      }
  })

  test('with a line turned, dropped, added or out of its order proves nothing: every line of every leaf', () => {
    for (const size of spoiltSizes) {
      const root = tree.root(size)
      const passed = leaves.slice(0, size).flatMap((leaf, index) => {
        const inclusion = { leaf, index, size, proof: tree.inclusion(index, size) }
        return spoilt(inclusion.proof).filter((proof) => includes({ ...inclusion, proof }, root, nodeSha256))
      })
      expect(passed, `size ${size}`).toEqual([])
    }
  })

  test('of another leaf, at another place or for another root proves nothing', () => {
    for (const size of spoiltSizes.slice(1))
      for (let index = 0; index < size; index += 1) {
        const inclusion = { leaf: leafAt(index), index, size, proof: tree.inclusion(index, size) }
        const places = [0, index - 1, index + 1, index ^ 1, index ^ 2, size - 1].filter((one) => one !== index)
        const passed = [
          ...places.map((place) => includes({ ...inclusion, index: place }, tree.root(size), nodeSha256)),
          ...places.map((place) => includes({ ...inclusion, leaf: leafAt(place) }, tree.root(size), nodeSha256)),
          includes(inclusion, tree.root(size - 1), nodeSha256),
          includes(inclusion, tree.root(size + 1), nodeSha256),
        ]
        expect(passed, `${index} of ${size}`).not.toContain(true)
      }
  })

  test('for another size proves nothing, save where the path is of one shape: there the signed size decides', () => {
    for (let size = 1; size <= 64; size += 1)
      for (let index = 0; index < size; index += 1) {
        const inclusion = { leaf: leafAt(index), index, size, proof: tree.inclusion(index, size) }
        for (let other = 1; other <= 66; other += 1) {
          const sameShape = index < other && sides(index, other) === sides(index, size)
          const passes = includes({ ...inclusion, size: other }, tree.root(size), nodeSha256)
          if (passes !== sameShape) expect.fail(`${index} of ${size}, told as of ${other}: ${passes}`)
        }
      }
  })

  test('of a leaf that is not there is not made', () => {
    for (const [index, size] of [
      [5, 5],
      [-1, 5],
      [0.5, 5],
      [0, 2 ** 60],
    ] as const)
      expect(() => planInclusion(index, size)).toThrow(RangeError)
  })

  test('whose tiles were not given, or are too short, is not guessed', () => {
    const plan = planInclusion(3, 300)
    expect(() => plan.proofFrom(new Map())).toThrow(RangeError)
    const short = new Map([...given(plan.tiles)].map(([path, hashes]) => [path, hashes.slice(0, 2)]))
    expect(() => plan.proofFrom(short)).toThrow(RangeError)
  })

  test('of any leaf of any tree up to 2^53 asks for tiles of that tree alone, and for few', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
        const [index, size] = [Math.min(a, b), Math.max(a, b) + 1]
        fc.pre(Number.isSafeInteger(size))
        const { tiles } = planInclusion(index, size)
        expect(tiles.length).toBeLessThanOrEqual(14)
        for (const { level, index: at, width } of tiles) {
          expect(width).toBeGreaterThan(0)
          expect((at * tileWidth + width) * tileWidth ** level).toBeLessThanOrEqual(size)
        }
      }),
    )
  })
})

describe('a proof of consistency', () => {
  test('between any two trees of 1 to 130, read from tiles, is the RFC’s and holds', () => {
    for (let newer = 1; newer <= 130; newer += 1) {
      const wrong = leaves.slice(0, newer).flatMap((_, at) => {
        const older = at + 1
        const proof = consistencyOf(older, newer)
        const right =
          text(proof) === text(tree.consistency(older, newer)) &&
          isConsistent(tree.head(older), tree.head(newer), proof, nodeSha256)
        return right ? [] : [older]
      })
      expect(wrong, `to ${newer}`).toEqual([])
    }
  })

  test('across the bounds of tiles is right too', () => {
    for (const newer of acrossTiles)
      for (const older of [1, 2, 128, 255, 256, 257, 300, 511, 512, newer - 1].filter((each) => each < newer)) {
        const proof = consistencyOf(older, newer)
        expect(text(proof)).toBe(text(tree.consistency(older, newer)))
        expect(isConsistent(tree.head(older), tree.head(newer), proof, nodeSha256)).toBe(true)
      }
  })

  test('with a line turned, dropped, added or out of its order does not hold: every line of every growth', () => {
    for (const newer of spoiltSizes)
      for (let older = 1; older <= newer; older += 1) {
        const proofs = spoilt(tree.consistency(older, newer))
        const passed = proofs.filter((proof) => isConsistent(tree.head(older), tree.head(newer), proof, nodeSha256))
        expect(passed, `${older} → ${newer}`).toEqual([])
      }
  })

  test('does not hold for another root on either side, nor for an old size that it was not made for', () => {
    for (const newer of spoiltSizes.slice(1))
      for (let older = 1; older < newer; older += 1) {
        const proof = tree.consistency(older, newer)
        const [was, is] = [tree.head(older), tree.head(newer)]
        const holds = (one: typeof was, other: typeof is): boolean => isConsistent(one, other, proof, nodeSha256)
        const passed = [
          holds({ ...was, root: turned(was.root) }, is),
          holds(was, { ...is, root: turned(is.root) }),
          holds(was, { ...is, root: tree.root(newer + 1) }),
          holds({ ...was, root: tree.root(older + 1) }, is),
          holds({ ...was, size: older + 1 }, is),
          holds({ ...was, size: older - 1 }, is),
        ]
        expect(passed, `${older} → ${newer}`).not.toContain(true)
      }
  })

  test('does not hold for a tree in which an old leaf was changed, dropped, put in or swapped', () => {
    const sizes = fc.integer({ min: 2, max: 90 })
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 40 }), fc.nat(), (older, more, pick) => {
        const at = pick % older
        const next = (at + 1) % older
        const honest = leaves.slice(0, older + more)
        const forks = [
          honest.map((leaf, index) => (index === at ? alien : leaf)),
          [...honest.slice(0, at), ...honest.slice(at + 1), alien],
          [...honest.slice(0, at), alien, ...honest.slice(at, -1)],
          honest.map((leaf, index) => (index === at ? leafAt(next) : index === next ? leafAt(at) : leaf)),
        ]
        for (const fork of forks.map(treeOver)) {
          const newer = fork.head(older + more)
          for (const proof of [fork.consistency(older, older + more), tree.consistency(older, older + more)])
            expect(isConsistent(tree.head(older), newer, proof, nodeSha256)).toBe(false)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('is not made for a tree that shrank', () => {
    for (const [older, newer] of [
      [2, 1],
      [-1, 1],
      [0.5, 1],
      [1, 2 ** 60],
    ] as const)
      expect(() => planConsistency(older, newer)).toThrow(RangeError)
    expect(consistencyOf(0, 5)).toEqual([])
  })
})

describe('the root read from the rightmost tiles', () => {
  test('is that of every tree of 0 to 300 and across the bounds of tiles', () => {
    for (const size of [...Array(301).keys(), ...acrossTiles]) {
      const plan = planRoot(size)
      expect(toHex(plan.rootFrom(given(plan.tiles), nodeSha256)), `size ${size}`).toBe(toHex(tree.root(size)))
    }
    expect(() => planRoot(-1)).toThrow(RangeError)
  })
})
