import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { type FileKind, type FileType, kindLabels, sizeLimits } from './fileKinds.ts'
import { type Claim, recognise, refuseByName } from './recognise.ts'

export type StoredFile = {
  readonly sha256: string
  readonly size: number
  readonly mime: string
  readonly kind: FileKind
}

export type PutOptions = Claim & {
  /** Upper bound for this upload; the limit of the file's kind applies besides. */
  readonly maxBytes?: number
  /** Asked after the stream has ended: true when its source had stopped short (a limit of the parser, say). */
  readonly wasCutOff?: () => boolean
}

export type FileStore = {
  /** Resolves after the bytes and their name are on disk (fsync). The same content is kept once. */
  readonly put: (stream: AsyncIterable<Uint8Array>, options?: PutOptions) => Promise<Outcome<StoredFile>>
  readonly open: (
    sha256: string,
    range?: { readonly start: number; readonly end: number },
  ) => Promise<{ readonly size: number; readonly stream: ReadStream } | undefined>
  readonly stat: (sha256: string) => Promise<{ readonly size: number } | undefined>
  /** Reads the whole file and compares: what the log commits to must still be what lies here. */
  readonly verify: (sha256: string) => Promise<'intact' | 'damaged' | 'missing'>
  readonly pathOf: (sha256: string) => string
}

const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

export const isStorageFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(errorCode(error) ?? '')

export const storageFull: Outcome<never> = refuse({
  code: 'storageFull',
  message: '服务器磁盘已满，文件没有保存',
  remedy: '请通知管理员清理磁盘或扩容，之后重新上传；已经保存的文件不受影响',
})

const readable = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`

const tooLarge = (limit: number, kind?: FileKind): Outcome<never> =>
  refuse({
    code: 'fileTooLarge',
    message: `${kind === undefined ? '文件' : kindLabels[kind]}超过 ${readable(limit)}，没有保存`,
    remedy: kind === 'video' ? '请截取要紧的一段，或降低清晰度后上传' : '请压缩或拆分后上传',
    details: { maxBytes: limit },
  })

const cutOff: Outcome<never> = refuse({
  code: 'uploadInterrupted',
  message: '文件没有传完，没有保存',
  remedy: '请检查网络后重新上传',
})

const empty: Outcome<never> = refuse({
  code: 'fileEmpty',
  message: '文件是空的（0 字节）',
  remedy: '请打开原文件看看是否完好，再重新选择',
})

/** Opening a folder to flush it is a POSIX matter; Windows keeps its directory entries by itself. */
const flushFolder = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const hadSpace = async (write: () => Promise<void>): Promise<boolean> => {
  try {
    await write()
    return true
  } catch (error) {
    if (isStorageFull(error)) return false
    throw error
  }
}

const writeWhole = async (file: FileHandle, chunk: Uint8Array): Promise<void> => {
  let offset = 0
  while (offset < chunk.length) {
    const { bytesWritten } = await file.write(chunk, offset)
    offset += bytesWritten
  }
}

/**
 * Takes the stream into an open file. When it is too long, or the disk is full, the rest is read and
 * dropped, up to twice the limit, so that the sender gets to read the refusal instead of a broken line.
 */
export const receive = async (
  stream: AsyncIterable<Uint8Array>,
  file: FileHandle,
  limit: number,
  kind?: FileKind,
): Promise<Outcome<{ readonly sha256: string; readonly size: number }>> => {
  const hash = createHash('sha256')
  const iterator = stream[Symbol.asyncIterator]()
  let size = 0
  let full = false
  try {
    for (;;) {
      // A failing read is the sender's line, a failing write our disk: two different answers.
      const next = await iterator.next().catch(() => undefined)
      if (next === undefined) return full ? storageFull : cutOff
      if (next.done === true) break
      size += next.value.length
      if (size > 2 * limit) break
      if (size > limit || full) continue
      hash.update(next.value)
      full = !(await hadSpace(() => writeWhole(file, next.value)))
    }
    if (size > limit) return tooLarge(limit, kind)
    if (size === 0) return empty
    if (full || !(await hadSpace(() => file.sync()))) return storageFull
    return ok({ sha256: hash.digest('hex'), size })
  } finally {
    await iterator.return?.()
  }
}

const dayMs = 86_400_000

/** Remnants of a process that was killed while receiving. Younger ones may belong to another process at work. */
const sweep = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found !== undefined && Date.now() - found.mtimeMs > dayMs) await rm(path, { force: true })
  }
}

/** Files by the SHA-256 of their content, below `<dataDir>/files`. Names, owners and rights live in the database. */
export const createFileStore = async (dataDir: string): Promise<FileStore> => {
  const root = join(dataDir, 'files')
  const incoming = join(root, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  await sweep(incoming)

  const pathOf = (sha256: string): string => {
    if (!isSha256(sha256)) throw new RangeError('not a SHA-256 in small hex letters')
    return join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }

  const statOf = async (sha256: string) => {
    if (!isSha256(sha256)) return undefined
    const found = await stat(pathOf(sha256)).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return undefined
      throw error
    })
    return found?.isFile() ? { size: found.size } : undefined
  }

  const verify = async (sha256: string) => {
    if ((await statOf(sha256)) === undefined) return 'missing'
    const hash = createHash('sha256')
    await pipeline(createReadStream(pathOf(sha256)), hash)
    return hash.digest('hex') === sha256 ? 'intact' : 'damaged'
  }

  const settle = async (temporary: string, sha256: string): Promise<void> => {
    const target = pathOf(sha256)
    const folder = dirname(target)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    // What lies there already is kept if it is whole; a rotten copy is healed by the fresh one.
    if ((await verify(sha256)) === 'intact') await rm(temporary)
    else await rename(temporary, target)
    // Also when it was there: another upload may have put it there and not flushed yet.
    await flushFolder(folder)
    await flushFolder(dirname(folder))
    await flushFolder(root)
  }

  const receiveInto = async (
    path: string,
    stream: AsyncIterable<Uint8Array>,
    options: PutOptions,
    claimed: FileType | undefined,
  ) => {
    const kindLimit = claimed === undefined ? Math.max(...Object.values(sizeLimits)) : sizeLimits[claimed.kind]
    const limit = Math.min(options.maxBytes ?? kindLimit, kindLimit)
    const file = await open(path, 'wx', 0o600)
    try {
      const received = await receive(stream, file, limit, claimed?.kind)
      return received.ok && options.wasCutOff?.() === true ? cutOff : received
    } finally {
      await file.close()
    }
  }

  const put = async (stream: AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<Outcome<StoredFile>> => {
    const named = refuseByName(options)
    if (!named.ok) {
      await discard(stream)
      return named
    }
    const temporary = join(incoming, randomUUID())
    try {
      const received = await receiveInto(temporary, stream, options, named.value)
      if (!received.ok) return received
      const recognised = await recognise(temporary, options)
      if (!recognised.ok) return recognised
      const { mime, kind } = recognised.value
      const { sha256, size } = received.value
      if (size > sizeLimits[kind]) return tooLarge(sizeLimits[kind], kind)
      await settle(temporary, sha256)
      return ok({ sha256, size, mime, kind })
    } catch (error) {
      if (isStorageFull(error)) return storageFull
      throw error
    } finally {
      await rm(temporary, { force: true })
    }
  }

  return {
    put,
    verify,
    pathOf,
    stat: statOf,
    open: async (sha256, range) => {
      const found = await statOf(sha256)
      return found === undefined ? undefined : { size: found.size, stream: createReadStream(pathOf(sha256), range) }
    },
  }
}

/** Reads to the end what will not be kept, within the largest size that could have been. */
const discard = async (stream: AsyncIterable<Uint8Array>): Promise<void> => {
  const most = Math.max(...Object.values(sizeLimits))
  let size = 0
  try {
    for await (const chunk of stream) {
      size += chunk.length
      if (size > most) return
    }
  } catch {
    // The sender went away: the refusal stands all the same.
  }
}
