import type { PoolClient } from 'pg'
import { leafHash } from '#translog/leaf.ts'
import { readTile, type TileAt, tilePath, tileWidth } from '#translog/tile.ts'
import { entriesThere } from './entries.ts'
import { hasherOf } from './treeKinds.ts'

export type Queries = Pick<PoolClient, 'query'>

/** Which tree of which log: in SHA-256, or its twin in SM3. */
export type TreeName = { readonly log: number; readonly hash: 'sha256' | 'sm3' }

const fullTile = async (db: Queries, { log, hash }: TreeName, { level, index }: TileAt) => {
  const { rows } = await db.query<{ hashes: Buffer }>({
    name: 'ledger-tile',
    text: 'select hashes from ledger.tile where log = $1 and hash = $2 and level = $3 and idx = $4',
    values: [log, hash, level, index],
  })
  return rows[0] && readTile(rows[0].hashes, tileWidth)
}

/** The roots of full tiles are the hashes of the level above. */
const rootsBelow = async (db: Queries, { log, hash }: TreeName, { level, index, width }: TileAt) => {
  const from = index * tileWidth
  const { rows } = await db.query<{ root: Buffer }>({
    name: 'ledger-roots',
    text: `select root from ledger.tile where log = $1 and hash = $2 and level = $3 and idx >= $4 and idx < $5 order by idx`,
    values: [log, hash, level - 1, from, from + width],
  })
  return rows.map(({ root }) => root)
}

const loggedHashes = async (db: Queries, { log }: TreeName, from: number, to: number) => {
  const { rows } = await db.query<{ leaf_hash: Buffer }>({
    name: 'ledger-leaves',
    text: 'select leaf_hash from ledger.entry where log = $1 and idx >= $2 and idx < $3 order by idx',
    values: [log, from, to],
  })
  return rows.map(({ leaf_hash }) => leaf_hash)
}

/** The entries keep the hashes of SHA-256; those of the twin are computed from the leaves. */
const leavesAt = async (db: Queries, tree: TreeName, { index, width }: TileAt): Promise<readonly Uint8Array[]> => {
  const [from, to] = [index * tileWidth, index * tileWidth + width]
  if (tree.hash === 'sha256') return loggedHashes(db, tree, from, to)
  const entries = await entriesThere(db, tree.log, from, to)
  return entries.flatMap(({ leaf }) => (leaf ? [leafHash(leaf, hasherOf(tree))] : []))
}

const tileOf = async (db: Queries, tree: TreeName, at: TileAt): Promise<readonly Uint8Array[] | undefined> => {
  const hashes =
    at.width === tileWidth
      ? await fullTile(db, tree, at)
      : await (at.level === 0 ? leavesAt(db, tree, at) : rootsBelow(db, tree, at))
  return hashes?.length === at.width ? hashes : undefined
}

/** The tiles, by path, as far as they are there. */
export const readTiles = async (
  db: Queries,
  tree: TreeName,
  wanted: readonly TileAt[],
): Promise<ReadonlyMap<string, readonly Uint8Array[]>> => {
  const found = await Promise.all(wanted.map(async (at) => [tilePath(at), await tileOf(db, tree, at)] as const))
  return new Map(found.flatMap(([path, hashes]) => (hashes ? [[path, hashes] as const] : [])))
}
