import { journalPath } from '#server/ledger/secondHome.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { leafHash } from '#translog/leaf.ts'
import { type Slots, slotsIn } from '#translog/signedLeaves.ts'
import { entriesPath, parseTilePath, readBundle, tilePath, tileWidth } from '#translog/tile.ts'
import type { Scene } from './scene.ts'

/** Everything that holds the leaf hashes of one bundle, whole or in part. */
export const leafSources = ['entry', 'outbox', 'tile', 'tileFile', 'bundleFile', 'journal'] as const
export type LeafSource = (typeof leafSources)[number]

/** How wide the widest partial tile of each bundle is, as far as the folder has one. */
export type Partials = { readonly tiles: ReadonlyMap<number, number>; readonly entries: ReadonlyMap<number, number> }

export const partialsIn = (paths: readonly string[]): Partials => {
  const tiles = new Map<number, number>()
  const entries = new Map<number, number>()
  for (const path of paths) {
    const at = path.startsWith('public/tile/') ? parseTilePath(path.slice('public/'.length)) : undefined
    if (!at || (at.kind === 'tile' && at.level !== 0)) continue
    const widths = at.kind === 'tile' ? tiles : entries
    widths.set(at.index, Math.max(at.width, widths.get(at.index) ?? 0))
  }
  return { tiles, entries }
}

/** The hashes of a bundle as its tile file has them; empty where there is none. */
export const tileFileOf = ({ folder }: Scene, { tiles }: Partials, index: number): Buffer => {
  const width = tiles.get(index)
  const bytes = width === undefined ? undefined : folder?.read(`public/${tilePath({ level: 0, index, width })}`)
  return bytes ?? Buffer.alloc(0)
}

/** The same, computed from the leaves in the entry bundle. */
export const bundleFileOf = ({ folder }: Scene, { entries }: Partials, index: number): Buffer => {
  const width = entries.get(index)
  const bytes = width === undefined ? undefined : folder?.read(`public/${entriesPath({ index, width })}`)
  const leaves = bytes && width !== undefined ? readBundle(bytes, width) : undefined
  return Buffer.concat((leaves ?? []).map((leaf) => leafHash(leaf, nodeSha256)))
}

const journalOf = ({ folder }: Scene, index: number): Slots => {
  const slots: (Buffer | undefined)[] = []
  for (const text of folder?.lines(journalPath(index)) ?? []) {
    // Read loosely: whether the line is what its leaf commits to is another question.
    const leaf = /"leaf" ?: ?"([A-Za-z0-9+/=\\n]+)"/.exec(text)?.[1]
    const place = /"index" ?: ?(\d+)/.exec(text)?.[1]
    if (leaf === undefined || place === undefined) continue
    const at = Number(place) - index * tileWidth
    if (at < 0 || at >= tileWidth) continue
    slots[at] = Buffer.from(leafHash(Buffer.from(leaf.replaceAll('\\n', ''), 'base64'), nodeSha256))
  }
  return Array.from({ length: slots.length }, (_, at) => slots[at])
}

/** All that is known of a bundle about which not everything agrees. */
export const sourcesOf = async (
  scene: Scene,
  partials: Partials,
  log: number,
  index: number,
): Promise<ReadonlyMap<LeafSource, Slots>> => {
  const { rows } = await scene.db.query<{ place: number; entry: Buffer; outbox: Buffer | null }>(
    `select (e.idx % 256)::int as place, e.leaf_hash as entry, sha256('\\x00'::bytea || o.leaf) as outbox
     from ledger.entry e left join ledger.outbox o on o.id = e.outbox_id where e.log = $1 and e.idx >= $2 and e.idx < $3`,
    [log, index * tileWidth, (index + 1) * tileWidth],
  )
  const { rows: tiles } = await scene.db.query<{ hashes: Buffer }>(
    `select hashes from ledger.tile where log = $1 and hash = 'sha256' and level = 0 and idx = $2`,
    [log, index],
  )
  const entry: (Buffer | undefined)[] = Array.from({ length: tileWidth })
  const outbox: (Buffer | undefined)[] = Array.from({ length: tileWidth })
  for (const row of rows) {
    entry[row.place] = row.entry
    outbox[row.place] = row.outbox ?? undefined
  }
  return new Map<LeafSource, Slots>([
    ['entry', entry],
    ['outbox', outbox],
    ['tile', slotsIn(tiles[0]?.hashes ?? Buffer.alloc(0))],
    ['tileFile', slotsIn(tileFileOf(scene, partials, index))],
    ['bundleFile', slotsIn(bundleFileOf(scene, partials, index))],
    ['journal', journalOf(scene, index)],
  ])
}
