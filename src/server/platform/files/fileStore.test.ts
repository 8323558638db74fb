import { createHash } from 'node:crypto'
import { mkdtemp, open, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFileStore, type FileStore, receive } from './fileStore.ts'
import { jpegPhoto, pdfDocument, pngPhoto } from './sampleFiles.ts'

let dataDir = ''
let store: FileStore
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bihuan-files-'))
  store = await createFileStore(dataDir)
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const inPieces = (bytes: Buffer, size = 1000) =>
  Readable.from(
    (function* () {
      for (let offset = 0; offset < bytes.length; offset += size) yield bytes.subarray(offset, offset + size)
    })(),
  )
const incoming = () => readdir(join(dataDir, 'files', 'incoming'))
const absent = '0'.repeat(64)

describe('a stored file', () => {
  test('is named by its content and read back byte for byte', async () => {
    const photo = await jpegPhoto(300, 200)
    const put = await store.put(inPieces(photo), { fileName: 'IMG_1.jpg' })
    expect(put).toEqual({
      ok: true,
      value: { sha256: sha256(photo), size: photo.length, mime: 'image/jpeg', kind: 'photo' },
    })
    const digest = sha256(photo)
    expect(store.pathOf(digest)).toBe(join(dataDir, 'files', digest.slice(0, 2), digest.slice(2, 4), digest))
    expect(await store.stat(digest)).toEqual({ size: photo.length })
    const opened = await store.open(digest)
    expect(opened && (await buffer(opened.stream)).equals(photo)).toBe(true)
    const part = await store.open(digest, { start: 10, end: 19 })
    expect(part && (await buffer(part.stream)).equals(photo.subarray(10, 20))).toBe(true)
    expect(await store.verify(digest)).toBe('intact')
    expect(await incoming()).toEqual([])
  })

  test('sent by twenty at once is kept once and whole', async () => {
    const photo = await pngPhoto(500, 400)
    const puts = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.put(inPieces(photo, 50 + index * 37))),
    )
    for (const put of puts) expect(put).toMatchObject({ ok: true, value: { sha256: sha256(photo) } })
    const digest = sha256(photo)
    expect(await readdir(join(dataDir, 'files', digest.slice(0, 2), digest.slice(2, 4)))).toEqual([digest])
    expect(await store.verify(digest)).toBe('intact')
    expect(await incoming()).toEqual([])
  })

  test('that rots on disk is found, and healed when the same file is sent again', async () => {
    const photo = await jpegPhoto(200, 100)
    await store.put(inPieces(photo))
    const rotten = Buffer.from(photo)
    rotten[100] = (rotten[100] ?? 0) ^ 1
    await writeFile(store.pathOf(sha256(photo)), rotten)
    expect(await store.verify(sha256(photo))).toBe('damaged')
    await store.put(inPieces(photo))
    expect(await store.verify(sha256(photo))).toBe('intact')
  })

  test('that is not there is said to be missing', async () => {
    expect(await store.stat(absent)).toBeUndefined()
    expect(await store.open(absent)).toBeUndefined()
    expect(await store.verify(absent)).toBe('missing')
  })

  test('is never looked for outside its folder', async () => {
    for (const name of ['../../etc/passwd', `..${absent.slice(2)}`, absent.toUpperCase().replaceAll('0', 'A'), '']) {
      expect(await store.stat(name)).toBeUndefined()
      expect(await store.open(name)).toBeUndefined()
      expect(() => store.pathOf(name)).toThrow(RangeError)
    }
  })
})

describe('an upload is refused and leaves nothing', () => {
  const stored = async () => (await readdir(join(dataDir, 'files'), { recursive: true })).sort()

  test('when it is empty', async () => {
    const files = await stored()
    expect(await store.put(Readable.from([]), { fileName: 'a.jpg' })).toMatchObject({ refusal: { code: 'fileEmpty' } })
    expect(await stored()).toEqual(files)
  })

  test('when it is not what it claims', async () => {
    const files = await stored()
    expect(await store.put(inPieces(await pngPhoto(31, 31)), { fileName: 'a.pdf' })).toMatchObject({
      refusal: { code: 'fileNotWhatItClaims' },
    })
    expect(await stored()).toEqual(files)
  })

  test('when its name says a type that is not taken, after it was read to the end', async () => {
    const files = await stored()
    const stream = inPieces(Buffer.alloc(5000))
    expect(await store.put(stream, { fileName: 'a.exe' })).toMatchObject({ refusal: { code: 'fileTypeNotAccepted' } })
    expect(stream.readableEnded).toBe(true)
    expect(await stored()).toEqual(files)
  })

  test('when it is longer than the caller allows, and the limit itself is still allowed', async () => {
    const files = await stored()
    const pdf = Buffer.concat([pdfDocument(), Buffer.alloc(1000, '%')])
    expect(await store.put(inPieces(pdf, 100), { maxBytes: pdf.length - 1 })).toMatchObject({
      refusal: { code: 'fileTooLarge', details: { maxBytes: pdf.length - 1 } },
    })
    expect(await stored()).toEqual(files)
    expect(await store.put(inPieces(pdf, 100), { maxBytes: pdf.length })).toMatchObject({ ok: true })
  })

  test('when a photo is over 20 MB, named or not', async () => {
    const files = await stored()
    const photo = Buffer.concat([await jpegPhoto(), Buffer.alloc(20 * 1024 * 1024)])
    for (const fileName of ['a.jpg', undefined]) {
      expect(await store.put(inPieces(photo, 1 << 20), { fileName })).toMatchObject({
        refusal: { code: 'fileTooLarge', message: '照片超过 20 MB，没有保存' },
      })
    }
    expect(await stored()).toEqual(files)
  })

  test('when an endless stream is sent', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1000)
      })(),
    )
    expect(await store.put(endless, { maxBytes: 50_000 })).toMatchObject({ refusal: { code: 'fileTooLarge' } })
    expect(endless.destroyed).toBe(true)
  })

  test('when the line breaks in the middle', async () => {
    const files = await stored()
    const stream = new PassThrough()
    const put = store.put(stream, { fileName: 'a.jpg' })
    stream.write((await jpegPhoto()).subarray(0, 200))
    stream.destroy(new Error('connection reset'))
    expect(await put).toMatchObject({ refusal: { code: 'uploadInterrupted', remedy: '请检查网络后重新上传' } })
    expect(await stored()).toEqual(files)
  })

  test('when its source ended early without saying so on the stream', async () => {
    const files = await stored()
    const cut = (await jpegPhoto(77, 77)).subarray(0, 200)
    expect(await store.put(inPieces(cut), { wasCutOff: () => true })).toMatchObject({
      refusal: { code: 'uploadInterrupted' },
    })
    expect(await stored()).toEqual(files)
  })
})

describe('a full disk', () => {
  test.runIf(process.platform === 'linux')(
    'is told apart from every other fault, and the stream is read to its end',
    async () => {
      const device = await open('/dev/full', 'w')
      const stream = inPieces(await jpegPhoto(300, 300))
      try {
        expect(await receive(stream, device, 1_000_000)).toMatchObject({
          refusal: { code: 'storageFull', remedy: expect.stringContaining('通知管理员') },
        })
      } finally {
        await device.close()
      }
      expect(stream.readableEnded).toBe(true)
    },
  )
})

describe('opening the store', () => {
  test('removes what a killed process left a day ago and leaves what is being received', async () => {
    const folder = join(dataDir, 'files', 'incoming')
    await writeFile(join(folder, 'old'), 'half')
    await writeFile(join(folder, 'new'), 'half')
    const yesterday = Date.now() / 1000 - 2 * 86_400
    await utimes(join(folder, 'old'), yesterday, yesterday)
    await createFileStore(dataDir)
    expect(await incoming()).toEqual(['new'])
    expect(await readFile(join(folder, 'new'), 'utf8')).toBe('half')
    await rm(join(folder, 'new'))
  })
})
