import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { type GrowingTree, growingTree, partialWidths } from '#translog/growingTree.ts'
import { leafHash } from '#translog/leaf.ts'
import { sameBytes } from '#translog/merkle.ts'
import { tilePath } from '#translog/tile.ts'
import { type Growth, growTrees, type Head, type Standing } from './growTrees.ts'
import { type Settlement, type Taken, takeOutbox } from './takeOutbox.ts'
import { type Queries, readTiles, type TreeName } from './tiles.ts'
import { hasherOf } from './treeKinds.ts'
import { LedgerTrouble } from './trouble.ts'

export const readHead = async (db: Queries, { log, hash }: TreeName): Promise<Head | undefined> => {
  const { rows } = await db.query<{ size: number; root: Buffer; settled: number }>({
    name: 'ledger-head',
    text: 'select size, root, settled from ledger.head where log = $1 and hash = $2',
    values: [log, hash],
  })
  return rows[0]
}

const checkBackup = '停止办理，运行 bihuan ledger fsck 查明是哪一条，再用 --repair 恢复'

/** The tree as it stands in the database, ready to be appended to; refused where it is not the one its head says. */
export const openTree = async (db: Queries, tree: TreeName, head: Head): Promise<GrowingTree> => {
  const wanted = partialWidths(head.size).filter(({ width }) => width > 0)
  const tiles = await readTiles(db, tree, wanted)
  const partials = partialWidths(head.size).map((at) => tiles.get(tilePath(at)) ?? [])
  const whole = partials.every((hashes, level) => hashes.length === partialWidths(head.size)[level]?.width)
  const grown = whole ? growingTree(head.size, partials, hasherOf(tree)) : undefined
  if (!grown || !sameBytes(grown.root(), head.root))
    throw new LedgerTrouble('treeDamaged', `存证的树与登记的大小 ${head.size} 或根不符`, checkBackup)
  return grown
}

const checked = (taken: readonly Taken[]): readonly Taken[] => {
  const damaged = taken.find(({ leaf, leafHash: written }) => !sameBytes(leafHash(leaf, nodeSha256), written))
  if (damaged) throw new LedgerTrouble('leafDamaged', `待存证的第 ${damaged.id} 条与它的散列不符`, checkBackup)
  return taken
}

const writeEntries = (db: Queries, log: number, from: number, taken: readonly Taken[]) =>
  db.query({
    name: 'ledger-entries',
    text: `insert into ledger.entry (log, idx, leaf_hash, outbox_id)
      select $1, $2 + place - 1, leaf_hash, id from unnest($3::bytea[], $4::bigint[]) with ordinality as g(leaf_hash, id, place)`,
    values: [log, from, taken.map(({ leafHash: each }) => each), taken.map(({ id }) => id)],
  })

/** The log's own tree stands first. */
export type Trees<Tree extends Standing> = readonly [Tree, ...Tree[]]

export type Sequenced<Tree extends Standing> = { readonly trees: Trees<Tree>; readonly taken: number }

const hashesOf = (taken: readonly Taken[], name: TreeName): readonly Uint8Array[] =>
  taken.map(({ leaf }) => leafHash(leaf, hasherOf(name)))

/**
 * One batch from the outbox into all the trees, in one transaction, so that they are of one size always. Undefined where
 * somebody else has moved a head.
 */
export const sequenceBatch = async <Tree extends Standing>(
  db: Queries,
  [own, ...twins]: Trees<Tree>,
  { settlement, limit }: { readonly settlement: Settlement; readonly limit: number },
): Promise<Sequenced<Tree> | undefined> => {
  const { name, head } = own
  const nothingBelow = await settlement.settledBy(db)
  const taken = checked(await takeOutbox(db, name.log, head.settled, limit))
  const last = taken.at(-1)?.id
  // What the batch did not reach may still hold rows below the settled id.
  const whole = taken.length < limit || (last !== undefined && nothingBelow !== undefined && last >= nothingBelow)
  const settled = nothingBelow !== undefined && whole ? Math.max(head.settled, nothingBelow) : head.settled
  if (last === undefined && settled === head.settled) return { trees: [own, ...twins], taken: 0 }
  const growths: readonly Growth<Tree>[] = [
    // Its leaf hashes stand in the outbox and were checked above.
    { standing: own, leafHashes: taken.map(({ leafHash: each }) => each) },
    ...twins.map((standing) => ({ standing, leafHashes: hashesOf(taken, standing.name) })),
  ]
  const grown = await growTrees(db, growths, settled, () => [writeEntries(db, name.log, head.size, taken)])
  const [first, ...rest] = grown ?? []
  if (!first) return undefined
  if (last !== undefined) await settlement.reached(db, Math.max(last, settled))
  return { trees: [first, ...rest], taken: taken.length }
}
