import { randomBytes } from 'node:crypto'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { leafHash } from '#translog/leaf.ts'
import { rootOf, type TreeHead } from '#translog/merkle.ts'
import { planConsistency, planInclusion, planRoot } from '#translog/proof.ts'
import type { Signer } from '#translog/signedNote.ts'
import { type TileAt, tilePath, tileWidth } from '#translog/tile.ts'

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

/** Every level of tiles over the leaf hashes: each hash above is the root of a full tile below. */
const levelsOf = (leaves: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] => {
  const levels = [leaves]
  for (let below = leaves; below.length >= tileWidth; ) {
    const above = Array.from({ length: Math.floor(below.length / tileWidth) }, (_, index) =>
      rootOf(below.slice(index * tileWidth, (index + 1) * tileWidth), nodeSha256),
    )
    levels.push(above)
    below = above
  }
  return levels
}

/** With the entries given, or with leaves as the house writes them. */
export const judgedLog = (
  entries: number | readonly Uint8Array[],
  signer = ed25519Signer(judgedOrigin, randomBytes(32), nodeEd25519),
): JudgedLog => {
  const all =
    typeof entries === 'number'
      ? Array.from({ length: entries }, () =>
          Buffer.from(`{"commit":"${randomBytes(32).toString('base64url')}","v":1}`),
        )
      : entries
  const levels = levelsOf(all.map((entry) => leafHash(entry, nodeSha256)))
  const tile = ({ level, index, width }: TileAt): readonly Uint8Array[] =>
    (levels[level] ?? []).slice(index * tileWidth, index * tileWidth + width)
  const read = (tiles: readonly TileAt[]) => new Map(tiles.map((at) => [tilePath(at), tile(at)]))
  const head = (size: number): TreeHead => {
    const plan = planRoot(size)
    return { size, root: plan.rootFrom(read(plan.tiles), nodeSha256) }
  }
  return {
    signer,
    entry: (index) => all[index] ?? new Uint8Array(),
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
