import { type Hasher, nobleSha256 } from './hasher.ts'
import { appendHash, type Edge, emptyEdge, hashBytes, rootOf, rootOfEdge } from './merkle.ts'
import { tileWidth, widthOf } from './tile.ts'

/** A whole tree in memory, 32 bytes a leaf: every tile of it, and its root at any size that it once had. */
export type HashTree = {
  readonly size: number
  /** The hashes of a level side by side; level 0 are the leaves. */
  readonly level: (level: number) => Uint8Array
  readonly levels: number
  readonly node: (level: number, index: number) => Uint8Array | undefined
  /** The hashes of a tile; undefined where the tree has not so many. */
  readonly tile: (level: number, index: number, width: number) => Uint8Array | undefined
  /** RangeError beyond its size. Asked in rising order it costs one hash a leaf. */
  readonly rootAt: (size: number) => Uint8Array
}

const hashesIn = (bytes: Uint8Array, from: number, count: number): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, at) => bytes.subarray((from + at) * hashBytes, (from + at + 1) * hashBytes))

/** The roots of the full tiles of a level: the level above. */
const levelAbove = (below: Uint8Array, hash: Hasher): Uint8Array => {
  const full = Math.floor(below.length / hashBytes / tileWidth)
  const above = new Uint8Array(full * hashBytes)
  for (let index = 0; index < full; index += 1)
    above.set(rootOf(hashesIn(below, index * tileWidth, tileWidth), hash), index * hashBytes)
  return above
}

/** Sizes that lie further apart than this are not walked to leaf by leaf. */
const stride = 2 * tileWidth

/** Leaf hashes side by side. */
export const hashTree = (leaves: Uint8Array, hash: Hasher = nobleSha256): HashTree => {
  if (leaves.length % hashBytes !== 0) throw new RangeError('a hash has 32 bytes')
  const size = leaves.length / hashBytes
  const levels: Uint8Array[] = [leaves]
  for (let below = leaves; below.length >= tileWidth * hashBytes; ) {
    below = levelAbove(below, hash)
    levels.push(below)
  }

  const node = (level: number, index: number): Uint8Array | undefined => {
    const hashes = levels[level]
    if (!hashes || (index + 1) * hashBytes > hashes.length) return undefined
    return hashes.subarray(index * hashBytes, (index + 1) * hashBytes)
  }

  /** The edge of a tree of that many leaves, a multiple of 256, out of the levels above the leaves. */
  const edgeAt = (whole: number): Edge => {
    const roots: Uint8Array[] = []
    for (let level = levels.length - 1; level >= 1; level -= 1) {
      const count = widthOf(level, Math.floor(whole / tileWidth ** (level + 1)), whole)
      let from = Math.floor(whole / tileWidth ** (level + 1)) * tileWidth
      for (let group = tileWidth / 2; group >= 1; group /= 2) {
        if (Math.floor(count / group) % 2 === 0) continue
        roots.push(rootOf(hashesIn(levels[level] ?? leaves, from, group), hash))
        from += group
      }
    }
    return { size: whole, roots }
  }

  let cursor = emptyEdge
  const rootAt = (wanted: number): Uint8Array => {
    if (wanted > size) throw new RangeError(`no size ${wanted} of ${size}`)
    if (wanted < cursor.size || wanted - cursor.size > stride) cursor = edgeAt(wanted - (wanted % tileWidth))
    while (cursor.size < wanted) {
      const leaf = node(0, cursor.size)
      if (!leaf) throw new RangeError(`no leaf ${cursor.size}`)
      cursor = appendHash(cursor, leaf, hash)
    }
    return rootOfEdge(cursor, hash)
  }

  return {
    size,
    levels: levels.length,
    level: (level) => levels[level] ?? new Uint8Array(0),
    node,
    tile: (level, index, width) => {
      const from = index * tileWidth * hashBytes
      const end = from + width * hashBytes
      const hashes = levels[level]
      return hashes && end <= hashes.length ? hashes.subarray(from, end) : undefined
    },
    rootAt,
  }
}
