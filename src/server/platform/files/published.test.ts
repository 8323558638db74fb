import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCaptured } from './captured.ts'
import { createFileStore, type FileStore } from './fileStore.ts'
import { createPublished, type Published } from './published.ts'
import { heicPhoto, jpegPhoto, pdfDocument, phonePhoto, pngPhoto, webpPhoto } from './sampleFiles.ts'

let dataDir = ''
let store: FileStore
let published: Published
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bihuan-published-'))
  store = await createFileStore(dataDir)
  published = createPublished(dataDir, store)
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const put = async (bytes: Buffer): Promise<string> => {
  const outcome = await store.put(Readable.from([bytes]))
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  return outcome.value.sha256
}

const jpegOf = async (sha256: string, size: 'view' | 'thumb'): Promise<string> => {
  const outcome = await published.jpegOf(sha256, size)
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  return outcome.value
}

describe('the published copy of a photo', () => {
  test('carries neither place, time, device nor name, and the original keeps them all', async () => {
    const original = await phonePhoto(3000, 2000)
    const sha256 = await put(original)
    for (const size of ['view', 'thumb'] as const) {
      const path = await jpegOf(sha256, size)
      const { exif, xmp, iptc, orientation } = await sharp(path).metadata()
      expect({ exif, xmp, iptc, orientation }).toEqual({})
      const bytes = await readFile(path)
      for (const trace of ['Exif', 'DemoPhone', 'Zhang San', '2023:09:15']) {
        expect([original.includes(trace), bytes.includes(trace)]).toEqual([true, false])
      }
      expect(await readCaptured(path)).toEqual({ hasGps: false })
    }
    expect((await readFile(store.pathOf(sha256))).equals(original)).toBe(true)
    expect(createHash('sha256').update(original).digest('hex')).toBe(sha256)
    expect(await readCaptured(store.pathOf(sha256))).toEqual({ capturedAt: '2023-09-15T00:30:00.000Z', hasGps: true })
  })

  test('stands upright and is at most 2560 and 480 px wide or high', async () => {
    const sha256 = await put(await phonePhoto(3000, 2000, { DateTimeOriginal: '2023:09:15 08:31:00' }))
    expect(await sharp(await jpegOf(sha256, 'view')).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1707,
      height: 2560,
    })
    expect(await sharp(await jpegOf(sha256, 'thumb')).metadata()).toMatchObject({ width: 320, height: 480 })
  })

  test('is not blown up when the original is smaller', async () => {
    const sha256 = await put(await jpegPhoto(100, 80))
    expect(await sharp(await jpegOf(sha256, 'view')).metadata()).toMatchObject({ width: 100, height: 80 })
  })

  test('is a JPEG of PNG and WebP too, what is clear becoming white', async () => {
    const clear = await sharp({ create: { width: 20, height: 20, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer()
    const { data } = await sharp(await jpegOf(await put(clear), 'view'))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(Math.min(...data)).toBeGreaterThan(250)
    expect(await sharp(await jpegOf(await put(await webpPhoto()), 'view')).metadata()).toMatchObject({ format: 'jpeg' })
  })

  test('is made on first demand, once for many at a time, and kept', async () => {
    const sha256 = await put(await pngPhoto(1200, 900))
    await expect(stat(join(dataDir, 'published', sha256))).rejects.toThrow('ENOENT')
    const paths = await Promise.all(Array.from({ length: 10 }, () => jpegOf(sha256, 'thumb')))
    const elsewhere = createPublished(dataDir, store)
    await Promise.all([elsewhere.jpegOf(sha256, 'view'), published.jpegOf(sha256, 'view')])
    expect(new Set(paths)).toEqual(new Set([join(dataDir, 'published', sha256, 'thumb.jpg')]))
    expect((await readdir(join(dataDir, 'published', sha256))).sort()).toEqual(['thumb.jpg', 'view.jpg'])
    const made = await stat(join(dataDir, 'published', sha256, 'thumb.jpg'))
    await jpegOf(sha256, 'thumb')
    expect((await stat(join(dataDir, 'published', sha256, 'thumb.jpg'))).ino).toBe(made.ino)
  })
})

describe('what can not be shown is refused with the way to see it', () => {
  test('a HEIC photo, a damaged photo, a document, a file that is not there', async () => {
    expect(await published.jpegOf(await put(heicPhoto()), 'view')).toMatchObject({
      refusal: { code: 'imageNotShowable', message: expect.stringContaining('HEIC') },
    })
    const damaged = (await jpegPhoto(400, 300)).subarray(0, 300)
    expect(await published.jpegOf(await put(damaged), 'view')).toMatchObject({ refusal: { code: 'imageNotShowable' } })
    expect(await published.jpegOf(await put(pdfDocument()), 'view')).toMatchObject({
      refusal: { code: 'imageNotShowable' },
    })
    expect(await published.jpegOf('0'.repeat(64), 'view')).toMatchObject({ refusal: { code: 'fileMissing' } })
  })

  test('a picture that unpacks to more than 120 megapixels', async () => {
    const bomb = await sharp({ create: { width: 12_000, height: 11_000, channels: 3, background: 'black' } })
      .png({ compressionLevel: 9 })
      .toBuffer()
    expect(bomb.length).toBeLessThan(2_000_000)
    expect(await published.jpegOf(await put(bomb), 'thumb')).toMatchObject({ refusal: { code: 'imageNotShowable' } })
  })

  test('and nothing half-made stays', async () => {
    const left = await readdir(join(dataDir, 'published'), { recursive: true })
    expect(left.filter((name) => name.includes('.') && !/\/(view|thumb)\.jpg$/.test(name))).toEqual([])
  })
})

describe('the camera’s word', () => {
  const captured = async (bytes: Buffer) => {
    const path = join(dataDir, 'captured')
    await writeFile(path, bytes)
    return readCaptured(path)
  }

  test('is read with its own zone where it states one, else as the time of the law', async () => {
    const stated = { DateTimeOriginal: '2023:09:15 08:30:00', OffsetTimeOriginal: '+09:00' }
    expect(await captured(await phonePhoto(60, 40, stated))).toEqual({
      capturedAt: '2023-09-14T23:30:00.000Z',
      hasGps: true,
    })
    expect((await captured(await phonePhoto(60, 40))).capturedAt).toBe('2023-09-15T00:30:00.000Z')
  })

  test('of a day or hour that does not exist is not believed', async () => {
    for (const DateTimeOriginal of ['0000:00:00 00:00:00', '2023:02:30 08:00:00', '2023:09:15 25:00:00']) {
      expect(await captured(await phonePhoto(60, 40, { DateTimeOriginal }))).toEqual({ hasGps: true })
    }
  })

  test('is absent from a picture without EXIF, a document and noise', async () => {
    for (const bytes of [
      await jpegPhoto(),
      await pngPhoto(),
      pdfDocument(),
      Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 9, 1]),
    ]) {
      expect(await captured(bytes)).toEqual({ hasGps: false })
    }
  })
})
