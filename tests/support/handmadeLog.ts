import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { writeAddCheckpoint } from '#translog/addCheckpoint.ts'
import { signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { rootOf } from '#translog/merkle.ts'
import { planConsistency } from '#translog/proof.ts'
import { tilePath, tileWidth } from '#translog/tile.ts'

const seedOf = (name: string): Uint8Array => nodeSha256(new TextEncoder().encode(name))

/** A log in memory whose key the test holds, so that it can sign whatever it likes: up to 256 leaves, in as many histories. */
export const handmadeLog = (origin: string, keyOf: string = origin) => {
  const signer = ed25519Signer(origin, seedOf(keyOf), nodeEd25519)
  /** Histories of one number are the same up to `same`, and their own from there on. */
  const leaves = (size: number, history: number, same: number) =>
    Array.from({ length: size }, (_, at) => seedOf(`${origin} ${at} ${at < same ? 0 : history}`))
  const checkpoint = (size: number, history = 0, same = 0): string =>
    writeCheckpoint(signCheckpoint({ origin, size, root: rootOf(leaves(size, history, same), nodeSha256) }, signer))
  const request = (oldSize: number, size: number, history = 0, same = 0): string => {
    const plan = planConsistency(Math.min(oldSize, size), size)
    const all = leaves(size, history, same)
    const tiles = new Map(
      plan.tiles.map((at) => [tilePath(at), all.slice(at.index * tileWidth, at.index * tileWidth + at.width)] as const),
    )
    const proof = plan.proofFrom(tiles, nodeSha256)
    return writeAddCheckpoint({ oldSize, proof, checkpoint: checkpoint(size, history, same) })
  }
  return { origin, signer, vkey: signer.vkey, checkpoint, request }
}

export type HandmadeLog = ReturnType<typeof handmadeLog>
