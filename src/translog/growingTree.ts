import { type Hasher, nobleSha256 } from './hasher.ts'
import { joinRoots, rootOf } from './merkle.ts'
import { tileWidth, widthOf } from './tile.ts'

/** A tile that has come to its full 256 hashes and will never change again. */
export type FullTile = {
  readonly level: number
  readonly index: number
  readonly hashes: readonly Uint8Array[]
  readonly root: Uint8Array
}

export type GrowingTree = {
  readonly size: () => number
  readonly root: () => Uint8Array
  /** Appends leaf hashes in order; gives the tiles that they fill. */
  readonly append: (leaves: readonly Uint8Array[]) => readonly FullTile[]
  /** The hashes of the rightmost tile of a level, fewer than 256. */
  readonly partial: (level: number) => readonly Uint8Array[]
}

/** The levels whose rightmost tile is partial, for a tree of that size: what must be known to go on from there. */
export const partialWidths = (size: number): readonly { level: number; index: number; width: number }[] => {
  const partials: { level: number; index: number; width: number }[] = []
  for (let level = 0; tileWidth ** level <= size; level += 1) {
    const index = Math.floor(size / tileWidth ** (level + 1))
    partials.push({ level, index, width: widthOf(level, index, size) })
  }
  return partials
}

/** Perfect subtrees of one size side by side, grouped into the largest ones they make up. */
const grouped = (hashes: readonly Uint8Array[], hash: Hasher): readonly Uint8Array[] => {
  const roots: Uint8Array[] = []
  let at = 0
  for (let group = tileWidth / 2; group >= 1; group /= 2) {
    if (hashes.length - at < group) continue
    roots.push(rootOf(hashes.slice(at, at + group), hash))
    at += group
  }
  return roots
}

/**
 * A tree that is appended to, keeping of each level the rightmost tile alone. Goes on from the partial tiles of a tree
 * of `size`, lowest level first (see `partialWidths`); RangeError where they are not as wide as that size asks.
 */
export const growingTree = (
  size: number,
  partials: readonly (readonly Uint8Array[])[],
  hash: Hasher = nobleSha256,
): GrowingTree => {
  const levels = partials.map((hashes) => [...hashes])
  for (const { level, width } of partialWidths(size))
    if ((levels[level]?.length ?? 0) !== width) throw new RangeError(`level ${level} must have ${width} hashes`)
  let grown = size

  const push = (level: number, added: Uint8Array, filled: FullTile[]): void => {
    const hashes = levels[level] ?? []
    levels[level] = hashes
    hashes.push(added)
    if (hashes.length < tileWidth) return
    const root = rootOf(hashes, hash)
    const index = grown / tileWidth ** (level + 1) - 1
    filled.push({ level, index, hashes, root })
    levels[level] = []
    push(level + 1, root, filled)
  }

  return {
    size: () => grown,
    root: () =>
      joinRoots(
        [...levels].reverse().flatMap((hashes) => grouped(hashes, hash)),
        hash,
      ),
    append: (leaves) => {
      const filled: FullTile[] = []
      for (const leaf of leaves) {
        grown += 1
        push(0, leaf, filled)
      }
      return filled
    },
    partial: (level) => levels[level] ?? [],
  }
}
