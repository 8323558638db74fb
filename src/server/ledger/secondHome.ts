import { existsSync } from 'node:fs'
import { chmod, mkdir, open, readFile, rename, rm, stat, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { tileWidth } from '#translog/tile.ts'
import type { TreeName } from './tiles.ts'
import { LedgerTrouble } from './trouble.ts'

/**
 * The second folder: the log as plain files, on another disk, a USB stick or a share, where the installation has one.
 *
 *     public/…    checkpoint, tile/…: a C2SP tlog-tiles log that any web server can hand out
 *     journal/…   what rows are restored from, entries and checkpoints; for its owner alone
 */
export type SecondHome = {
  readonly folder: string
  readonly publicFile: (path: string) => string
  readonly read: (path: string) => Promise<Buffer | undefined>
  /** Whole, or as it was: written beside, synced, renamed. */
  readonly write: (path: string, content: Uint8Array | string) => Promise<void>
  readonly remove: (path: string) => Promise<void>
  /** Appends entries' lines behind the first `from` lines of the journal, which must be there. */
  readonly appendJournal: (from: number, lines: readonly string[]) => Promise<void>
  readonly readJournal: (bundle: number) => Promise<readonly string[]>
  /** Keeps lines about checkpoints (see checkpointLine.ts) beside the journal, one a size. */
  readonly keepCheckpoint: (at: {
    readonly path: string
    readonly beginning: string
    readonly line: string
  }) => Promise<void>
  /** Puts what lies here aside as the log of that number: a new one begins beside it. Gives the last checkpoint put aside. */
  readonly archive: (log: number) => Promise<string | undefined>
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

const readIfThere = async (path: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const lengthIfThere = async (path: string): Promise<number | undefined> => {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const syncFolder = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

export const writeWhole = async (path: string, content: Uint8Array | string, mode: number): Promise<void> => {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(`${path}.new`, 'w', mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  await syncFolder(dirname(path))
}

/** Behind `length` bytes that are there already. */
const appendSynced = async (path: string, content: Uint8Array, length: number): Promise<void> => {
  const file = await open(path, 'a', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  if (length === 0) await syncFolder(dirname(path))
}

const three = (value: number): string => String(value).padStart(3, '0')

/** A thousand files a folder. */
const numberedPath = (number: number): string =>
  `${three(Math.floor(number / 1_000_000))}/${three(Math.floor(number / 1_000) % 1_000)}/${three(number % 1_000)}.jsonl`

/** 256 entries a file. */
export const journalPath = (bundle: number): string => `journal/${numberedPath(bundle)}`

/** The checkpoints of 256 sizes a file, those of the twin apart. */
export const checkpointsPath = (hash: TreeName['hash'], size: number): string =>
  `journal/checkpoints${hash === 'sha256' ? '' : `-${hash}`}/${numberedPath(Math.floor(size / tileWidth))}`

/** Reads journalPath. */
export const bundleIn = (path: string): number | undefined => {
  const [, millions, thousands, ones] = /^(\d{3,})[\\/](\d{3})[\\/](\d{3})\.jsonl$/.exec(path) ?? []
  return millions === undefined ? undefined : Number(millions) * 1_000_000 + Number(thousands) * 1_000 + Number(ones)
}

/** The length of the first `count` lines; undefined where there are fewer. */
const lengthOfLines = (content: Buffer, count: number): number | undefined => {
  let at = 0
  for (let line = 0; line < count; line += 1) {
    const end = content.indexOf(10, at)
    if (end < 0) return undefined
    at = end + 1
  }
  return at
}

/** What a medium says that keeps neither owners nor modes: FAT, exFAT, many shares. */
const cannotRestrict: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']

/** A stick that cannot restrict reading is better than none: it is told (journalIsOpen) and keeps nobody from using it. */
const restrictToOwner = async (path: string): Promise<void> => {
  try {
    await chmod(path, 0o700)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && cannotRestrict.includes(error.code))) throw error
  }
}

/** Whether others than its owner may read the journal; undefined where that cannot be seen. */
export const journalIsOpen = async (folder: string): Promise<boolean | undefined> => {
  // Windows shows modes that say nothing of who may read.
  if (process.platform === 'win32') return undefined
  try {
    return ((await stat(join(folder, 'journal'))).mode & 0o077) !== 0
  } catch {
    return undefined
  }
}

const makeFolders = async (folder: string): Promise<void> => {
  await mkdir(join(folder, 'public'), { recursive: true })
  await mkdir(join(folder, 'journal'), { recursive: true, mode: 0o700 })
  await restrictToOwner(join(folder, 'journal'))
}

/** The journal ends before entries that are already in the log: lines were taken out of it. */
const journalGap = (bundle: number, lines: number): LedgerTrouble =>
  new LedgerTrouble(
    'folder',
    `第二存放处的 ${journalPath(bundle)} 应至少有 ${lines} 行`,
    '运行 bihuan ledger fsck --repair 重写第二存放处',
  )

/** Where a log is put aside: a second time beside the first. */
const freeAside = (folder: string, log: number): { readonly path: string; readonly before: string | undefined } => {
  let before: string | undefined
  for (let copy = 1; ; copy += 1) {
    const path = join(folder, 'archive', copy === 1 ? `${log}` : `${log}-${copy}`)
    if (!existsSync(join(path, 'public'))) return { path, before }
    before = path
  }
}

export const openSecondHome = async (folder: string): Promise<SecondHome> => {
  await makeFolders(folder)
  const publicFile = (path: string): string => join(folder, 'public', path)

  /** How long the file is that was last written to: read anew only after a start or a failure. */
  let tail: { readonly bundle: number; readonly lines: number; readonly bytes: number } | undefined

  /** The length of the file's first lines, which are kept; what a broken-off write left behind them is cut off. */
  const keepLines = async (path: string, bundle: number, kept: number): Promise<number> => {
    // Another folder may have taken its place meanwhile: a stick that was pulled out, a backup of it put back.
    if (tail?.bundle === bundle && tail.lines === kept && (await lengthIfThere(path)) === tail.bytes) return tail.bytes
    const before = (await readIfThere(path)) ?? Buffer.alloc(0)
    const length = lengthOfLines(before, kept)
    if (length === undefined) throw journalGap(bundle, kept)
    if (length < before.length) await truncate(path, length)
    return length
  }

  const appendTo = async (bundle: number, kept: number, lines: readonly string[]): Promise<void> => {
    const path = join(folder, journalPath(bundle))
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const length = await keepLines(path, bundle, kept)
    tail = undefined
    const content = Buffer.from(lines.map((line) => `${line}\n`).join(''))
    await appendSynced(path, content, length)
    tail = { bundle, lines: kept + lines.length, bytes: length + content.length }
  }

  const keepCheckpoint: SecondHome['keepCheckpoint'] = async (kept) => {
    const path = join(folder, kept.path)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const before = (await readIfThere(path)) ?? Buffer.alloc(0)
    const length = before.lastIndexOf(10) + 1
    const lines = before.toString('utf8', 0, length).split('\n')
    if (lines.some((line) => line.startsWith(kept.beginning))) return
    if (length < before.length) await truncate(path, length)
    await appendSynced(path, Buffer.from(`${kept.line}\n`), length)
  }

  return {
    folder,
    publicFile,
    read: (path) => readIfThere(publicFile(path)),
    write: (path, content) => writeWhole(publicFile(path), content, 0o644),
    remove: (path) => rm(publicFile(path), { recursive: true, force: true }),
    appendJournal: async (from, lines) => {
      for (let done = 0; done < lines.length; ) {
        const at = from + done
        const kept = at % tileWidth
        const part = lines.slice(done, done + tileWidth - kept)
        await appendTo(Math.floor(at / tileWidth), kept, part)
        done += part.length
      }
    },
    keepCheckpoint,
    archive: async (log) => {
      if (log < 1) return undefined
      const free = freeAside(folder, log)
      if (await readIfThere(publicFile('checkpoint'))) {
        await mkdir(free.path, { recursive: true, mode: 0o700 })
        // The checkpoint goes last: broken off before, it is begun again, and what is aside already stays there.
        for (const part of ['journal', 'public'])
          if (!existsSync(join(free.path, part))) await rename(join(folder, part), join(free.path, part))
        await makeFolders(folder)
        tail = undefined
        return (await readIfThere(join(free.path, 'public', 'checkpoint')))?.toString('utf8')
      }
      return free.before && (await readIfThere(join(free.before, 'public', 'checkpoint')))?.toString('utf8')
    },
    readJournal: async (bundle) => {
      const content = await readIfThere(join(folder, journalPath(bundle)))
      return content ? content.toString('utf8').split('\n').slice(0, -1) : []
    },
  }
}
