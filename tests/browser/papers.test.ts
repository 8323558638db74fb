import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorOf } from '#demo/actors.ts'
import { demoId } from '#demo/demoId.ts'
import { personOf } from '#demo/posts.ts'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { signInAtDesk } from '#tests/browser/support/desk.ts'
import { signInOnPhone, widthOf } from '#tests/browser/support/field.ts'
import { complaintsOf, overflow } from '#tests/browser/support/looking.ts'
import { pixelsOf } from '#tests/support/slipPicture.ts'
import { readQrCodes } from '#web/verify/readQrCodes.ts'

const run = promisify(execFile)

let site: Awaited<ReturnType<typeof openDemoSite>>
let folder: string

beforeAll(async () => {
  site = await openDemoSite({ sequence: true })
  folder = await mkdtemp(join(tmpdir(), 'bihuan-papers-'))
}, 180_000)
afterAll(async () => {
  await site?.close()
  if (folder) await rm(folder, { recursive: true, force: true })
})

const mine = demoId('F04')

/** The first sheet as a printer gets it and a camera sees it. */
const printed = async (page: Page) => {
  const pdf = join(folder, `${uuidv7()}.pdf`)
  await writeFile(pdf, await page.pdf({ preferCSSPageSize: true, printBackground: true }))
  const info = (await run('pdfinfo', [pdf])).stdout
  const text = (await run('pdftotext', ['-layout', pdf, '-'])).stdout
  const picture = (await run('pdftoppm', ['-png', '-r', '200', '-l', '1', pdf], { encoding: 'buffer', maxBuffer: 1e9 }))
    .stdout
  return { info, text, codes: readQrCodes(await pixelsOf(picture)) }
}

const photo = async () => ({ name: '签字.jpg', mimeType: 'image/jpeg', buffer: await jpegPhoto(120, 90) })

/** Held before the phone's camera, the code on the paper opens this page. */
const scanned = async (codes: readonly string[], login: string): Promise<Page> => {
  const code = codes.find((one) => one.includes('/m/paper/'))
  if (!code) throw new Error(`no code on the paper: ${codes}`)
  const phone = await signInOnPhone(site, login)
  await phone.goto(new URL(code).pathname)
  return phone
}

describe('papers people love', { timeout: 90_000 }, () => {
  test('the crew’s card is printed, signed, photographed by its code, and lies in the file', async () => {
    const officer = await signInAtDesk(site, 'f04-anquanyuan')
    const complaints = complaintsOf(officer)
    await officer.goto(`/mines/${mine}/crew-card`)
    await officer.getByLabel('班组', { exact: true }).fill('采剥一班')
    await officer.getByRole('button', { name: '出卡' }).click()
    await officer.locator('.paper-code .qr').waitFor()
    const { info, text, codes } = await printed(officer)
    expect(info).toMatch(/Pages:\s+1\n/)
    expect(info).toMatch(/Page size:.*\(A4\)/)
    for (const part of ['班前会卡', '采剥一班', 'F04-2023-003', '局部停产']) expect(text).toContain(part)

    const phone = await scanned(codes, 'f04-anquanyuan')
    await phone.getByRole('heading', { name: '班前会卡' }).waitFor()
    expect(await phone.getByRole('button', { name: '归档' }).isDisabled()).toBe(true)
    await phone.getByLabel('拍签过字的纸').setInputFiles(await photo())
    await phone.getByLabel('到会人数').fill('11')
    expect(await widthOf(phone)).toBeLessThanOrEqual(360)
    await phone.getByRole('button', { name: '归档' }).click()
    await phone.getByRole('heading', { name: '已归档' }).waitFor()
    await phone.reload()
    await phone.getByText('这张纸已经拍照归档，不用再拍。').waitFor()
    await phone.context().close()

    await officer.reload()
    await officer.getByText('采剥一班，到会 11 人').waitFor()
    await officer.setViewportSize({ width: 360, height: 800 })
    expect(await overflow(officer)).toEqual([])
    expect(complaints).toEqual([])
    await officer.context().close()
  })

  /** A general hazard of the mine, put right and waiting for the mine's own acceptance. */
  const rectified = async (): Promise<string> => {
    const id = uuidv7()
    const does = async (by: string, act: string, body: Record<string, unknown>) => {
      const done = await site.platform.execute(actorOf(by), {
        id: uuidv7(),
        tenantId: mine,
        streamId: id,
        act: `hazard.${act}`,
        body,
      })
      if (!done.ok) throw new Error(`${act}: ${done.refusal.message}`)
    }
    await does('F04/安全员', 'report', {
      mineId: mine,
      source: 'safetyOfficerCheck',
      description: '护栏松动',
      place: '破碎站',
    })
    await does('F04/安全员', 'judge', { outcome: 'general', basis: '不触及判定标准' })
    await does('F04/安全员', 'assign', {
      responsible: personOf('F04/安全员'),
      measures: '紧固',
      funds: 0,
      deadline: '2023-09-15',
      contingencyPlan: '现场处置',
    })
    return id
  }

  test('what the principal signs by hand is printed with what was filled in, and the photo makes the act', async () => {
    const hazard = await rectified()
    const clerk = await signInAtDesk(site, 'f04-anquanyuan')
    await clerk.goto(`/hazards/${mine}/${hazard}?act=accept`)
    const sheet = clerk.getByRole('form', { name: '企业验收' })
    await sheet.getByLabel('验收结论').fill('护栏已经紧固，试推不动')
    await sheet.getByLabel(/危险不宜靠近/).check()
    await sheet.getByRole('button', { name: '打印手签' }).click()
    await clerk.locator('.paper-code .qr').waitFor()
    const { text, codes } = await printed(clerk)
    for (const part of ['企业验收', '护栏已经紧固，试推不动', '破碎站', '主要负责人签字']) expect(text).toContain(part)

    const phone = await scanned(codes, 'f04-anquanyuan')
    await phone.getByLabel('拍签过字的纸').setInputFiles(await photo())
    await phone.getByRole('button', { name: '归档' }).click()
    await phone.getByRole('heading', { name: '已归档' }).waitFor()
    await phone.context().close()

    await clerk.goto(`/hazards/${mine}/${hazard}`)
    await clerk
      .getByText(/代录，原件在档/)
      .first()
      .waitFor()
    await clerk.context().close()
  })

  test('before a principal signs he is shown three lines; whoever does not sign is not', async () => {
    const hazard = await rectified()
    const at = `/hazards/${mine}/${hazard}?act=accept`
    const principal = await signInAtDesk(site, 'f04-kuangzhang')
    await principal.goto(at)
    const lines = principal.getByRole('region', { name: '签字前看这三条' })
    await lines.waitFor()
    const said = await lines.innerText()
    for (const part of ['您确认', '《安全生产法》第一百零二条', '没有整改前照片']) expect(said).toContain(part)
    expect(await principal.getByRole('button', { name: '打印手签' }).count()).toBe(0)
    await principal.context().close()
    const clerk = await signInAtDesk(site, 'f04-anquanyuan')
    await clerk.goto(at)
    await clerk.getByRole('button', { name: '打印手签' }).waitFor()
    expect(await clerk.getByRole('region', { name: '签字前看这三条' }).count()).toBe(0)
    await clerk.context().close()
  })

  test('the register comes out on A3 with its signatures', async () => {
    const officer = await signInAtDesk(site, 'f04-anquanyuan')
    await officer.goto(`/mines/${mine}/register-print`)
    await officer.locator('.paper table').waitFor()
    const { info, text } = await printed(officer)
    expect(info).toMatch(/Page size:.*\(A3\)/)
    for (const part of ['重大事故隐患台账', '制表人', '审核人', '填报日期', 'F04-2023-001', 'F04-2023-003'])
      expect(text).toContain(part)
    await officer.getByText('全部', { exact: true }).click()
    await officer.getByText('F04-2023-002').waitFor()
    await officer.context().close()
  })

  test('the folder for inspection day is made before one’s eyes, saved, and its digest is in the log', async () => {
    const officer = await signInAtDesk(site, 'f04-anquanyuan')
    const complaints = complaintsOf(officer)
    await officer.goto(`/mines/${mine}/papers`)
    const download = officer.waitForEvent('download')
    await officer.getByRole('button', { name: '做一份' }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^迎检档案袋-.*\.pdf$/)
    await officer.getByText(/已入存证/).waitFor()
    const { stdout } = await run('pdftotext', ['-layout', await file.path(), '-'])
    for (const part of ['三、重大隐患', 'F04-2023-003', '演示数据·虚构']) expect(stdout).toContain(part)
    await officer.setViewportSize({ width: 360, height: 800 })
    expect(await overflow(officer)).toEqual([])
    expect(complaints).toEqual([])
    await officer.context().close()
  })
})
