import { type Checkpoint, openCheckpoint, readCheckpoint } from './checkpoint.ts'
import { type Hasher, nobleSha256 } from './hasher.ts'
import { type HashTree, hashTree } from './hashTree.ts'
import { leafHash } from './leaf.ts'
import { hashBytes, sameBytes } from './merkle.ts'
import { type Dispute, signedLeaves, slotsIn } from './signedLeaves.ts'
import type { Verifier } from './signedNote.ts'
import { entriesPath, readBundle, readTile, tilePath, tileWidth, widthOf } from './tile.ts'
import { textOf } from './utf8.ts'

/** A C2SP tlog-tiles log as files: the bytes at a path, undefined where nothing lies there. */
export type LogReader = (path: string) => Uint8Array | undefined

export type LogFault =
  /** There is no checkpoint, it is none, or the key did not sign it. */
  | { readonly step: 'checkpoint'; readonly problem: 'missing' | 'form' | 'signature'; readonly origin?: string }
  | { readonly step: 'missing'; readonly path: string }
  /** The file is not made up of so many hashes or entries. */
  | { readonly step: 'form'; readonly path: string }
  /** The entry of that index is not the one that was signed. */
  | { readonly step: 'entry'; readonly path: string; readonly index: number }
  /** The hash at that place of the tile is not that of the signed tree. */
  | { readonly step: 'hash'; readonly path: string; readonly place: number }
  /** Entries and tiles agree, or neither does, and what is there is not the tree that was signed. */
  | { readonly step: 'root'; readonly size: number; readonly signed: Uint8Array }

export type LogVerdict = {
  readonly ok: boolean
  readonly checkpoint: Checkpoint | undefined
  /** The entries that were looked at. */
  readonly entries: number
  readonly tiles: number
  readonly faults: readonly LogFault[]
}

export type VerifyLogOptions = {
  /** The log's key, from somewhere else than the folder. */
  readonly log: Verifier
  readonly hash?: Hasher
  readonly onProgress?: (done: number, of: number) => void
}

/** The file of that width, or the first part of the full one that has taken its place. */
const readPart = (read: LogReader, path: (width: number) => string, width: number) => {
  const own = read(path(width))
  if (own) return { bytes: own, width, path: path(width) }
  const full = width < tileWidth ? read(path(tileWidth)) : undefined
  return full && { bytes: full, width: tileWidth, path: path(tileWidth) }
}

type Bundle = { readonly entries: Uint8Array | undefined; readonly tile: Uint8Array | undefined }

/** Everything of the log below its checkpoint: each entry, each tile, the root; every fault named. Never throws. */
export const verifyLog = (read: LogReader, options: VerifyLogOptions): LogVerdict => {
  const { log, hash = nobleSha256, onProgress = () => undefined } = options
  const faults: LogFault[] = []
  const fail = (fault: LogFault): void => {
    faults.push(fault)
  }
  const nothing = (fault: LogFault): LogVerdict => ({
    ok: false,
    checkpoint: undefined,
    entries: 0,
    tiles: 0,
    faults: [fault],
  })

  const bytes = read('checkpoint')
  if (!bytes) return nothing({ step: 'checkpoint', problem: 'missing' })
  const written = textOf(bytes)
  const claimed = written === undefined ? undefined : readCheckpoint(written)?.checkpoint
  if (written === undefined || !claimed) return nothing({ step: 'checkpoint', problem: 'form' })
  const checkpoint = openCheckpoint(written, log)?.checkpoint
  if (!checkpoint) return nothing({ step: 'checkpoint', problem: 'signature', origin: claimed.origin })
  const { size, root } = checkpoint
  let tiles = 0

  const readBundleAt = (index: number, width: number): Bundle => {
    const bundle = readPart(read, (of) => entriesPath({ index, width: of }), width)
    const tile = readPart(read, (of) => tilePath({ level: 0, index, width: of }), width)
    if (!bundle) fail({ step: 'missing', path: entriesPath({ index, width }) })
    if (!tile) fail({ step: 'missing', path: tilePath({ level: 0, index, width }) })
    else tiles += 1
    const entries = bundle && readBundle(bundle.bytes, bundle.width)
    if (bundle && !entries) fail({ step: 'form', path: bundle.path })
    const hashes = tile && readTile(tile.bytes, tile.width)
    if (tile && !hashes) fail({ step: 'form', path: tile.path })
    const leaves = entries && new Uint8Array(width * hashBytes)
    if (leaves)
      for (let at = 0; at < width; at += 1)
        leaves.set(leafHash(entries?.[at] ?? new Uint8Array(0), hash), at * hashBytes)
    return { entries: leaves, tile: hashes && tile.bytes.subarray(0, width * hashBytes) }
  }

  const agreed = new Uint8Array(size * hashBytes)
  const disputes: Dispute[] = []
  const bundles: Map<number, Bundle> = new Map()
  for (let index = 0; index * tileWidth < size; index += 1) {
    const width = widthOf(0, index, size)
    const bundle = readBundleAt(index, width)
    const { entries, tile } = bundle
    if (entries && tile && sameBytes(entries, tile)) agreed.set(entries, index * tileWidth * hashBytes)
    else {
      bundles.set(index, bundle)
      const sources = new Map(
        [['entries', entries] as const, ['tile', tile] as const].flatMap(([name, hashes]) =>
          hashes ? [[name, slotsIn(hashes)] as const] : [],
        ),
      )
      disputes.push({ bundle: index, sources })
    }
    if (index % 64 === 0) onProgress(index * tileWidth, size)
  }
  const leaves = signedLeaves(agreed, disputes, hash).find(size, root)
  if (!leaves) {
    tellDisagreements(bundles, size, fail)
    fail({ step: 'root', size, signed: root })
    return { ok: false, checkpoint, entries: size, tiles, faults }
  }
  const tree = hashTree(leaves, hash)
  for (const [index, bundle] of bundles) tellBundle(tree, index, widthOf(0, index, size), bundle, fail)
  for (let level = 1; level < tree.levels; level += 1)
    for (let index = 0; widthOf(level, index, size) > 0; index += 1) {
      const width = widthOf(level, index, size)
      const tile = readPart(read, (of) => tilePath({ level, index, width: of }), width)
      if (!tile) fail({ step: 'missing', path: tilePath({ level, index, width }) })
      else {
        tiles += 1
        tellTile(tree, { level, index, width }, tile, fail)
      }
    }
  return { ok: faults.length === 0, checkpoint, entries: size, tiles, faults }
}

const hashIn = (bytes: Uint8Array, place: number): Uint8Array =>
  bytes.subarray(place * hashBytes, (place + 1) * hashBytes)

/** Which of the two is another one than the signed tree's, entry by entry and hash by hash. */
const tellBundle = (
  tree: HashTree,
  index: number,
  width: number,
  { entries, tile }: Bundle,
  fail: (fault: LogFault) => void,
): void => {
  const wanted = tree.tile(0, index, width) ?? new Uint8Array(0)
  for (let place = 0; place < width; place += 1) {
    const right = hashIn(wanted, place)
    if (entries && !sameBytes(hashIn(entries, place), right))
      fail({ step: 'entry', path: entriesPath({ index, width }), index: index * tileWidth + place })
    if (tile && !sameBytes(hashIn(tile, place), right))
      fail({ step: 'hash', path: tilePath({ level: 0, index, width }), place })
  }
}

const tellTile = (
  tree: HashTree,
  at: { readonly level: number; readonly index: number; readonly width: number },
  tile: { readonly bytes: Uint8Array; readonly width: number; readonly path: string },
  fail: (fault: LogFault) => void,
): void => {
  const hashes = readTile(tile.bytes, tile.width)
  if (!hashes) {
    fail({ step: 'form', path: tile.path })
    return
  }
  const wanted = tree.tile(at.level, at.index, at.width) ?? new Uint8Array(0)
  for (let place = 0; place < at.width; place += 1)
    if (!sameBytes(hashes[place] ?? new Uint8Array(0), hashIn(wanted, place)))
      fail({ step: 'hash', path: tile.path, place })
}

/** Where the signed tree is found nowhere: at least where entries and tiles do not agree with one another. */
const tellDisagreements = (
  bundles: ReadonlyMap<number, Bundle>,
  size: number,
  fail: (fault: LogFault) => void,
): void => {
  for (const [index, { entries, tile }] of bundles) {
    const width = widthOf(0, index, size)
    if (!entries || !tile) continue
    for (let place = 0; place < width; place += 1)
      if (!sameBytes(hashIn(entries, place), hashIn(tile, place)))
        fail({ step: 'entry', path: entriesPath({ index, width }), index: index * tileWidth + place })
  }
}
