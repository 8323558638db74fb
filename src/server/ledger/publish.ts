import { bundleBytes, entriesPath, type TileAt, tileBytes, tilePath, tilesSince, tileWidth } from '#translog/tile.ts'
import { beginningLeaf, readBeginning } from './beginning.ts'
import { journalLines } from './journal.ts'
import { withJournalLock } from './journalLock.ts'
import type { SecondHome } from './secondHome.ts'
import { type Queries, readTiles, type TreeName } from './tiles.ts'
import { LedgerTrouble } from './trouble.ts'

/** The entries themselves, in order; what a bundle holds. */
export const readEntries = async (
  db: Queries,
  log: number,
  from: number,
  to: number,
): Promise<readonly Uint8Array[]> => {
  const { rows } = await db.query<{ leaf: Buffer | null }>({
    name: 'ledger-bundle',
    text: `select o.leaf from ledger.entry e left join ledger.outbox o on o.id = e.outbox_id
      where e.log = $1 and e.idx >= $2 and e.idx < $3 order by e.idx`,
    values: [log, from, to],
  })
  const beginning = from === 0 && rows[0]?.leaf === null ? await readBeginning(db, log) : undefined
  return rows.map(({ leaf }, at) => {
    if (leaf) return leaf
    if (at === 0 && beginning) return beginningLeaf(beginning).leaf
    throw new LedgerTrouble(
      'leafDamaged',
      `存证第 ${from + at} 条的内容不在待发箱里`,
      '运行 bihuan ledger fsck --repair 从第二存放处恢复',
    )
  })
}

const missing = (path: string): LedgerTrouble =>
  new LedgerTrouble('treeDamaged', `存证的树缺少 ${path}`, '运行 bihuan ledger fsck --repair 从第二存放处恢复')

const partialFolder = (at: TileAt, path: (at: TileAt) => string): string => `${path({ ...at, width: tileWidth })}.p`

export type Published = { readonly tileBytes: number }

/**
 * Tiles, entry bundles and journal of everything from `from` up to `to`, as files. Nothing is signed before it lies here,
 * so whatever was signed can be restored from here. Done again after a crash it writes the same.
 */
export const publish = async (
  db: Queries,
  home: SecondHome,
  tree: TreeName,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Published> => {
  await withJournalLock(db, async () => home.appendJournal(from, await journalLines(db, tree.log, from, to)))
  const wanted = tilesSince(from, to)
  const tiles = await readTiles(db, tree, wanted)
  let bytes = 0
  for (const at of wanted) {
    const path = tilePath(at)
    const hashes = tiles.get(path)
    if (!hashes) throw missing(path)
    const content = tileBytes(hashes)
    bytes += content.length
    await home.write(path, content)
    if (at.level === 0) {
      const first = at.index * tileWidth
      const entries = await readEntries(db, tree.log, first, first + at.width)
      await home.write(entriesPath(at), bundleBytes(entries))
    }
    // The full tile stands for every part of it.
    if (at.width < tileWidth) continue
    await home.remove(partialFolder(at, tilePath))
    if (at.level === 0) await home.remove(partialFolder(at, entriesPath))
  }
  return { tileBytes: bytes }
}
