import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { prepareInstallation } from '#cli/serve/prepareInstallation.ts'
import { demoId } from '#demo/demoId.ts'
import { takePictures } from '#demo/photographs/photograph.ts'
import { openPlatform } from '#server/open.ts'
import { resolveDatabase } from '#server/platform/database/connect.ts'
import { signInAtDesk } from '#tests/browser/support/desk.ts'
import { signInOnPhone } from '#tests/browser/support/field.ts'
import { openSite, type Site } from '#tests/browser/support/site.ts'
import { ensureWebBuild } from '../../bin/bare/webBuild.mjs'

// `node bin/run.mjs tests/browser/screenshots.ts [folder]`: the pictures of docs/screenshots, from the demo district.
const folder = process.argv[2] ?? fileURLToPath(new URL('../../docs/screenshots', import.meta.url))

const settled = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle')
  await page.evaluate(async () => {
    await document.fonts.ready
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))
  })
}

/** A palette is enough for a page, and keeps the repository light. */
const shoot = async (page: Page, name: string, clip?: { readonly height: number }): Promise<void> => {
  await settled(page)
  const { width = 0, height = 0 } = page.viewportSize() ?? {}
  const wanted = clip ? { x: 0, y: 0, width, height: clip.height } : { x: 0, y: 0, width, height }
  const whole = await page.screenshot({ fullPage: clip !== undefined, clip: wanted, animations: 'disabled' })
  const small = await sharp(whole).png({ palette: true, quality: 80, effort: 10, compressionLevel: 9 }).toBuffer()
  await writeFile(join(folder, `${name}.png`), small)
  process.stdout.write(`${name}.png  ${Math.round(small.length / 1000)} kB\n`)
}

const hazardAt = (mine: string, hazard: string): string => `/hazards/${demoId(mine)}/${demoId(hazard)}`

const deskPictures = async (site: Site): Promise<void> => {
  const officer = await signInAtDesk(site, 'guzhang')
  const visits: readonly (readonly [name: string, path: string, height?: number])[] = [
    ['desk-home', '/'],
    ['desk-hazard', hazardAt('F08', 'H08'), 1500],
    ['desk-hazard-closed', hazardAt('F04', 'H04'), 1500],
    ['desk-rules', '/rules'],
    ['desk-mines', '/mines'],
    ['desk-register', '/register?view=majorOpen&grade=major&open=true'],
    ['desk-statistics', '/statistics'],
    ['desk-self-checks', '/self-checks?month=2023-08'],
    ['desk-map', '/map'],
    ['desk-board', `/mines/${demoId('F04')}/board`, 1100],
    ['desk-notice', '/notice'],
  ]
  for (const [name, path, height] of visits) {
    await officer.goto(path)
    await officer.locator('h1').waitFor()
    // Its codes come once the log has signed what the board's print became.
    if (name === 'desk-board') await officer.locator('.board .qr').first().waitFor()
    if (name === 'desk-notice') await officer.locator('[data-span]').nth(24).click()
    await shoot(officer, name, height === undefined ? undefined : { height })
  }
  const mine = await signInAtDesk(site, 'f04-kuangzhang')
  await mine.getByRole('list', { name: '办理步骤' }).first().waitFor()
  await shoot(mine, 'desk-mine-home')
}

const fieldPictures = async (site: Site): Promise<void> => {
  const leader = await signInOnPhone(site, 'f04-anquanyuan', 2)
  await leader.getByRole('heading', { name: /待我办/ }).waitFor()
  await shoot(leader, 'field-home')
  await leader.goto(`/m/hazard/${demoId('F04')}/${demoId('H05')}`)
  await leader.locator('h1').waitFor()
  await shoot(leader, 'field-task')

  await leader.goto(`/m/check/${demoId('F04')}/2023-09`)
  await leader.locator('h1').waitFor()
  await shoot(leader, 'field-self-check')

  const worker = await signInOnPhone(site, 'f04-gongren', 2)
  const scene = 'H04-before'
  const picture = (await takePictures([{ scene, at: '2023-09-15T08:52:00+08:00' }])).get(scene)
  if (!picture) throw new Error(`no picture of ${scene}`)
  await worker
    .locator('[data-act="photograph"]')
    .setInputFiles({ name: picture.name, mimeType: picture.mime, buffer: picture.bytes })
  await worker.getByRole('button', { name: '上山道路K0+310–K0+356' }).click()
  await shoot(worker, 'field-report')
  await worker.getByRole('button', { name: '报告', exact: true }).click()
  await worker.getByRole('heading', { name: '已收到' }).waitFor()
  await shoot(worker, 'field-receipt')
}

await ensureWebBuild(process.execPath)
await mkdir(folder, { recursive: true })
const dataDir = await mkdtemp(join(tmpdir(), 'bihuan-pictures-'))
const log = pino({ level: 'silent' })
const database = await resolveDatabase({ env: {}, dataDir, log })
try {
  await prepareInstallation({ database, dataDir, log, wantsDemo: true })
  const platform = await openPlatform({
    database: { ...database, adminUrl: undefined },
    dataDir,
    log,
    work: false,
    sequence: true,
  })
  const site = await openSite(platform)
  await deskPictures(site)
  await fieldPictures(site)
  await site.close()
  await platform.close()
} finally {
  await database.stop()
  await rm(dataDir, { recursive: true, force: true })
}
