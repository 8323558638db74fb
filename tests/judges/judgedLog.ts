import { randomBytes } from 'node:crypto'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { hashTree } from '#translog/hashTree.ts'
import { leafHash } from '#translog/leaf.ts'
import { hashBytes, type TreeHead } from '#translog/merkle.ts'
import { planConsistency, planInclusion, planRoot } from '#translog/proof.ts'
import type { Signer } from '#translog/signedNote.ts'
import { readTile, type TileAt, tilePath } from '#translog/tile.ts'

/** A log of ours in memory, read by its tiles alone, for judges who know nothing of us. */
export type JudgedLog = {
  readonly signer: Signer
  readonly entry: (index: number) => Uint8Array
  readonly tile: (at: TileAt) => readonly Uint8Array[]
  readonly head: (size: number) => TreeHead
  /** The signed note over the tree of that size. */
  readonly checkpoint: (size: number) => string
  readonly inclusion: (index: number, size: number) => readonly Uint8Array[]
  readonly consistency: (older: number, newer: number) => readonly Uint8Array[]
}

export const judgedOrigin = 'bihuan/judged/1'

/** A leaf as the house writes it, its commitment unlike any other log's. */
const houseEntries = () => {
  const commit = randomBytes(32)
  return (index: number): Uint8Array => {
    commit.writeUInt32BE(index)
    return Buffer.from(`{"commit":"${commit.toString('base64url')}","v":1}`)
  }
}

/** With the entries given, or with so many leaves as the house writes them. */
export const judgedLog = (
  entries: number | readonly Uint8Array[],
  signer = ed25519Signer(judgedOrigin, randomBytes(32), nodeEd25519),
): JudgedLog => {
  const entry =
    typeof entries === 'number' ? houseEntries() : (index: number): Uint8Array => entries[index] ?? new Uint8Array()
  const count = typeof entries === 'number' ? entries : entries.length
  const leaves = new Uint8Array(count * hashBytes)
  for (let index = 0; index < count; index += 1) leaves.set(leafHash(entry(index), nodeSha256), index * hashBytes)
  const tree = hashTree(leaves, nodeSha256)
  const tile = ({ level, index, width }: TileAt): readonly Uint8Array[] => {
    const hashes = readTile(tree.tile(level, index, width) ?? new Uint8Array(), width)
    if (!hashes) throw new RangeError(`no tile ${tilePath({ level, index, width })} in a tree of ${count}`)
    return hashes
  }
  const read = (tiles: readonly TileAt[]) => new Map(tiles.map((at) => [tilePath(at), tile(at)]))
  const heads = new Map<number, TreeHead>()
  const head = (size: number): TreeHead => {
    const known = heads.get(size)
    if (known) return known
    const plan = planRoot(size)
    const made = { size, root: plan.rootFrom(read(plan.tiles), nodeSha256) }
    heads.set(size, made)
    return made
  }
  return {
    signer,
    entry,
    tile,
    head,
    checkpoint: (size) => writeCheckpoint(signCheckpoint({ origin: signer.name, ...head(size) }, signer)),
    inclusion: (index, size) => {
      const plan = planInclusion(index, size)
      return plan.proofFrom(read(plan.tiles), nodeSha256)
    },
    consistency: (older, newer) => {
      const plan = planConsistency(older, newer)
      return plan.proofFrom(read(plan.tiles), nodeSha256)
    },
  }
}

/** The same bytes with one bit turned. */
export const flipped = (bytes: Uint8Array, bit: number): Uint8Array =>
  bytes.map((byte, at) => (at === Math.floor(bit / 8) % bytes.length ? byte ^ (1 << (bit % 8)) : byte))
