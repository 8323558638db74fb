import { bundleBytes, parseTilePath, type TileAt, tileBytes, tilePath, tileWidth, widthOf } from '#translog/tile.ts'
import { readEntries } from './entries.ts'
import { type Queries, readTiles, type TreeName } from './tiles.ts'

/** What a stranger reads of a log: the last checkpoint, and of the tree what signed checkpoints imply, never beyond. */
export type Shown = { readonly bytes: Uint8Array; readonly full: boolean }

/** The last signed note with the cosignatures it has; undefined where nothing was signed yet. */
export const lastCheckpoint = async (db: Queries, { log, hash }: TreeName): Promise<string | undefined> => {
  const { rows } = await db.query<{ note: string; lines: string | null }>({
    name: 'ledger-public-checkpoint',
    text: `select c.note, (select string_agg(g.line, '' order by g.witness) from ledger.cosignature g
        where g.log = c.log and g.size = c.size and c.hash = 'sha256') as lines
      from ledger.checkpoint c where c.log = $1 and c.hash = $2 order by c.size desc limit 1`,
    values: [log, hash],
  })
  return rows[0] && rows[0].note + (rows[0].lines ?? '')
}

/** C2SP tlog-tiles: a partial tile is there for every tree that was signed with it. */
const isImplied = async (db: Queries, { log, hash }: TreeName, { level, index, width }: TileAt): Promise<boolean> => {
  const { rows: last } = await db.query<{ size: number }>({
    name: 'ledger-public-size',
    text: 'select size from ledger.checkpoint where log = $1 and hash = $2 order by size desc limit 1',
    values: [log, hash],
  })
  const now = widthOf(level, index, last[0]?.size ?? 0)
  if (now < width) return false
  if (now === width) return true
  const first = (index * tileWidth + width) * tileWidth ** level
  const { rows } = await db.query({
    name: 'ledger-public-width',
    text: 'select from ledger.checkpoint where log = $1 and hash = $2 and size >= $3 and size < $4 limit 1',
    values: [log, hash, first, first + tileWidth ** level],
  })
  return rows.length > 0
}

/** `tile/…` or `tile/entries/…`; undefined where there is no such tile, or none that was signed. */
export const publicTile = async (db: Queries, tree: TreeName, path: string): Promise<Shown | undefined> => {
  const at = parseTilePath(path)
  if (!at) return undefined
  const place = { level: at.kind === 'tile' ? at.level : 0, index: at.index, width: at.width }
  if (!(await isImplied(db, tree, place))) return undefined
  const full = at.width === tileWidth
  if (at.kind === 'entries') {
    const from = at.index * tileWidth
    return { full, bytes: bundleBytes(await readEntries(db, tree.log, from, from + at.width)) }
  }
  const hashes = (await readTiles(db, tree, [place])).get(tilePath(place))
  return hashes && { full, bytes: tileBytes(hashes) }
}
