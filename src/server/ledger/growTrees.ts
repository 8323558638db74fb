import type { FullTile, GrowingTree } from '#translog/growingTree.ts'
import type { Queries, TreeName } from './tiles.ts'

export type Head = { readonly size: number; readonly root: Uint8Array; readonly settled: number }

/** A tree of the log and how far it has come in the database. */
export type Standing = { readonly name: TreeName; readonly tree: GrowingTree; readonly head: Head }

export type Growth<Tree extends Standing> = { readonly standing: Tree; readonly leafHashes: readonly Uint8Array[] }

const writeTiles = (db: Queries, { log, hash }: TreeName, filled: readonly FullTile[]) =>
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
  })

/** Two sequencers at once, whatever let them be: the second finds another size and writes nothing. */
const moveHead = async (db: Queries, { log, hash }: TreeName, from: number, to: Head): Promise<boolean> => {
  const { rowCount } = await db.query({
    name: 'ledger-head-on',
    text: `update ledger.head set size = $3, root = $4, settled = $5 where log = $1 and hash = $2 and size = $6`,
    values: [log, hash, to.size, Buffer.from(to.root), to.settled, from],
  })
  return rowCount === 1
}

/**
 * Appends to each tree and writes all of them in one transaction, together with what `along` sends: all trees move or
 * none. Undefined where somebody else has moved a head.
 */
export const growTrees = async <Tree extends Standing>(
  db: Queries,
  growths: readonly Growth<Tree>[],
  settled: number,
  along: () => readonly Promise<unknown>[] = () => [],
): Promise<readonly Tree[] | undefined> => {
  const grown = growths.map(({ standing, leafHashes }) => {
    const filled = standing.tree.append(leafHashes)
    return { standing, filled, head: { size: standing.tree.size(), root: standing.tree.root(), settled } }
  })
  // Sent without waiting for one another; the database takes them in this order.
  const written = [
    db.query('begin'),
    ...along(),
    ...grown.map(({ standing, filled }) => writeTiles(db, standing.name, filled)),
  ]
  const moving = grown.map(({ standing, head }) => moveHead(db, standing.name, standing.head.size, head))
  const [moved] = await Promise.all([Promise.all(moving), ...written])
  const all = moved.every((one) => one)
  await db.query(all ? 'commit' : 'rollback')
  return all ? grown.map(({ standing, head }) => ({ ...standing, head })) : undefined
}
