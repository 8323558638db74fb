import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { extensionOf } from './fileKinds.ts'
import { type Claim, recognise } from './recognise.ts'
import {
  amrAudio,
  compoundFile,
  docx,
  heicPhoto,
  jpegPhoto,
  m4aAudio,
  movVideo,
  mp3Audio,
  mp4Video,
  pdfDocument,
  pngPhoto,
  webpPhoto,
  xlsx,
  zipOf,
} from './sampleFiles.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-recognise-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const recogniseBytes = async (bytes: Uint8Array, claim: Claim = {}) => {
  const path = join(folder, 'file')
  await writeFile(path, bytes)
  return recognise(path, claim)
}

const accepted: readonly [string, () => Buffer | Promise<Buffer>, Claim, string, string][] = [
  ['a JPEG', jpegPhoto, { fileName: 'IMG_1.JPG', mime: 'image/jpeg' }, 'image/jpeg', 'photo'],
  ['a PNG', pngPhoto, { fileName: 'a.png' }, 'image/png', 'photo'],
  ['a WebP', webpPhoto, { fileName: 'a.webp' }, 'image/webp', 'photo'],
  ['a HEIC', heicPhoto, { fileName: 'a.heic' }, 'image/heic', 'photo'],
  ['a PDF', pdfDocument, { fileName: '整改方案.pdf' }, 'application/pdf', 'document'],
  [
    'a docx',
    docx,
    { fileName: 'a.docx' },
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'document',
  ],
  [
    'an xlsx',
    xlsx,
    { fileName: 'a.xlsx' },
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'document',
  ],
  ['a doc of WPS', () => compoundFile('WordDocument'), { fileName: 'a.doc' }, 'application/msword', 'document'],
  ['an xls', () => compoundFile('Workbook'), { fileName: 'a.xls' }, 'application/vnd.ms-excel', 'document'],
  ['an old xls', () => compoundFile('Book'), { fileName: 'a.xls' }, 'application/vnd.ms-excel', 'document'],
  ['an MP4', mp4Video, { fileName: 'a.mp4' }, 'video/mp4', 'video'],
  ['a MOV', movVideo, { fileName: 'a.mov' }, 'video/quicktime', 'video'],
  ['an M4A', m4aAudio, { fileName: 'a.m4a' }, 'audio/mp4', 'audio'],
  ['an MP3', mp3Audio, { fileName: 'a.mp3' }, 'audio/mpeg', 'audio'],
  ['an AMR', amrAudio, { fileName: 'a.amr' }, 'audio/amr', 'audio'],
  ['UTF-8 text', () => Buffer.from('边坡有裂缝\r\n'), { fileName: 'a.txt' }, 'text/plain', 'document'],
  [
    'CSV with a byte order mark',
    () => Buffer.from('\ufeff矿名,裂缝\n'),
    { fileName: 'a.csv', mime: 'application/vnd.ms-excel' },
    'text/csv',
    'document',
  ],
  [
    'text that begins like a bitmap',
    () => Buffer.from('BM25 钻机巡检记录'),
    { fileName: 'a.txt' },
    'text/plain',
    'document',
  ],
]

describe('a file is taken for what its bytes say', () => {
  test.each(accepted)('%s, with its name and without', async (_, make, claim, mime, kind) => {
    const bytes = await make()
    expect(await recogniseBytes(bytes, claim)).toMatchObject({ ok: true, value: { mime, kind } })
    if (claim.fileName?.endsWith('.csv') || bytes.toString('latin1', 0, 2) === 'BM') return
    expect(await recogniseBytes(bytes)).toMatchObject({ ok: true, value: { mime, kind } })
  })

  test('a picture under another picture’s name is taken for what it is', async () => {
    expect(await recogniseBytes(await jpegPhoto(), { fileName: 'wx.png', mime: 'image/png' })).toMatchObject({
      ok: true,
      value: { mime: 'image/jpeg' },
    })
  })

  test('a sound recording that Android marks as a video stays a recording', async () => {
    expect(await recogniseBytes(mp4Video(), { fileName: '录音.m4a' })).toMatchObject({
      ok: true,
      value: { mime: 'audio/mp4', kind: 'audio' },
    })
  })
})

describe('a file that is not what it claims is refused with the reason and the way to mend it', () => {
  test('a PNG named .pdf', async () => {
    expect(await recogniseBytes(await pngPhoto(), { fileName: '会议记录.pdf' })).toEqual({
      ok: false,
      refusal: {
        code: 'fileNotWhatItClaims',
        message: '文件名是 .pdf，内容却是 PNG 图片',
        remedy: '请重新选择文件；如果内容没有选错，请把文件名改成 .png 后上传',
      },
    })
  })

  test('a text named .jpg', async () => {
    expect(await recogniseBytes(Buffer.from('这不是照片'), { fileName: '现场.jpg' })).toMatchObject({
      ok: false,
      refusal: { code: 'fileNotWhatItClaims', message: '文件名是 .jpg，内容却是纯文本' },
    })
  })

  test('noise named .jpg, a program named .png, an SVG named .png, an archive named .docx', async () => {
    const noise = Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 73 + 5) % 251))
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    const archive = zipOf([{ name: 'a.txt', data: Buffer.from('x') }])
    for (const [bytes, fileName] of [
      [noise, 'a.jpg'],
      [program, 'a.png'],
      [svg, 'a.png'],
      [archive, 'a.docx'],
    ] as const) {
      expect(await recogniseBytes(bytes, { fileName })).toMatchObject({ refusal: { code: 'fileNotWhatItClaims' } })
    }
  })

  test('a PDF named .txt, an xls named .doc, an xlsx named .xls', async () => {
    for (const [bytes, fileName] of [
      [pdfDocument(), 'a.txt'],
      [compoundFile('Workbook'), 'a.doc'],
      [xlsx(), 'a.xls'],
    ] as const) {
      expect(await recogniseBytes(bytes, { fileName })).toMatchObject({ refusal: { code: 'fileNotWhatItClaims' } })
    }
  })

  test('a PDF declared as a picture by its type alone', async () => {
    expect(await recogniseBytes(pdfDocument(), { mime: 'image/jpeg' })).toMatchObject({
      refusal: { code: 'fileNotWhatItClaims', message: '声明的类型是 image/jpeg，内容却是 PDF 文件' },
    })
  })

  test('a CSV in GBK, as Excel saves it, is to be saved as UTF-8', async () => {
    expect(
      await recogniseBytes(Buffer.from([0xbf, 0xf3, 0xc3, 0xfb, 0x2c, 0x31]), { fileName: 'a.csv' }),
    ).toMatchObject({
      refusal: { code: 'textNotUtf8', remedy: '请用记事本或 WPS 打开，另存为 UTF-8 编码后上传' },
    })
  })
})

describe('a type that is not taken', () => {
  test.each([
    ['台账.et', '请用 WPS 另存为 .xlsx 后上传'],
    ['照片.zip', '请解压后逐个上传'],
    ['病毒.exe', '可以上传'],
  ])('%s is refused by its name', async (fileName, remedy) => {
    expect(await recogniseBytes(await jpegPhoto(), { fileName })).toMatchObject({
      refusal: { code: 'fileTypeNotAccepted', remedy: expect.stringContaining(remedy) },
    })
  })

  test('without a name is refused by its content', async () => {
    const gif = Buffer.from('R0lGODlhAQABAAAAACw=', 'base64')
    expect(await recogniseBytes(gif)).toMatchObject({
      refusal: { code: 'fileTypeNotAccepted', message: '不能上传 .gif 文件' },
    })
    expect(await recogniseBytes(compoundFile('PowerPoint Document'))).toMatchObject({
      refusal: { code: 'fileTypeNotAccepted' },
    })
  })

  test('the end of a name is read as people see it', () => {
    expect(['a.PDF', 'C:\\scan.d\\a.pdf ', 'a', '.pdf', 'a.tar.gz', 'a.pdf.exe', ''].map(extensionOf)).toEqual([
      'pdf',
      'pdf',
      '',
      '',
      'gz',
      'exe',
      '',
    ])
  })
})

describe('a zip bomb', () => {
  const zeros = Buffer.alloc(100 * 1024 * 1024)

  test('inside a document is stored packed and not opened', async () => {
    const bomb = docx([{ name: 'word/media/image1.png', data: zeros }])
    expect(bomb.length).toBeLessThan(200_000)
    const before = process.memoryUsage.rss()
    expect(await recogniseBytes(bomb, { fileName: 'a.docx' })).toMatchObject({ ok: true })
    expect(process.memoryUsage.rss() - before).toBeLessThan(50 * 1024 * 1024)
  })

  test('in the very entry that tells the type is not unpacked either', async () => {
    const bomb = zipOf([{ name: '[Content_Types].xml', data: zeros }])
    const before = process.memoryUsage.rss()
    expect(await recogniseBytes(bomb, { fileName: 'a.docx' })).toMatchObject({
      refusal: { code: 'fileNotWhatItClaims' },
    })
    expect(process.memoryUsage.rss() - before).toBeLessThan(50 * 1024 * 1024)
  })
})

test('no bytes, however damaged, make it fail', async () => {
  const whole = [
    await jpegPhoto(),
    await pngPhoto(),
    pdfDocument(),
    docx(),
    compoundFile('Workbook'),
    mp4Video(),
    mp3Audio(),
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...whole),
      fc.array(fc.tuple(fc.nat(5000), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
      fc.nat(5000),
      fc.constantFrom('a.jpg', 'a.pdf', 'a.docx', 'a.xls', 'a.mp4', 'a.txt', undefined),
      async (bytes, flips, length, fileName) => {
        const damaged = Buffer.from(bytes.subarray(0, Math.max(1, length)))
        for (const [at, value] of flips) damaged[at % damaged.length] = value
        const outcome = await recogniseBytes(damaged, { fileName })
        if (!outcome.ok) expect(outcome.refusal.remedy).toBeTruthy()
      },
    ),
    { numRuns: 500 },
  )
})
