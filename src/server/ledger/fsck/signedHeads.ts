import { checkpointsPath } from '#server/ledger/secondHome.ts'
import type { TreeName } from '#server/ledger/tiles.ts'
import { publicPath } from '#server/ledger/treeKinds.ts'
import { type Checkpoint, readCheckpoint } from '#translog/checkpoint.ts'
import type { LedgerReport } from './report.ts'
import type { Scene } from './scene.ts'

export type HeadSource = NonNullable<LedgerReport['signed']>['from']

/** Something that says it is a checkpoint of the log; whether it is signed is looked at when it is needed. */
export type SignedHead = {
  readonly from: HeadSource
  readonly size: number
  readonly written: string
  readonly open: () => Checkpoint | undefined
}

/** What was kept elsewhere binds first, then what was handed out, the database last. */
const preference: readonly HeadSource[] = ['given', 'journal', 'folder', 'database']

/** So many of the latest are looked at: the tree is bound by the largest one that it leads to. */
const latest = 256

/** Where a line of the journal tells of a checkpoint: its note. */
const noteIn = (line: string): string | undefined => {
  try {
    const given: unknown = JSON.parse(line)
    if (typeof given !== 'object' || given === null || !('note' in given)) return undefined
    return typeof given.note === 'string' ? given.note : undefined
  } catch {
    return undefined
  }
}

const linesOf = ({ folder }: Scene, hash: TreeName['hash']): readonly string[] => {
  if (!folder) return []
  const place = checkpointsPath(hash, 0).split('/')[1]
  const files = folder.list('journal').filter((path) => path.split('/')[1] === place)
  return files.slice(-2).flatMap(folder.lines)
}

const notesOf = async (
  scene: Scene,
  { log, hash }: TreeName,
  given: string | undefined,
): Promise<readonly (readonly [HeadSource, string])[]> => {
  const { rows } = await scene.db.query<{ note: string }>(
    'select note from ledger.checkpoint where log = $1 and hash = $2 order by size desc limit $3',
    [log, hash, latest],
  )
  const published = scene.folder?.read(`public/${publicPath(hash, 'checkpoint')}`)
  return [
    ...(given === undefined ? [] : [['given', given] as const]),
    ...linesOf(scene, hash).flatMap((line) => {
      const note = noteIn(line)
      return note === undefined ? [] : [['journal', note] as const]
    }),
    ...(published ? [['folder', published.toString('utf8')] as const] : []),
    ...rows.map(({ note }) => ['database', note] as const),
  ]
}

/** The latest checkpoints of a tree from everywhere, the largest first. */
export const signedHeads = async (
  scene: Scene,
  tree: TreeName,
  origin: string,
  given?: string,
): Promise<readonly SignedHead[]> => {
  const notes = await notesOf(scene, tree, given)
  const heads = notes.flatMap(([from, written]): SignedHead[] => {
    const size = readCheckpoint(written)?.checkpoint.size
    return size === undefined ? [] : [{ from, size, written, open: () => scene.keys.open(written, origin) }]
  })
  const place = ({ from }: SignedHead): number => preference.indexOf(from)
  return heads.sort((a, b) => b.size - a.size || place(a) - place(b))
}
