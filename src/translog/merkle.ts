import { concatBytes, type Hasher, nobleSha256 } from './hasher.ts'

/**
 * The Merkle tree of RFC 6962 section 2.1 over leaf hashes of 32 bytes. Sizes and indexes are whole numbers below 2^53;
 * they are divided, never shifted, since the shifts of JavaScript end at 2^32.
 */
export const hashBytes = 32

const nodePrefix = Uint8Array.of(1)

/** RFC 6962: an inner node is hashed behind 0x01. */
export const nodeHash = (left: Uint8Array, right: Uint8Array, hash: Hasher = nobleSha256): Uint8Array =>
  hash(concatBytes(nodePrefix, left, right))

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])

export const isTreeSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

const isOdd = (value: number): boolean => value % 2 === 1
const half = (value: number): number => Math.floor(value / 2)

/** The roots of the perfect subtrees that a tree of `size` leaves consists of, largest first: the binary digits of its size. */
export type Edge = { readonly size: number; readonly roots: readonly Uint8Array[] }

export const emptyEdge: Edge = { size: 0, roots: [] }

/** The edge after one more leaf. */
export const appendHash = ({ size, roots }: Edge, leaf: Uint8Array, hash: Hasher = nobleSha256): Edge => {
  const kept = [...roots]
  let joined = leaf
  for (let rest = size; isOdd(rest); rest = half(rest)) {
    const left = kept.pop()
    if (!left) throw new RangeError('an edge has one root for each binary one of its size')
    joined = nodeHash(left, joined, hash)
  }
  return { size: size + 1, roots: [...kept, joined] }
}

/** Of perfect or ragged subtrees side by side, the left ones the larger: their common root. */
export const joinRoots = (roots: readonly Uint8Array[], hash: Hasher = nobleSha256): Uint8Array => {
  const last = roots.at(-1)
  // RFC 6962: the root of the empty tree is the hash of nothing.
  if (!last) return hash(new Uint8Array(0))
  return roots.slice(0, -1).reduceRight((right, left) => nodeHash(left, right, hash), last)
}

export const rootOfEdge = ({ roots }: Edge, hash: Hasher = nobleSha256): Uint8Array => joinRoots(roots, hash)

/** The root over all leaf hashes at once. */
export const rootOf = (leaves: readonly Uint8Array[], hash: Hasher = nobleSha256): Uint8Array => {
  if (leaves.length === 0) return hash(new Uint8Array(0))
  let row = leaves
  while (row.length > 1) {
    const above: Uint8Array[] = []
    for (let at = 0; at < row.length; at += 2) {
      const [left, right] = [row[at], row[at + 1]]
      // A node without a neighbour rises as it is: that is what RFC 6962's ragged right side comes to.
      if (left) above.push(right ? nodeHash(left, right, hash) : left)
    }
    row = above
  }
  return row[0] ?? hash(new Uint8Array(0))
}

/** The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2); undefined where its length cannot be right. */
export const rootFromInclusion = (
  { leaf, index, size, proof }: Inclusion,
  hash: Hasher = nobleSha256,
): Uint8Array | undefined => {
  if (!isTreeSize(index) || !isTreeSize(size) || index >= size) return undefined
  let [fn, sn, root] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (sn === 0) return undefined
    if (isOdd(fn) || fn === sn) {
      root = nodeHash(sibling, root, hash)
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else {
      root = nodeHash(root, sibling, hash)
    }
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 ? root : undefined
}

export type Inclusion = {
  readonly leaf: Uint8Array
  readonly index: number
  readonly size: number
  /** From the leaf's sibling up to the root's child. */
  readonly proof: readonly Uint8Array[]
}

export const includes = (inclusion: Inclusion, root: Uint8Array, hash: Hasher = nobleSha256): boolean => {
  const found = rootFromInclusion(inclusion, hash)
  return found !== undefined && sameBytes(found, root)
}

export type TreeHead = { readonly size: number; readonly root: Uint8Array }

/** Whether the newer tree holds the older one unchanged (RFC 9162 section 2.1.4.2). */
export const isConsistent = (
  older: TreeHead,
  newer: TreeHead,
  proof: readonly Uint8Array[],
  hash: Hasher = nobleSha256,
): boolean => {
  if (!isTreeSize(older.size) || !isTreeSize(newer.size) || older.size > newer.size) return false
  if (older.size === newer.size) return proof.length === 0 && sameBytes(older.root, newer.root)
  // Any tree holds the empty one; the empty one has but one root.
  if (older.size === 0) return proof.length === 0 && sameBytes(older.root, hash(new Uint8Array(0)))
  let [fn, sn] = [older.size - 1, newer.size - 1]
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)]
  const [first, ...rest] = fn === 0 ? [older.root, ...proof] : proof
  if (!first) return false
  let [oldRoot, newRoot] = [first, first]
  for (const node of rest) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      oldRoot = nodeHash(node, oldRoot, hash)
      newRoot = nodeHash(node, newRoot, hash)
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else {
      newRoot = nodeHash(newRoot, node, hash)
    }
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && sameBytes(oldRoot, older.root) && sameBytes(newRoot, newer.root)
}
