import { join } from 'node:path'
import { journalLines } from '#server/ledger/journal.ts'
import { bundleIn, checkpointsPath, journalPath, writeWhole } from '#server/ledger/secondHome.ts'
import { tileWidth } from '#translog/tile.ts'
import type { Folder } from './folder.ts'
import type { Mend } from './found.ts'
import { tellAlienFile } from './publicFiles.ts'
import type { RecordsChecked } from './records.ts'
import type { Scene } from './scene.ts'
import { nameOf } from './words.ts'

export type JournalOptions = {
  readonly log: number
  readonly records: RecordsChecked
  /** Entries that the folder must have. */
  readonly published: number
  /** Entries that the database has, or will have once it is put right. */
  readonly size: number
  readonly liveSize: () => Promise<number>
}

/** As many lines as are there already, so that whoever appends to the file finds the length he knows. */
const rewriteJournal = (folder: Folder, bundle: number, { log, published, size }: JournalOptions): Mend => {
  const path = journalPath(bundle)
  const from = bundle * tileWidth
  const least = Math.max(published - from, folder.lines(path).length)
  const lines = Math.min(tileWidth, size - from, least)
  return {
    phase: 'files',
    key: path,
    step: `重写第二存放处的 ${path}`,
    run: async ({ db, home }) => {
      const content = await journalLines(db, log, from, from + lines)
      if (home) await writeWhole(join(home.folder, path), content.map((line) => `${line}\n`).join(''), 0o600)
    },
  }
}

/** The journal file by file: what its lines were found to be, lines too many, files too many. */
export const checkJournalFiles = async (
  scene: Scene & { readonly folder: Folder },
  options: JournalOptions,
): Promise<number> => {
  const { records, size, liveSize } = options
  const { folder } = scene
  const hopeless = new Set(records.broken.flatMap(({ index, truth }) => (truth ? [] : [Math.floor(index / tileWidth)])))
  const byBundle = Map.groupBy(records.journalFaults, ([index]) => Math.floor(index / tileWidth))
  const paths = folder.list('journal')
  const there = new Set(paths)
  const mendsOf = (bundle: number) => (hopeless.has(bundle) ? undefined : [rewriteJournal(folder, bundle, options)])

  for (const [bundle, faults] of byBundle) {
    const path = journalPath(bundle)
    const mends = mendsOf(bundle)
    if (!there.has(path)) {
      const place = { table: 'journal', path }
      scene.tell({ kind: 'fileMissing', ...place, message: `${nameOf(place)}：不在了`, ...(mends && { mends }) })
      continue
    }
    for (const [index, fault] of faults) {
      const place = { table: 'journal', path, index }
      const what = fault === 'missing' ? '缺这一行' : '这一行与封存的不符'
      scene.tell({ kind: 'fileAltered', ...place, message: `${nameOf(place)}：${what}`, ...(mends && { mends }) })
    }
  }

  let newest: number | undefined
  for (const path of paths) {
    const sizes = checkpointsFrom(path)
    if (sizes !== undefined) {
      if (sizes > size && sizes > (await liveSize())) tellAlienFile(scene, path)
      continue
    }
    const bundle = bundleIn(path.slice('journal/'.length))
    if (bundle === undefined || path !== journalPath(bundle)) {
      tellAlienFile(scene, path)
      continue
    }
    const lines = folder.lines(path).length
    const most = (known: number): number => Math.min(tileWidth, known - bundle * tileWidth)
    if (lines <= most(size)) continue
    newest ??= await liveSize()
    if (lines <= most(newest)) continue
    if (most(newest) <= 0) {
      tellAlienFile(scene, path)
      continue
    }
    const place = { table: 'journal', path }
    const mends = mendsOf(bundle)
    scene.tell({ kind: 'fileAltered', ...place, message: `${nameOf(place)}：多出了行`, ...(mends && { mends }) })
  }
  return paths.length
}

/** From which size on the file has checkpoints; undefined where it is none of those. */
const checkpointsFrom = (path: string): number | undefined => {
  const bucket = bundleIn(path.split('/').slice(2).join('/'))
  if (bucket === undefined) return undefined
  const size = bucket * tileWidth
  return (['sha256', 'sm3'] as const).some((hash) => checkpointsPath(hash, size) === path) ? size : undefined
}
