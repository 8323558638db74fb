import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readEntries } from '#server/ledger/entries.ts'
import { writeWhole } from '#server/ledger/secondHome.ts'
import { publicPath } from '#server/ledger/treeKinds.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { leafHash } from '#translog/leaf.ts'
import { hashBytes, sameBytes } from '#translog/merkle.ts'
import { bundleBytes, entriesPath, parseTilePath, readBundle, tilePath, tileWidth, widthOf } from '#translog/tile.ts'
import type { CheckpointsChecked } from './checkpointRows.ts'
import type { Folder } from './folder.ts'
import type { Mend } from './found.ts'
import type { LeafHashes } from './leafHashes.ts'
import type { Scene } from './scene.ts'
import type { TreeChecked } from './treeScene.ts'
import { nameOf } from './words.ts'

type InFolder = Scene & { readonly folder: Folder }

const place = (path: string) => ({ table: path.startsWith('journal/') ? 'journal' : 'public', path })

const write = (path: string, content: (db: Scene['db']) => Promise<Uint8Array | string>): Mend => ({
  phase: 'files',
  key: path,
  step: `重写第二存放处的 ${path}`,
  run: async ({ db, home }) => {
    if (!home) return
    await writeWhole(join(home.folder, path), await content(db), 0o644)
    // The full tile stands for every part of it.
    await rm(join(home.folder, `${path}.p`), { recursive: true, force: true })
  },
})

/** Out of the way and not away. */
export const moveAside = (path: string): Mend => ({
  phase: 'files',
  key: path,
  step: `第二存放处的 ${path} 移入 quarantine`,
  run: async ({ home }) => {
    if (!home) return
    const to = join(home.folder, 'quarantine', path)
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    await rename(join(home.folder, path), to)
  },
})

/** A file that is no part of the log. */
export const tellAlienFile = (scene: Scene, path: string): void =>
  scene.tell({
    kind: 'fileAlien',
    ...place(path),
    message: `${nameOf(place(path))}：不是存证的文件`,
    mends: [moveAside(path)],
  })

export const checkpointFile = ({ name }: TreeChecked): string => `public/${publicPath(name.hash, 'checkpoint')}`

/** The checkpoint in the folder is the latest one; a new one comes there a moment after it is in the database. */
export const checkCheckpointFile = async (
  scene: InFolder,
  checked: TreeChecked,
  latest: CheckpointsChecked['latest'],
): Promise<void> => {
  const path = checkpointFile(checked)
  const { origin, tree } = checked
  const judge = (): 'right' | 'missing' | 'altered' | 'old' | 'forked' => {
    const written = scene.folder.read(path)?.toString('utf8')
    if (written === undefined) return latest ? 'missing' : 'right'
    if (written === latest?.note) return 'right'
    const signed = scene.keys.open(written, origin)
    if (!signed) return 'altered'
    // Signed after this snapshot was taken, or told as lost where it was not.
    if (signed.size > tree.size) return 'right'
    if (!sameBytes(tree.rootAt(signed.size), signed.root)) return 'forked'
    if (signed.size > (latest?.size ?? 0)) return 'right'
    return signed.size < (latest?.size ?? 0) ? 'old' : 'altered'
  }
  let found = judge()
  if (found === 'missing' || found === 'old')
    await scene.soon(() => {
      found = judge()
      return found !== 'missing' && found !== 'old'
    })
  if (found === 'right') return
  const words = {
    missing: '不在了',
    altered: '不是存证密钥签发的那一份',
    old: '是旧的一份，或者签发以后没有写完',
    forked: '用存证密钥签了另一棵树；密钥已经被人盗用或滥用',
  }
  scene.tell({
    kind: found === 'missing' ? 'fileMissing' : found === 'forked' ? 'forked' : 'fileAltered',
    ...place(path),
    message: `${nameOf(place(path))}：${words[found]}`,
    ...(latest && { mends: [write(path, async () => latest.note)] }),
  })
}

/** The partial tiles and bundles that were published on the way, as long as nothing full has taken their place. */
const partialWidths = (published: readonly number[], size: number, level: number): readonly number[] => {
  const tile = Math.floor(size / tileWidth ** (level + 1))
  const widths = [...published, size].map((at) => (at > size ? 0 : widthOf(level, tile, at)))
  return [...new Set(widths)].filter((width) => width > 0 && width < tileWidth)
}

const expectedPaths = ({ tree, name }: TreeChecked, published: readonly number[], size: number): Set<string> => {
  const paths = new Set<string>()
  const add = (level: number, index: number, width: number): void => {
    paths.add(publicPath(name.hash, tilePath({ level, index, width })))
    if (level === 0 && name.hash === 'sha256') paths.add(entriesPath({ index, width }))
  }
  for (let level = 0; level < tree.levels; level += 1) {
    const full = Math.floor(size / tileWidth ** (level + 1))
    for (let index = 0; index < full; index += 1) add(level, index, tileWidth)
    for (const width of partialWidths(published, size, level)) add(level, full, width)
  }
  return paths
}

export type PublicOptions = {
  readonly leaves: LeafHashes
  readonly checkpoints: CheckpointsChecked
  /** Entries in the database at this moment, which may be more than in the snapshot. */
  readonly liveSize: () => Promise<number>
}

/** Tiles and bundles of a tree in the second folder, each against the tree. Gives how many files there are. */
export const checkPublicFiles = async (
  scene: InFolder,
  checked: TreeChecked,
  { leaves, checkpoints, liveSize }: PublicOptions,
): Promise<number> => {
  const { name, tree } = checked
  const size = checkpoints.latest?.size ?? 0
  const missing = expectedPaths(checked, checkpoints.published, size)
  const prefix = publicPath(name.hash, '')
  const others = name.hash === 'sha256' ? ['public/sm3/'] : []
  const paths = scene.folder
    .list('public')
    .filter((path) => path.startsWith(`public/${prefix}`) && !others.some((other) => path.startsWith(other)))
    .filter((path) => path !== checkpointFile(checked))

  const rightBundle = (bytes: Buffer, index: number, width: number): boolean => {
    const entries = readBundle(bytes, width)
    // Compared with the tree already, entry by entry.
    if (
      entries &&
      width === tileWidth &&
      (index + 1) * tileWidth <= (leaves.signed?.size ?? 0) &&
      !leaves.disputed.has(index)
    )
      return true
    const wanted = tree.tile(0, index, width)
    return (
      entries !== undefined &&
      wanted !== undefined &&
      entries.every((entry, at) =>
        sameBytes(leafHash(entry, nodeSha256), wanted.subarray(at * hashBytes, (at + 1) * hashBytes)),
      )
    )
  }
  const contentOf = (path: string): ((db: Scene['db']) => Promise<Uint8Array>) | undefined => {
    const at = parseTilePath(path.slice('public/'.length + prefix.length))
    if (!at) return undefined
    const from = at.index * tileWidth
    if (at.kind === 'entries') return async (db) => bundleBytes(await readEntries(db, name.log, from, from + at.width))
    const content = tree.tile(at.level, at.index, at.width)
    return content && (async () => content)
  }

  let newest: number | undefined
  for (const [done, path] of paths.entries()) {
    const within = path.slice('public/'.length)
    missing.delete(within)
    const at = parseTilePath(within.slice(prefix.length))
    if (!at) {
      tellAlienFile(scene, path)
      continue
    }
    const level = at.kind === 'tile' ? at.level : 0
    const end = (at.index * tileWidth + at.width) * tileWidth ** level
    if (end > tree.size) {
      newest ??= await liveSize()
      if (end > newest) tellAlienFile(scene, path)
      continue
    }
    const bytes = scene.folder.read(path)
    // Its full tile took its place meanwhile.
    if (!bytes) continue
    const right =
      at.kind === 'entries'
        ? rightBundle(bytes, at.index, at.width)
        : bytes.equals(tree.tile(at.level, at.index, at.width) ?? Buffer.alloc(0))
    const content = contentOf(path)
    if (!right)
      scene.tell({
        kind: 'fileAltered',
        ...place(path),
        message: `${nameOf(place(path))}：与存证的树不符${spoiltEntry(bytes, at, tree.tile(0, at.index, at.width))}`,
        ...(content && { mends: [write(path, content)] }),
      })
    if (done % 512 === 0) scene.onProgress('核对第二存放处', done, paths.length)
  }
  for (const within of missing) {
    const path = `public/${within}`
    if (isTakenOver(scene.folder, path)) continue
    const content = contentOf(path)
    scene.tell({
      kind: 'fileMissing',
      ...place(path),
      message: `${nameOf(place(path))}：不在了`,
      ...(content && { mends: [write(path, content)] }),
    })
  }
  return paths.length
}

/** A partial tile goes when the full one is there. */
const isTakenOver = (folder: Folder, path: string): boolean => {
  const full = path.replace(/\.p\/\d+$/, '')
  return full !== path && folder.read(full) !== undefined
}

/** Which entry of a bundle, or which hash of a tile, is another one. */
const spoiltEntry = (
  bytes: Buffer,
  at: NonNullable<ReturnType<typeof parseTilePath>>,
  wanted: Uint8Array | undefined,
): string => {
  if (!wanted || (at.kind === 'tile' && at.level > 0)) return ''
  const hashes =
    at.kind === 'entries'
      ? readBundle(bytes, at.width)?.map((entry) => leafHash(entry, nodeSha256))
      : Array.from({ length: at.width }, (_, place) => bytes.subarray(place * hashBytes, (place + 1) * hashBytes))
  const other = hashes?.findIndex(
    (hash, place) => !sameBytes(hash, wanted.subarray(place * hashBytes, (place + 1) * hashBytes)),
  )
  return other === undefined || other < 0 ? '' : `，从第 ${at.index * tileWidth + other} 条起`
}
