import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { openCheckpoint, readCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Verifier } from '#translog/ed25519.ts'
import { hashTree } from '#translog/hashTree.ts'
import { toHex } from '#translog/hex.ts'
import { leafHash } from '#translog/leaf.ts'
import { hashBytes, sameBytes } from '#translog/merkle.ts'
import { readVkey } from '#translog/signedNote.ts'
import { entriesPath, readBundle, type TileAt, tilePath, tilesSince, tileWidth, widthOf } from '#translog/tile.ts'

/** What is wrong with a log in a folder: which entry, which file. */
export type LogFault = { readonly path: string; readonly index?: number; readonly message: string }

export type LogFolderReport = {
  readonly origin: string
  readonly size: number
  readonly root: string
  readonly entries: number
  readonly tiles: number
  readonly faults: readonly LogFault[]
  readonly sound: boolean
}

const readIfThere = async (path: string): Promise<Buffer | undefined> => (existsSync(path) ? readFile(path) : undefined)

/** A partial file is also the beginning of any wider one, the full one last. */
const candidates = (width: number, paths: (width: number) => string): readonly string[] =>
  width === tileWidth ? [paths(width)] : [paths(width), paths(tileWidth)]

type Reader = (path: string) => Promise<Buffer | undefined>

const tileIn = async (read: Reader, at: TileAt): Promise<{ path: string; bytes: Buffer } | undefined> => {
  for (const path of candidates(at.width, (width) => tilePath({ ...at, width }))) {
    const bytes = await read(path)
    if (bytes) return { path, bytes: bytes.subarray(0, at.width * hashBytes) }
  }
  return undefined
}

const bundleIn = async (read: Reader, index: number, width: number) => {
  for (const path of candidates(width, (each) => entriesPath({ index, width: each }))) {
    const bytes = await read(path)
    const entries = bytes && readBundle(bytes, path.includes('.p/') ? width : tileWidth)
    if (bytes) return { path, entries: entries?.slice(0, width) }
  }
  return undefined
}

const differsAt = (one: Uint8Array, other: Uint8Array): number => {
  for (let at = 0; at * hashBytes < one.length; at += 1) {
    const [from, to] = [at * hashBytes, (at + 1) * hashBytes]
    if (!sameBytes(one.subarray(from, to), other.subarray(from, to))) return at
  }
  return -1
}

/**
 * A tlog-tiles log in a folder, checked against its own signed checkpoint without server or database: the signature, every
 * entry, every tile, the root. Every entry that is not the one that was signed is named.
 */
export const verifyLogFolder = async (
  folder: string,
  vkey: string | undefined,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<LogFolderReport | { readonly refused: string }> => {
  const root = existsSync(join(folder, 'public', 'checkpoint')) ? join(folder, 'public') : folder
  const read: Reader = (path) => readIfThere(join(root, path))
  const written = (await read('checkpoint'))?.toString('utf8')
  const shown = written === undefined ? undefined : readCheckpoint(written)
  if (written === undefined || !shown) return { refused: '文件夹里没有读得出来的 checkpoint，不是一套存证' }
  const key = vkey === undefined ? undefined : readVkey(vkey)
  const verifier = key && ed25519Verifier(key, nodeEd25519)
  if (!verifier) return { refused: '没有可用的公钥；用 --key 给出日志的公钥（bihuan ledger keys 可以看到）' }
  if (!openCheckpoint(written, verifier))
    return { refused: `快照不是这把公钥签的：快照写的是 ${shown.checkpoint.origin}，公钥是 ${verifier.name}` }

  const { origin, size, root: signedRoot } = shown.checkpoint
  const faults: LogFault[] = []
  const leaves = new Uint8Array(size * hashBytes)
  for (let index = 0; index * tileWidth < size; index += 1) {
    const width = widthOf(0, index, size)
    const [bundle, tile] = await Promise.all([bundleIn(read, index, width), tileIn(read, { level: 0, index, width })])
    const first = index * tileWidth
    if (!bundle?.entries)
      faults.push({
        path: bundle?.path ?? entriesPath({ index, width }),
        message: `第 ${first} 到 ${first + width - 1} 条的内容${bundle ? '长度不对，被截短或者加长过' : '缺失'}`,
      })
    for (let at = 0; at < width; at += 1) {
      const entry = bundle?.entries?.[at]
      const own = entry && leafHash(entry, nodeSha256)
      const inTile = tile?.bytes.subarray(at * hashBytes, (at + 1) * hashBytes)
      leaves.set(own ?? (inTile?.length === hashBytes ? inTile : new Uint8Array(hashBytes)), (first + at) * hashBytes)
      if (own && inTile && !sameBytes(own, inTile))
        faults.push({
          path: bundle?.path ?? '',
          index: first + at,
          message: `第 ${first + at} 条的内容与校验值不符：内容算出 ${toHex(own).slice(0, 16)}，登记的是 ${toHex(inTile).slice(0, 16)}`,
        })
    }
    if (index % 100 === 0) onProgress(first, size)
  }

  const tree = hashTree(leaves, nodeSha256)
  let tiles = 0
  for (const at of tilesSince(0, size)) {
    tiles += 1
    const found = await tileIn(read, at)
    const own = tree.tile(at.level, at.index, at.width)
    if (!found) faults.push({ path: tilePath(at), message: `校验值文件缺失` })
    else if (own && found.bytes.length !== own.length) faults.push({ path: found.path, message: '校验值文件长度不对' })
    else if (own && at.level > 0 && differsAt(own, found.bytes) >= 0)
      faults.push({ path: found.path, message: `第 ${at.level} 层第 ${differsAt(own, found.bytes)} 个校验值不符` })
  }
  const grown = tree.rootAt(size)
  if (!sameBytes(grown, signedRoot))
    faults.push({
      path: 'checkpoint',
      message: `全部 ${size} 条算出的根是 ${toHex(grown).slice(0, 16)}，签名的是 ${toHex(signedRoot).slice(0, 16)}`,
    })
  return { origin, size, root: toHex(signedRoot), entries: size, tiles, faults, sound: faults.length === 0 }
}
