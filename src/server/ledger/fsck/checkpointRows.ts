import { join } from 'node:path'
import { checkpointLine, isSealed, type KeptCheckpoint } from '#server/ledger/checkpointLine.ts'
import { writeWhole } from '#server/ledger/secondHome.ts'
import { sameBytes } from '#translog/merkle.ts'
import { tileWidth } from '#translog/tile.ts'
import type { Mend } from './found.ts'
import { type KeptFile, readKeptFile } from './keptCheckpoints.ts'
import type { Scene } from './scene.ts'
import { tellStray } from './strays.ts'
import type { TreeChecked } from './treeScene.ts'
import { nameOf } from './words.ts'

type Row = {
  readonly size: number
  readonly root: Buffer
  readonly note: string
  readonly signed_at: Date
  readonly exact: boolean
  readonly seal: string | null
}

/** Of so many files' sizes at once. */
const bucketsAtOnce = 64

const rowsIn = async (
  { db }: Pick<Scene, 'db'>,
  { name }: TreeChecked,
  bucket: number,
  buckets = 1,
): Promise<readonly Row[]> => {
  const { rows } = await db.query<Row>({
    name: 'fsck-checkpoints',
    text: `select size::float8 as size, root, note, signed_at, date_trunc('milliseconds', signed_at) = signed_at as exact, seal
      from ledger.checkpoint where log = $1 and hash = $2 and size >= $3 and size < $4 order by size`,
    values: [name.log, name.hash, bucket * tileWidth, (bucket + buckets) * tileWidth],
  })
  return rows
}

const key = 'log = $1 and hash = $2 and size = $3'

const restoreRow = ({ name }: TreeChecked, kept: KeptCheckpoint, root: Uint8Array, what: string): Mend => ({
  phase: 'log',
  key: `checkpoint ${name.log} ${name.hash} ${kept.size}`,
  step: `恢复${what}`,
  run: async ({ db, putAside }) => {
    const values = [name.log, name.hash, kept.size]
    await putAside('ledger.checkpoint', key, values, 'altered')
    await db.query(
      'insert into ledger.checkpoint (log, hash, size, root, note, signed_at, seal) values ($1, $2, $3, $4, $5, $6, $7)',
      [...values, Buffer.from(root), kept.note, kept.signedAt, kept.seal],
    )
  },
})

/** The file anew: lines that are in order stay as they are, the others are written from their rows. */
const rewriteFile = (checked: TreeChecked, bucket: number, { path, bySize }: KeptFile): Mend => ({
  phase: 'files',
  key: path,
  step: `重写第二存放处的 ${path}`,
  run: async ({ db, home }) => {
    const lines = (await rowsIn({ db }, checked, bucket)).flatMap((row) => {
      const line = bySize.get(row.size)
      const kept = line ?? keptIn(checked, row)
      return kept ? [`${checkpointLine(kept, line?.again)}\n`] : []
    })
    if (home) await writeWhole(join(home.folder, path), lines.join(''), 0o600)
  },
})

const keptIn = ({ name }: TreeChecked, { size, note, signed_at, seal }: Row): KeptCheckpoint | undefined =>
  seal === null ? undefined : { ...name, size, note, signedAt: signed_at, seal }

/** Signed by the log's key over this very tree. */
const isOfTree = (scene: Scene, { tree, origin }: TreeChecked, { size, root, note }: Row): boolean => {
  const signed = scene.keys.open(note, origin)
  if (signed?.size !== size || size > tree.size) return false
  return sameBytes(signed.root, root) && sameBytes(tree.rootAt(size), root)
}

const isTimeSealed = (scene: Scene, checked: TreeChecked, row: Row): boolean => {
  const kept = keptIn(checked, row)
  const verifier = scene.keys.verifierOf(checked.origin)
  if (!kept || !verifier || !row.exact) return false
  const text = `seal ${kept.seal} ${kept.signedAt.toISOString()} ${kept.log} ${kept.hash} ${kept.note}`
  return scene.memory.signatures(text, () => isSealed(kept, verifier))
}

const agrees = (row: Row, line: KeptCheckpoint): boolean =>
  line.note === row.note && line.seal === row.seal && line.signedAt.getTime() === row.signed_at.getTime()

/** The largest checkpoint in the database may not lie in the folder yet: it is written there a moment later. */
const momentLater = async (scene: Scene, look: () => KeptFile, size: number): Promise<KeptFile> => {
  let file = look()
  if (file.bySize.has(size)) return file
  await scene.soon(() => {
    file = look()
    return file.bySize.has(size)
  })
  return file
}

export type CheckpointsChecked = {
  readonly rows: number
  /** Sizes at which the folder was published to, for the partial tiles that must lie there. */
  readonly published: readonly number[]
  /** The largest one that stands, or is to be put back: what must lie in the folder. */
  readonly latest: { readonly size: number; readonly note: string } | undefined
}

/** Every checkpoint, in the database and in the second folder, against the tree. */
export const checkCheckpointRows = async (scene: Scene, checked: TreeChecked): Promise<CheckpointsChecked> => {
  const { name, tree, place: common } = checked
  const { rows: ends } = await scene.db.query<{ largest: number | null; beyond: number[] | null }>(
    `select (max(size) filter (where size <= $3))::float8 as largest, (array_agg(size) filter (where size > $3))::float8[] as beyond
     from ledger.checkpoint where log = $1 and hash = $2`,
    [name.log, name.hash, tree.size],
  )
  const [{ largest, beyond } = { largest: null, beyond: null }] = ends
  for (const size of beyond ?? [])
    tellStray(scene, { table: 'ledger.checkpoint', size, ...common }, key, [name.log, name.hash, size])
  const published: number[] = []
  let count = 0
  let latest: { readonly size: number; readonly note: string } | undefined
  const buckets = Math.floor(tree.size / tileWidth) + 1
  for (let first = 0; first < buckets; first += bucketsAtOnce) {
    const found = await rowsIn(scene, checked, first, bucketsAtOnce)
    const byBucket = Map.groupBy(found, ({ size }) => Math.floor(size / tileWidth))
    for (let bucket = first; bucket < Math.min(buckets, first + bucketsAtOnce); bucket += 1) {
      const rows = (byBucket.get(bucket) ?? []).filter(({ size }) => size <= tree.size)
      const look = (): KeptFile => readKeptFile(scene, checked, bucket)
      const last = rows.at(-1)?.size
      const file =
        scene.folder && last !== undefined && last === largest ? await momentLater(scene, look, last) : look()
      count += rows.length
      const standing = await checkBucket(scene, checked, bucket, rows, file)
      for (const [size, note] of standing) latest = { size, note }
      published.push(...[...standing.keys()].filter((size) => file.bySize.get(size)?.again === undefined))
    }
    scene.onProgress('核对存证快照', Math.min(buckets, first + bucketsAtOnce), buckets)
  }
  return { rows: count, published, latest }
}

/** Signed after the snapshot was taken: the row is there by now. */
const isThereByNow = async ({ live }: Scene, { name }: TreeChecked, size: number): Promise<boolean> => {
  const { rows } = await live.query(`select from ledger.checkpoint where ${key}`, [name.log, name.hash, size])
  return rows.length > 0
}

/** Gives the notes of those that stand, or are to be put back, by size. */
const checkBucket = async (
  scene: Scene,
  checked: TreeChecked,
  bucket: number,
  rows: readonly Row[],
  file: KeptFile,
): Promise<ReadonlyMap<number, string>> => {
  const { tree, name, place: common } = checked
  const there = new Set(rows.map(({ size }) => size))
  const placeOf = (size: number) => ({ table: 'ledger.checkpoint' as const, size, ...common })
  const mendFrom = (line: KeptCheckpoint): readonly Mend[] => [
    restoreRow(checked, line, tree.rootAt(line.size), nameOf(placeOf(line.size))),
  ]
  const standing = new Map([...file.bySize.values()].map(({ size, note }) => [size, note] as const))
  for (const row of rows) {
    const line = file.bySize.get(row.size)
    const ofTree = isOfTree(scene, checked, row)
    const timed = row.seal === null ? !line && row.exact : isTimeSealed(scene, checked, row)
    const place = placeOf(row.size)
    if (ofTree && timed && (!line || agrees(row, line))) {
      standing.set(row.size, row.note)
      continue
    }
    const forged = !ofTree && scene.keys.open(row.note, checked.origin)?.size === row.size
    const mends = line ? mendFrom(line) : undefined
    if (forged)
      scene.tell({
        kind: 'forked',
        ...place,
        message: `${nameOf(place)}：用存证密钥签了另一棵树；密钥已经被人盗用或滥用`,
        remedy: mends
          ? '运行 bihuan ledger fsck --repair 恢复原来的一份；另起存证，换用新的密钥'
          : '保留现场；由两个岗位决定另起存证',
        ...(mends && { mends }),
      })
    else if (!line && !ofTree) tellStray(scene, place, key, [name.log, name.hash, row.size])
    else
      scene.tell({
        kind: 'rowAltered',
        ...place,
        columns: ofTree ? ['signed_at', 'seal'] : ['note', 'root'],
        message: ofTree ? `${nameOf(place)}：签发时间与封存的不符` : `${nameOf(place)}：不是签发的那一份`,
        ...(mends && { mends }),
      })
  }
  for (const [size, line] of file.bySize) {
    if (there.has(size) || (await isThereByNow(scene, checked, size))) continue
    const place = placeOf(size)
    scene.tell({ kind: 'rowMissing', ...place, message: `${nameOf(place)}：不在了`, mends: mendFrom(line) })
  }
  const inOrder = new Map([...standing].sort(([a], [b]) => a - b))
  if (!scene.folder) return inOrder
  const lacking = [...standing.keys()].filter((one) => !file.bySize.has(one))
  if (!file.spoiled && lacking.length === 0) return inOrder
  const place = { table: 'journal', path: file.path }
  const sizes = lacking.length > 0 ? `，缺大小为 ${lacking.slice(0, 5).join('、')} 的` : ''
  scene.tell({
    kind: file.there ? 'fileAltered' : 'fileMissing',
    ...place,
    message: `${nameOf(place)}：${file.there ? '被改动' : '不在了'}${sizes}`,
    mends: [rewriteFile(checked, bucket, file)],
  })
  return inOrder
}
