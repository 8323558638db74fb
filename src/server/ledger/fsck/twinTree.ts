import { beginningLeaf, readBeginning } from '#server/ledger/beginning.ts'
import { nodeSm3 } from '#server/ledger/nodeSm3.ts'
import type { Queries } from '#server/ledger/tiles.ts'
import { twinOrigin } from '#server/ledger/twin.ts'
import { hashTree } from '#translog/hashTree.ts'
import { leafHash } from '#translog/leaf.ts'
import { hashBytes, sameBytes } from '#translog/merkle.ts'
import { readHeadRow, trueSize } from './headRow.ts'
import type { KnownLog, Scene } from './scene.ts'
import { signedHeads } from './signedHeads.ts'
import type { TreeChecked } from './treeScene.ts'
import type { Truth } from './truth.ts'

const atOnce = 4_096

/** The leaves themselves, hashed SM3; undefined from the first that is not there. */
const twinLeaves = async (db: Queries, log: number, size: number, truths: readonly Truth[]): Promise<Uint8Array> => {
  const known = new Map(truths.map(({ index, line }) => [index, Buffer.from(line.leaf, 'base64')]))
  const beginning = await readBeginning(db, log)
  const hashes = new Uint8Array(size * hashBytes)
  for (let from = 0; from < size; from += atOnce) {
    const { rows } = await db.query<{ idx: number; leaf: Buffer | null }>(
      `select e.idx::float8 as idx, o.leaf from ledger.entry e left join ledger.outbox o on o.id = e.outbox_id
       where e.log = $1 and e.idx >= $2 and e.idx < $3`,
      [log, from, Math.min(size, from + atOnce)],
    )
    const leaves = new Map(rows.map(({ idx, leaf }) => [idx, leaf]))
    for (let index = from; index < Math.min(size, from + atOnce); index += 1) {
      const first = index === 0 && beginning ? beginningLeaf(beginning).leaf : undefined
      const leaf = known.get(index) ?? leaves.get(index) ?? first
      if (!leaf) return hashes.subarray(0, index * hashBytes)
      hashes.set(leafHash(leaf, nodeSm3), index * hashBytes)
    }
  }
  return hashes
}

/** The twin over the same leaves, as far as it has come; undefined where there is none. */
export const readTwinTree = async (
  scene: Scene,
  log: KnownLog,
  own: TreeChecked,
  truths: readonly Truth[],
): Promise<
  (TreeChecked & { readonly right: boolean; readonly row: Awaited<ReturnType<typeof readHeadRow>> }) | undefined
> => {
  if (log.twin_vkey === null) return undefined
  const name = { log: log.number, hash: 'sm3' as const }
  const origin = twinOrigin(log.origin)
  const tree = hashTree(await twinLeaves(scene.db, log.number, own.size, truths), nodeSm3)
  const heads = await signedHeads(scene, name, origin)
  const signed = heads.find((head) => {
    const opened = head.size <= tree.size ? head.open() : undefined
    return opened && sameBytes(tree.rootAt(opened.size), opened.root)
  })
  const row = await readHeadRow(scene, name)
  const fits = trueSize(row, tree, signed?.size ?? 0, undefined)
  // A twin may lie behind its log: where its head is not right, it goes on from what it signed.
  const size = fits.right ? fits.size : (signed?.size ?? 0)
  return {
    name,
    origin,
    tree,
    signed: signed?.size ?? 0,
    size,
    right: fits.right,
    row,
    place: { ...own.place, hash: 'sm3' },
  }
}
