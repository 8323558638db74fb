import { bundleBytes, entriesPath, type TileAt, tileBytes, tilePath, tilesSince, tileWidth } from '#translog/tile.ts'
import { readEntries } from './entries.ts'
import { journalLines } from './journal.ts'
import { withJournalLock } from './journalLock.ts'
import type { SecondHome } from './secondHome.ts'
import { type Queries, readTiles, type TreeName } from './tiles.ts'
import { publicPath } from './treeKinds.ts'
import { LedgerTrouble } from './trouble.ts'

const missing = (path: string): LedgerTrouble =>
  new LedgerTrouble('treeDamaged', `存证的树缺少 ${path}`, '运行 bihuan ledger fsck --repair 从第二存放处恢复')

const partialFolder = (at: TileAt, path: (at: TileAt) => string): string => `${path({ ...at, width: tileWidth })}.p`

export type Published = { readonly tileBytes: number }

type Range = { readonly from: number; readonly to: number }

/** The tiles of one tree, as files. */
export const publishTiles = async (
  db: Queries,
  home: SecondHome,
  tree: TreeName,
  { from, to }: Range,
): Promise<Published> => {
  const wanted = tilesSince(from, to)
  const tiles = await readTiles(db, tree, wanted)
  const pathOf = (at: TileAt): string => publicPath(tree.hash, tilePath(at))
  let bytes = 0
  for (const at of wanted) {
    const hashes = tiles.get(tilePath(at))
    if (!hashes) throw missing(pathOf(at))
    const content = tileBytes(hashes)
    bytes += content.length
    await home.write(pathOf(at), content)
    // The full tile stands for every part of it.
    if (at.width === tileWidth) await home.remove(partialFolder(at, pathOf))
  }
  return { tileBytes: bytes }
}

/** The leaves in bundles, and the journal that rows are restored from: once for all trees over them. */
const publishEntries = async (db: Queries, home: SecondHome, log: number, { from, to }: Range): Promise<void> => {
  await withJournalLock(db, async () => home.appendJournal(from, await journalLines(db, log, from, to)))
  for (const at of tilesSince(from, to).filter(({ level }) => level === 0)) {
    const first = at.index * tileWidth
    await home.write(entriesPath(at), bundleBytes(await readEntries(db, log, first, first + at.width)))
    if (at.width === tileWidth) await home.remove(partialFolder(at, entriesPath))
  }
}

/**
 * Tiles, entry bundles and journal of everything from `from` up to `to`, as files. Nothing is signed before it lies here,
 * so whatever was signed can be restored from here. Done again after a crash it writes the same.
 */
export const publish = async (db: Queries, home: SecondHome, tree: TreeName, range: Range): Promise<Published> => {
  await publishEntries(db, home, tree.log, range)
  return publishTiles(db, home, tree, range)
}
