import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { type GrowingTree, growingTree, partialWidths } from '#translog/growingTree.ts'
import { leafHash } from '#translog/leaf.ts'
import { sameBytes } from '#translog/merkle.ts'
import { tilePath } from '#translog/tile.ts'
import { type Settlement, type Taken, takeOutbox } from './takeOutbox.ts'
import { type Queries, readTiles, type TreeName } from './tiles.ts'
import { LedgerTrouble } from './trouble.ts'

export type Head = { readonly size: number; readonly root: Uint8Array; readonly settled: number }

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
  const grown = whole ? growingTree(head.size, partials, nodeSha256) : undefined
  if (!grown || !sameBytes(grown.root(), head.root))
    throw new LedgerTrouble('treeDamaged', `存证的树与登记的大小 ${head.size} 或根不符`, checkBackup)
  return grown
}

const checked = (taken: readonly Taken[]): readonly Taken[] => {
  const damaged = taken.find(({ leaf, leafHash: written }) => !sameBytes(leafHash(leaf, nodeSha256), written))
  if (damaged) throw new LedgerTrouble('leafDamaged', `待存证的第 ${damaged.id} 条与它的散列不符`, checkBackup)
  return taken
}

const write = async (
  db: Queries,
  { log, hash }: TreeName,
  grown: {
    readonly before: Head
    readonly tree: GrowingTree
    readonly taken: readonly Taken[]
    readonly settled: number
  },
  filled: ReturnType<GrowingTree['append']>,
): Promise<boolean> => {
  const { before, tree, taken, settled } = grown
  const [, , , head] = await Promise.all([
    db.query('begin'),
    db.query({
      name: 'ledger-entries',
      text: `insert into ledger.entry (log, idx, leaf_hash, outbox_id)
        select $1, $2 + place - 1, leaf_hash, id from unnest($3::bytea[], $4::bigint[]) with ordinality as g(leaf_hash, id, place)`,
      values: [log, before.size, taken.map(({ leafHash: each }) => each), taken.map(({ id }) => id)],
    }),
    db.query({
      name: 'ledger-tiles',
      text: `insert into ledger.tile (log, hash, level, idx, hashes, root)
        select $1, $2, * from unnest($3::int[], $4::bigint[], $5::bytea[], $6::bytea[])`,
      values: [
        log,
        hash,
        filled.map(({ level }) => level),
        filled.map(({ index }) => index),
        filled.map(({ hashes }) => Buffer.concat(hashes)),
        filled.map(({ root }) => root),
      ],
    }),
    // Two sequencers at once, whatever let them be: the second finds another size and writes nothing.
    db.query({
      name: 'ledger-head-on',
      text: `update ledger.head set size = $3, root = $4, settled = $5 where log = $1 and hash = $2 and size = $6`,
      values: [log, hash, tree.size(), Buffer.from(tree.root()), settled, before.size],
    }),
  ])
  await db.query(head.rowCount === 1 ? 'commit' : 'rollback')
  return head.rowCount === 1
}

export type Sequenced = { readonly head: Head; readonly taken: number }

/** One batch from the outbox into the tree, in one transaction. Undefined where somebody else has moved the head. */
export const sequenceBatch = async (
  db: Queries,
  name: TreeName,
  tree: GrowingTree,
  { head, settlement, limit }: { readonly head: Head; readonly settlement: Settlement; readonly limit: number },
): Promise<Sequenced | undefined> => {
  const nothingBelow = await settlement.settledBy(db)
  const taken = checked(await takeOutbox(db, name.log, head.settled, limit))
  const last = taken.at(-1)?.id
  // What the batch did not reach may still hold rows below the settled id.
  const whole = taken.length < limit || (last !== undefined && nothingBelow !== undefined && last >= nothingBelow)
  const settled = nothingBelow !== undefined && whole ? Math.max(head.settled, nothingBelow) : head.settled
  if (last === undefined && settled === head.settled) return { head, taken: 0 }
  const filled = tree.append(taken.map(({ leafHash: each }) => each))
  if (!(await write(db, name, { before: head, tree, taken, settled }, filled))) return undefined
  if (last !== undefined) await settlement.reached(db, Math.max(last, settled))
  return { head: { size: tree.size(), root: tree.root(), settled }, taken: taken.length }
}
