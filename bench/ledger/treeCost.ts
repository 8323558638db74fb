import { randomBytes } from 'node:crypto'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { growingTree } from '#translog/growingTree.ts'
import { leafBytes, leafHash } from '#translog/leaf.ts'
import { tilesSince } from '#translog/tile.ts'

export type TreeCost = { readonly microseconds: number; readonly bytes: number }

/**
 * What the log itself costs an entry, batch by batch: hashing the leaf, the tree, the root, the signature; and how many
 * bytes of tiles are written, partial ones each time anew.
 */
export const treeCost = (entries: number, batch: number): TreeCost => {
  const leaves = Array.from({ length: batch }, () => leafBytes({ v: 1, commit: randomBytes(32) }))
  const signer = ed25519Signer('bench/1', randomBytes(32), nodeEd25519)
  const tree = growingTree(0, [], nodeSha256)
  let bytes = 0
  const before = process.cpuUsage()
  for (let done = 0; done < entries; done += batch) {
    const from = tree.size()
    tree.append(leaves.map((leaf) => leafHash(leaf, nodeSha256)))
    writeCheckpoint(signCheckpoint({ origin: signer.name, size: tree.size(), root: tree.root() }, signer))
    for (const { width } of tilesSince(from, tree.size())) bytes += width * 32
  }
  const { user, system } = process.cpuUsage(before)
  return { microseconds: (user + system) / tree.size(), bytes: bytes / tree.size() }
}
