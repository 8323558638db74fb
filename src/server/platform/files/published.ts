import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { type FileStore, isStorageFull, storageFull } from './fileStore.ts'

/**
 * What leaves the house of a photo is a re-encoded copy: turned upright, at most 2560 px, without EXIF,
 * so that place, device and time of a worker's phone stay in (个人信息保护法 6). The original is the
 * evidence and is never touched.
 */
export type PublishedSize = 'view' | 'thumb'

const widest: Readonly<Record<PublishedSize, number>> = { view: 2560, thumb: 480 }

/** Above the 108 megapixels of today's phones; a bomb of a few kilobytes that unpacks to more is refused. */
const mostPixels = 120_000_000

export type Published = {
  /** Path of the JPEG, made on first demand. */
  readonly jpegOf: (sha256: string, size: PublishedSize) => Promise<Outcome<string>>
}

const noSuchFile: Outcome<never> = refuse({ code: 'fileMissing', message: '没有这个文件', remedy: '请刷新页面后再看' })

const cannotShow = (heic: boolean): Outcome<never> =>
  refuse({
    code: 'imageNotShowable',
    message: heic ? '这是苹果手机的 HEIC 照片，服务器只保存，不能转成可显示的图片' : '图片打不开，可能已损坏或尺寸过大',
    remedy: heic
      ? '请下载原件查看；以后拍照可在“设置→相机→格式”里选“兼容性最佳”'
      : '请下载原件查看；如果原件也打不开，请重新拍照上传',
  })

const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const isHeic = async (path: string): Promise<boolean> => {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(12), 0, 12, 0)
    return /^ftyp(hei|hev|mif1|msf1)/.test(buffer.toString('latin1', 4, 12))
  } finally {
    await file.close()
  }
}

const encode = async (original: string, size: PublishedSize): Promise<Buffer> =>
  sharp(original, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true })
    .autoOrient()
    .resize({ width: widest[size], height: widest[size], fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: size === 'view' ? 82 : 75 })
    .toBuffer()

/** Copies below `<dataDir>/published`. They can be thrown away at any time: they are made again. */
export const createPublished = (dataDir: string, store: FileStore): Published => {
  const underWay = new Map<string, Promise<Outcome<string>>>()

  const make = async (sha256: string, size: PublishedSize, target: string): Promise<Outcome<string>> => {
    const original = store.pathOf(sha256)
    const jpeg = await encode(original, size).catch(() => undefined)
    if (jpeg === undefined) return cannotShow(await isHeic(original))
    const temporary = `${target}.${randomUUID()}`
    try {
      await mkdir(join(dataDir, 'published', sha256), { recursive: true, mode: 0o700 })
      const file = await open(temporary, 'wx', 0o600)
      try {
        await file.writeFile(jpeg)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, target)
      return ok(target)
    } catch (error) {
      if (isStorageFull(error)) return storageFull
      throw error
    } finally {
      await rm(temporary, { force: true })
    }
  }

  return {
    jpegOf: async (sha256, size) => {
      if ((await store.stat(sha256)) === undefined) return noSuchFile
      const target = join(dataDir, 'published', sha256, `${size}.jpg`)
      if (await exists(target)) return ok(target)
      // Ten viewers of a new photo make one copy; other processes do no harm, the rename is atomic.
      const pending = underWay.get(target) ?? make(sha256, size, target).finally(() => underWay.delete(target))
      underWay.set(target, pending)
      return pending
    },
  }
}
