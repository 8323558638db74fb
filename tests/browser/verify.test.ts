import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildOnce } from '#tests/browser/support/builtPages.ts'
import { complaintsOf, overflow } from '#tests/browser/support/looking.ts'
import { launchChromium } from '#tests/browser/support/site.ts'
import { altered, evidence } from '#tests/support/evidence.ts'
import { slipPage } from '#tests/support/printedSlip.tsx'
import { paperWith } from '#tests/support/slipPicture.ts'
import { splitForQr } from '#translog/qrParts.ts'
import { fillTrust, fingerprintOf } from '#translog/trust.ts'

const built = fileURLToPath(new URL('../../dist/web/verify/index.html', import.meta.url))
const { bundle, checkpoint, trust, leafHash, root } = evidence()

const slip = {
  title: '企业验收',
  hazardNumber: 'F03-2023-001',
  receivedAt: '2023-07-31T01:00:00.000Z',
  leafHash,
  checkpoint,
  bundle,
  verifyAddress: 'https://bihuan.example/verify',
  keyFingerprint: fingerprintOf(trust.log),
}

let browser: Browser
let folder = ''
let withKeys = ''
let withoutKeys = ''

beforeAll(async () => {
  await buildOnce()
  folder = await mkdtemp(join(tmpdir(), 'bihuan-verify-'))
  const html = await readFile(built, 'utf8')
  const put = async (name: string, content: string): Promise<string> => {
    await writeFile(join(folder, name), content)
    return pathToFileURL(join(folder, name)).href
  }
  withKeys = await put('verify.html', fillTrust(html, trust))
  withoutKeys = await put('verify-without-keys.html', html)
  await writeFile(join(folder, 'camera.mjpeg'), await film([checkpoint, ...splitForQr(bundle)]))
  browser = await launchChromium(
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${join(folder, 'camera.mjpeg')}`,
  )
}, 180_000)

afterAll(async () => {
  await browser?.close()
  if (folder) await rm(folder, { recursive: true, force: true })
})

/** What a camera sees that is moved from code to code: a second of each, over and over. */
const film = async (texts: readonly string[]): Promise<Buffer> => {
  const frames: Buffer[] = []
  for (const text of texts) {
    const sheet = await paperWith([text], { code: 560, columns: 1, turned: 3 })
    const frame = await sharp(sheet).resize(1280, 720, { fit: 'contain', background: '#bbb' }).jpeg().toBuffer()
    frames.push(...Array.from({ length: 20 }, () => frame))
  }
  return Buffer.concat(frames)
}

/** What Chromium 80 does not have, as far as pages use such things at all. */
const younger = () => {
  const gone: readonly (readonly [object, readonly string[]])[] = [
    [Object, ['hasOwn', 'groupBy']],
    [Array, ['fromAsync']],
    [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']],
    [String.prototype, ['at', 'replaceAll', 'isWellFormed', 'toWellFormed']],
    [Object.getPrototypeOf(Uint8Array.prototype), ['at', 'findLast', 'toSorted', 'toReversed', 'with']],
    [Uint8Array.prototype, ['toHex', 'toBase64']],
    [Uint8Array, ['fromHex', 'fromBase64']],
    [Set.prototype, ['union', 'intersection', 'difference', 'isSubsetOf']],
    [Promise, ['any', 'withResolvers', 'try']],
    [Element.prototype, ['replaceChildren']],
    [Blob.prototype, ['bytes']],
    [globalThis, ['structuredClone', 'CompressionStream', 'Iterator', 'AggregateError', 'WeakRef', 'BarcodeDetector']],
    [crypto, ['randomUUID']],
  ]
  for (const [home, names] of gone) for (const name of names) Reflect.deleteProperty(home, name)
}

type Opened = { readonly page: Page; readonly complaints: string[]; readonly asked: string[] }

const open = async (address: string, width: number, old = false): Promise<Opened> => {
  const context = await browser.newContext({ viewport: { width, height: 800 }, locale: 'zh-CN' })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  const asked: string[] = []
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) asked.push(request.url())
  })
  if (old) await page.addInitScript(younger)
  await page.goto(address)
  return { page, complaints, asked }
}

const file = (name: string, content: string | Buffer, mimeType = '') => ({
  name,
  mimeType,
  buffer: Buffer.from(content),
})

/** As a hand drops files on the window. */
const drop = async (page: Page, name: string, content: string): Promise<void> => {
  const carried = await page.evaluateHandle(
    ([called = '', text = '']) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text], called))
      return transfer
    },
    [name, content],
  )
  await page.dispatchEvent('main', 'drop', { dataTransfer: carried })
}

const choose = (page: Page, ...files: ReturnType<typeof file>[]): Promise<void> =>
  page.locator('#file').setInputFiles(files)

const verdict = (page: Page) => page.locator('.finding h2')

describe.each([
  ['a phone of 360 px', 360],
  ['a desktop', 1_280],
])('the verifier, opened as a file on %s', (_, width) => {
  test('gives the verdict on an honest file within two seconds, asking nobody', async () => {
    const { page, complaints, asked } = await open(withKeys, width)
    const began = Date.now()
    await drop(page, '企业验收.tlog-proof', bundle)
    await page.getByRole('heading', { name: '核验通过' }).waitFor()
    expect(Date.now() - began).toBeLessThan(2_000)
    const text = await page.locator('main').innerText()
    for (const part of [
      '隐患：企业验收',
      '北排土场反压坡脚，复测合格',
      '主要负责人（矿长）',
      '2023-07-31 09:00',
      '第 614 条（共 1000 条）',
      leafHash,
      root,
      'witness.example/city，2023-07-31 09:00',
      '办理账号编号、系统内部编号',
      '不证明记录的内容属实',
      fingerprintOf(trust.log),
    ])
      expect(text).toContain(part)
    expect(await overflow(page)).toEqual([])
    expect(complaints).toEqual([])
    expect(asked).toEqual([])
  })

  test('explains why an altered file is refused, and shows its content as a mere claim', async () => {
    const { page, complaints } = await open(withKeys, width)
    await choose(page, file('改过.tlog-proof', altered(bundle, 'index 613', 'index 612')))
    await page.getByRole('heading', { name: '核验不通过' }).waitFor()
    const text = await page.locator('.finding').innerText()
    expect(text).toContain('被改过')
    expect(text).toContain(root)
    expect(text).toContain(`${leafHash.slice(0, 8)} 吗`)
    expect(text).toContain('没有通过核验，不能当真')
    expect(await overflow(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  test('reads the record from a photo of the printed codes', async () => {
    const { page, complaints, asked } = await open(withKeys, width)
    const photo = await paperWith([checkpoint, ...splitForQr(bundle)], { code: 520, columns: 2, turned: 2, jpeg: 75 })
    const began = Date.now()
    await choose(page, file('存证单.jpg', photo, 'image/jpeg'))
    await page.getByRole('heading', { name: '核验通过' }).waitFor()
    expect(Date.now() - began).toBeLessThan(2_000)
    expect(await verdict(page).allInnerTexts()).toEqual(['✓核验通过', '✓快照是真的'])
    expect(complaints).toEqual([])
    expect(asked).toEqual([])
  })
})

describe('the verifier', () => {
  test('runs where nothing younger than Chromium 80 is there', async () => {
    const { page, complaints } = await open(withKeys, 360, true)
    expect(await page.evaluate(() => 'replaceChildren' in Element.prototype)).toBe(false)
    await drop(page, '企业验收.tlog-proof', bundle)
    await page.getByRole('heading', { name: '核验通过' }).waitFor()
    await drop(page, '改过.tlog-proof', altered(bundle, '\n1000\n', '\n1001\n'))
    await page.getByRole('heading', { name: '核验不通过' }).waitFor()
    const photo = await paperWith(splitForQr(bundle), { code: 480, columns: 2 })
    await choose(page, file('存证单.png', photo, 'image/png'))
    await page.getByText('存证单.png 里的二维码').waitFor()
    expect(complaints).toEqual([])
  })

  test('takes the codes one photo at a time, and says which are missing', async () => {
    const { page } = await open(withKeys, 360)
    const parts = splitForQr(bundle)
    for (const [at, part] of parts.entries()) {
      await choose(page, file(`${at + 1}.png`, await paperWith([part], { code: 480, columns: 1 }), 'image/png'))
      if (at + 1 < parts.length) await page.getByText(`读到 ${at + 1} 个码，共 ${parts.length} 个`).waitFor()
    }
    await page.getByRole('heading', { name: '核验通过' }).waitFor()
    expect(await verdict(page).count()).toBe(1)
  })

  test.each([
    ['A5', 148],
    ['A4', 210],
  ])('reads the slip as it is printed on %s', async (_, widthMm) => {
    const printed = await browser.newPage({
      // The paper's width within margins of 10 mm, at 200 dots an inch.
      viewport: { width: Math.round(((widthMm - 20) / 25.4) * 96), height: 800 },
      deviceScaleFactor: 200 / 96,
    })
    await printed.emulateMedia({ media: 'print' })
    await printed.setContent(await slipPage(slip))
    expect(await printed.locator('.slip-leaf strong').innerText()).toBe(leafHash.slice(0, 8))
    expect(await overflow(printed)).toEqual([])
    const photo = await printed.screenshot({ fullPage: true })
    const { page } = await open(withKeys, 360)
    await choose(page, file('存证单.png', photo, 'image/png'))
    await page.getByRole('heading', { name: '核验通过' }).waitFor()
    await page.getByRole('heading', { name: '快照是真的' }).waitFor()
    expect(await page.locator('.leaf strong').innerText()).toBe(leafHash.slice(0, 8))
  })

  test('reads code after code through the camera, and ends by itself when the record is whole', async () => {
    const { page, complaints } = await open(withKeys, 360)
    await page.getByRole('button', { name: '用摄像头扫码' }).click()
    await page.getByText(/读到 \d 个码/).waitFor()
    await page.getByRole('heading', { name: '核验通过' }).waitFor({ timeout: 20_000 })
    await page.locator('video').waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  })

  test('takes pasted text, with the line ends of whatever program it came through', async () => {
    const { page } = await open(withKeys, 360)
    await page.getByText('粘贴文字', { exact: true }).click()
    await page.locator('#text').fill(`  ${bundle.replaceAll('\n', '\r\n')}`)
    await page.getByRole('button', { name: '核验', exact: true }).click()
    await page.getByRole('heading', { name: '核验通过' }).waitFor()
  })

  test('without keys asks for them, refuses wrong ones with a reason, and judges as soon as they are there', async () => {
    const { page } = await open(withoutKeys, 360)
    await drop(page, '企业验收.tlog-proof', bundle)
    await page.getByRole('heading', { name: '还没有公钥' }).waitFor()
    const keys = page.locator('#keys')
    const use = page.getByRole('button', { name: '用这些公钥' })
    await keys.fill('bihuan')
    await use.click()
    await page.getByText('要有且只有一把日志的公钥').waitFor()
    await keys.fill([trust.log, ...trust.witnesses].join('\n'))
    await use.click()
    await page.getByRole('heading', { name: '核验通过' }).waitFor()
    expect(await page.locator('#keys-in-use').innerText()).toContain(fingerprintOf(trust.log))
  })

  test('holding two checkpoints of one size with two roots says that the log was forked', async () => {
    const { page } = await open(withKeys, 360)
    const fork = evidence({ fork: 'x' })
    await choose(page, file('甲.txt', checkpoint), file('乙.tlog-proof', fork.bundle))
    await page.getByRole('heading', { name: '日志被分叉' }).waitFor()
    expect(await page.locator('.finding').first().innerText()).toContain(fork.root)
  })

  test('says of a picture without codes, and of a file that is something else, what to do', async () => {
    const { page } = await open(withKeys, 360)
    await choose(page, file('风景.png', await paperWith([], { code: 300, columns: 1 }), 'image/png'))
    await page.getByText('风景.png：没有看到二维码').waitFor()
    await choose(page, file('坏图.jpg', 'x', 'image/jpeg'))
    await page.getByText('坏图.jpg：这张图片打不开').waitFor()
    await choose(page, file('表格.xlsx', Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe])))
    await page.getByRole('heading', { name: '这不是存证文件' }).waitFor()
  })

  test('never lets what a file says become markup', async () => {
    const { page, complaints } = await open(withKeys, 360)
    const sly = evidence({
      fields: {
        kind: '<img src=x onerror=alert(1)>',
        record: { body: { '<b>x</b>': '</dd><script>alert(1)</script>' } },
      },
      shown: new Set(['kind', 'record']),
    })
    await choose(page, file('<b>名</b>.tlog-proof', sly.bundle))
    await page.getByRole('heading', { name: '核验通过' }).waitFor()
    expect(await page.locator('main img, main b, main script').count()).toBe(0)
    expect(await page.locator('.finding').innerText()).toContain('<img src=x onerror=alert(1)>')
    expect(complaints).toEqual([])
  })
})
