import { type Hasher, nobleSha256 } from './hasher.ts'
import { isTreeSize, joinRoots, rootOf } from './merkle.ts'
import { type TileAt, tilePath, tileWidth, widthOf } from './tile.ts'

/** Leaves from `lo` up to, without, `hi`. */
type Range = { readonly lo: number; readonly hi: number }

/** A perfect subtree: 2^height leaves, the `index`-th of its kind from the left. */
type Node = { readonly height: number; readonly index: number }

const tileHeight = 8

/** The largest power of two below n: where RFC 6962 splits a tree of n leaves. */
const splitOf = (n: number): number => {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** RFC 6962 section 2.1.1, as the ranges whose roots the proof consists of. */
const inclusionRanges = (index: number, size: number): readonly Range[] => {
  const ranges: Range[] = []
  let [lo, hi] = [0, size]
  while (hi - lo > 1) {
    const split = lo + splitOf(hi - lo)
    if (index < split) {
      ranges.unshift({ lo: split, hi })
      hi = split
    } else {
      ranges.unshift({ lo, hi: split })
      lo = split
    }
  }
  return ranges
}

/** RFC 6962 section 2.1.2, likewise. */
const consistencyRanges = (older: number, newer: number): readonly Range[] => {
  if (older === 0 || older === newer) return []
  const ranges: Range[] = []
  let [lo, hi, whole] = [0, newer, true]
  while (hi !== older) {
    const split = lo + splitOf(hi - lo)
    if (older <= split) {
      ranges.unshift({ lo: split, hi })
      hi = split
    } else {
      ranges.unshift({ lo, hi: split })
      lo = split
      whole = false
    }
  }
  return whole ? ranges : [{ lo, hi }, ...ranges]
}

/** The perfect subtrees side by side that make up a range which begins where a subtree of its size may begin. */
const perfectNodes = ({ lo, hi }: Range): readonly Node[] => {
  const nodes: Node[] = []
  for (let at = lo; at < hi; ) {
    let height = 0
    while (at % 2 ** (height + 1) === 0 && at + 2 ** (height + 1) <= hi) height += 1
    nodes.push({ height, index: at / 2 ** height })
    at += 2 ** height
  }
  return nodes
}

/** Where in which tile the hashes lie that a node is the root of. */
const placeOf = ({ height, index }: Node, size: number): { tile: TileAt; from: number; count: number } => {
  const level = Math.floor(height / tileHeight)
  const count = 2 ** (height - level * tileHeight)
  const first = index * count
  const tileIndex = Math.floor(first / tileWidth)
  return {
    tile: { level, index: tileIndex, width: widthOf(level, tileIndex, size) },
    from: first - tileIndex * tileWidth,
    count,
  }
}

/** A proof to be read from the tiles of a tree of `size`: which tiles it needs, and what it is once they are there. */
export type ProofPlan = {
  readonly size: number
  readonly tiles: readonly TileAt[]
  /** Throws RangeError for a tile that was not given. Tiles by their path. */
  readonly proofFrom: (tiles: ReadonlyMap<string, readonly Uint8Array[]>, hash?: Hasher) => readonly Uint8Array[]
}

const plan = (ranges: readonly Range[], size: number): ProofPlan => {
  const parts = ranges.map((range) => perfectNodes(range).map((node) => placeOf(node, size)))
  const tiles = new Map(parts.flat().map(({ tile }) => [tilePath(tile), tile]))
  return {
    size,
    tiles: [...tiles.values()],
    proofFrom: (given, hash = nobleSha256) => {
      const rootAt = ({ tile, from, count }: ReturnType<typeof placeOf>): Uint8Array => {
        const hashes = given.get(tilePath(tile))
        if (!hashes || hashes.length < from + count) throw new RangeError(`tile not given: ${tilePath(tile)}`)
        return rootOf(hashes.slice(from, from + count), hash)
      }
      return parts.map((nodes) => joinRoots(nodes.map(rootAt), hash))
    },
  }
}

/** RangeError where there is no such leaf. */
export const planInclusion = (index: number, size: number): ProofPlan => {
  if (!isTreeSize(index) || !isTreeSize(size) || index >= size) throw new RangeError(`no leaf ${index} of ${size}`)
  return plan(inclusionRanges(index, size), size)
}

/** RangeError where the older tree is the larger one. */
export const planConsistency = (older: number, newer: number): ProofPlan => {
  if (!isTreeSize(older) || !isTreeSize(newer) || older > newer) throw new RangeError(`no growth ${older} → ${newer}`)
  return plan(consistencyRanges(older, newer), newer)
}

/** The root of a tree of `size`, read from its rightmost tiles. */
export const planRoot = (
  size: number,
): Omit<ProofPlan, 'proofFrom'> & {
  readonly rootFrom: (tiles: ReadonlyMap<string, readonly Uint8Array[]>, hash?: Hasher) => Uint8Array
} => {
  if (!isTreeSize(size)) throw new RangeError(`no tree of ${size}`)
  const whole = plan(size === 0 ? [] : [{ lo: 0, hi: size }], size)
  return {
    size,
    tiles: whole.tiles,
    rootFrom: (tiles, hash = nobleSha256) => whole.proofFrom(tiles, hash)[0] ?? hash(new Uint8Array(0)),
  }
}
