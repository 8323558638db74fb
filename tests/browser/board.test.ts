import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoId } from '#demo/demoId.ts'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { deskOf, signInAtDesk } from '#tests/browser/support/desk.ts'
import { complaintsOf, overflow } from '#tests/browser/support/looking.ts'
import { signedFor } from '#tests/support/signedFor.ts'
import { pixelsOf } from '#tests/support/slipPicture.ts'
import { readQrCodes } from '#web/verify/readQrCodes.ts'

const run = promisify(execFile)

let site: Awaited<ReturnType<typeof openDemoSite>>
let owner: pg.Pool
let folder: string

beforeAll(async () => {
  site = await openDemoSite({ sequence: true })
  owner = new pg.Pool({ connectionString: site.adminUrl, max: 2 })
  folder = await mkdtemp(join(tmpdir(), 'bihuan-board-'))
  await signedFor({ owner })
}, 180_000)
afterAll(async () => {
  await owner?.end()
  await site?.close()
  if (folder) await rm(folder, { recursive: true, force: true })
})

const boardAt = (mine: string): string => `/mines/${demoId(mine)}/board`

/** The sheets as a printer gets them, in millimetres, and as a camera sees them. */
const printed = async (page: Page) => {
  const pdf = join(folder, `${crypto.randomUUID()}.pdf`)
  await writeFile(pdf, await page.pdf({ preferCSSPageSize: true, printBackground: true }))
  const { stdout: info } = await run('pdfinfo', [pdf])
  const { stdout: text } = await run('pdftotext', ['-layout', pdf, '-'])
  await run('pdftoppm', ['-png', '-r', '200', pdf, `${pdf}-sheet`])
  const sheets = (await readdir(folder)).filter((name) => join(folder, name).startsWith(`${pdf}-sheet`))
  const pictures = await Promise.all(sheets.sort().map((name) => readFile(join(folder, name))))
  return { info, text, pictures }
}

const codesOn = async (pictures: readonly Buffer[]): Promise<readonly string[]> => {
  const codes: string[] = []
  for (const picture of pictures) codes.push(...readQrCodes(await pixelsOf(picture)))
  return codes
}

describe('the board of a mine', () => {
  test('printed on A3, its codes prove it: the verifier tells which hazards stand on it, and passes', async () => {
    const officer = await signInAtDesk(site, 'f04-anquanyuan')
    const complaints = complaintsOf(officer)
    await officer.goto(boardAt('F04'))
    await officer.getByRole('button', { name: '打印', exact: true }).waitFor()
    const { info, text, pictures } = await printed(officer)
    expect(info).toMatch(/Pages:\s+1\n/)
    expect(info).toMatch(/Page size:.*\(A3\)/)
    for (const part of ['重大事故隐患公示牌', '12350', 'F04-2023-']) expect(text).toContain(part)
    expect(text).not.toContain('f04-anquanyuan')
    const codes = await codesOn(pictures)
    expect(codes.filter((one) => one.startsWith('BH1:')).length).toBeGreaterThan(0)

    const stranger = await deskOf(site)
    await stranger.goto('/verify')
    await stranger.locator('#file').setInputFiles({
      name: '公示牌.png',
      mimeType: 'image/png',
      buffer: pictures[0] ?? Buffer.alloc(0),
    })
    await stranger.getByRole('heading', { name: '核验通过' }).waitFor()
    const said = await stranger.locator('main').innerText()
    const digest = /前 8 位\s+([0-9a-f]{8})/.exec(text)?.[1]
    expect(digest).toBeDefined()
    for (const part of ['公示牌：印制', digest ?? '', ...(text.match(/F04-2023-\d+/g) ?? [])])
      expect(said).toContain(part)
    expect(complaints).toEqual([])
    await stranger.context().close()
    await officer.context().close()
  })

  test('a mine that has not printed its board prints it, and puts it up', async () => {
    const leader = await signInAtDesk(site, 'f08-kuangzhang')
    await leader.goto(boardAt('F08'))
    await leader.getByText('还没有印制过').waitFor()
    expect(await leader.locator('.board .qr').count()).toBe(0)
    await leader.getByRole('button', { name: '印制', exact: true }).click()
    await leader.getByRole('button', { name: '打印', exact: true }).waitFor()
    expect(await leader.locator('.board .qr').count()).toBeGreaterThan(1)
    await leader.getByRole('button', { name: '记张贴' }).click()
    await leader.getByLabel('张贴位置').fill('矿门公示栏')
    await leader.getByRole('form', { name: '记张贴' }).getByRole('button', { name: '记张贴' }).click()
    await leader.getByText('张贴于矿门公示栏').waitFor()
    await leader.setViewportSize({ width: 360, height: 800 })
    expect(await overflow(leader)).toEqual([])
    await leader.context().close()
  })

  test('on the web anybody reads it without signing in, where the bureau opened it; elsewhere there is nothing', async () => {
    const stranger = await deskOf(site)
    const complaints = complaintsOf(stranger)
    await stranger.goto(`/board/${demoId('F04')}`)
    await stranger.getByRole('heading', { level: 1, name: /重大事故隐患公示/ }).waitFor()
    await stranger.setViewportSize({ width: 360, height: 800 })
    expect(await overflow(stranger)).toEqual([])
    expect(complaints).toEqual([])
    const none = await stranger.goto(`/board/${demoId('F08')}`)
    expect([none?.status(), (await stranger.locator('body').innerText()).trim()]).toEqual([404, '404'])
    await stranger.context().close()
  })

  test('the section opens a mine on the web with the reference of its review, and takes it down', async () => {
    const officer = await signInAtDesk(site, 'guzhang')
    await officer.goto(boardAt('F03'))
    await officer.getByRole('button', { name: '上网公示' }).click()
    const sheet = officer.getByRole('form', { name: '上网公示' })
    await sheet.getByRole('button', { name: '打开网页' }).click()
    await sheet.getByRole('alert').first().waitFor()
    await sheet.getByLabel('信息公开审查文号').fill('上应急公审〔2023〕5 号')
    await sheet.getByRole('button', { name: '打开网页' }).click()
    await officer.getByText('上应急公审〔2023〕5 号').first().waitFor()
    expect((await fetch(`${site.url}/board/${demoId('F03')}`)).status).toBe(200)
    await officer.getByRole('button', { name: '撤下网页' }).click()
    await officer.getByLabel('撤下的原因').fill('审查意见变更')
    await officer.getByRole('button', { name: '撤下', exact: true }).click()
    await officer.getByRole('button', { name: '上网公示' }).waitFor()
    expect((await fetch(`${site.url}/board/${demoId('F03')}`)).status).toBe(404)
    await officer.context().close()
  })
})
