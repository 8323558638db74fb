import { readFileSync } from 'node:fs'
import pg from 'pg'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, type ExpectStatic, expect, test } from 'vitest'
import { demoId } from '#demo/demoId.ts'
import { violationsOf } from '#tests/browser/support/axe.ts'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { deskOf, signInAtDesk } from '#tests/browser/support/desk.ts'
import { phoneOf, signInOnPhone } from '#tests/browser/support/field.ts'
import { complaintsOf, foreignWords, overflow, primaryButtons, settled } from '#tests/browser/support/looking.ts'
import type { Site } from '#tests/browser/support/site.ts'
import { signedFor } from '#tests/support/signedFor.ts'

let site: Site

beforeAll(async () => {
  const demo = await openDemoSite({ sequence: true })
  site = demo
  // A board shows its codes once its print is in the log.
  const owner = new pg.Pool({ connectionString: demo.adminUrl, max: 1 })
  await signedFor({ owner })
  await owner.end()
}, 180_000)
afterAll(() => site?.close())

const hazardAt = (mine: string, hazard: string): string => `/hazards/${demoId(mine)}/${demoId(hazard)}`

const ofTheChief = [
  '/',
  '/mines',
  '/mines?status=producing',
  `/mines/${demoId('F01')}`,
  `/mines/${demoId('F01')}/edit`,
  '/mines/new',
  '/companies/new',
  `/companies/${demoId('C11')}`,
  `/mines/${demoId('F06')}`,
  `/mines/${demoId('F05')}/presence?month=2023-08`,
  '/permits',
  '/permits?unregistered=true',
  '/presence',
  '/presence?month=2023-08&missing=true',
  '/hazards?figure=dualReported',
  '/map',
  '/register',
  '/register?view=majorOpen&grade=major',
  '/statistics',
  '/self-checks',
  '/self-checks?month=2023-08',
  `/self-checks/${demoId('F01')}/2023-08`,
  `/self-checks/${demoId('F01')}/2023-08/print`,
  `/mines/${demoId('F04')}/board`,
  `/mines/${demoId('F04')}/papers`,
  `/mines/${demoId('F04')}/crew-card`,
  `/mines/${demoId('F04')}/register-print`,
  '/companies',
  '/hazards/order',
  '/hazards/numbers',
  '/imports',
  '/my-record?month=2023-07',
  '/handovers',
  '/handovers/new',
  '/register?search=没有这样的隐患',
  '/hazards/report',
  hazardAt('F01', 'H01'),
  hazardAt('F08', 'H08'),
  hazardAt('F10', 'H09'),
  hazardAt('局', 'H12'),
  `${hazardAt('F01', 'H01')}?act=order`,
  '/notice',
  '/notice?noDuty=true',
  '/rules',
  '/ledger',
  '/people',
  `/people?tenantId=${demoId('F03')}`,
  '/no-such-page',
]
const ofTheMine = [
  '/',
  `/mines/${demoId('F04')}`,
  `/mines/${demoId('F04')}/presence`,
  '/hazards/report',
  '/hazards/report?fixed=true',
  hazardAt('F04', 'H05'),
  `${hazardAt('F04', 'H05')}?act=assign`,
  `${hazardAt('F04', 'H05')}?act=accept`,
  hazardAt('F04', 'H04'),
  '/my-record',
  '/register',
  '/self-checks',
  `/self-checks/${demoId('F04')}/2023-09`,
  '/handovers/new',
  '/people',
]
const ofTheAdministrator = [
  '/ledger',
  '/organisations',
  '/organisations/new',
  `/organisations/${demoId('局')}`,
  '/accounts',
  `/accounts/${demoId('局')}/new-0192f0c4-0000-7000-8000-000000000001`,
]

const toThePhone = (path: string): string => path.replace('/hazards/', '/m/hazard/')
const ofTheSafetyOfficer = [
  '/m/',
  '/m/tasks',
  '/m/mine',
  '/m/me',
  `/m/check/${demoId('F04')}/2023-09`,
  `/m/check/${demoId('F04')}/2023-09/item/OP-03-1`,
  `/m/check/${demoId('F04')}/2023-09/left`,
  toThePhone(hazardAt('F04', 'H05')),
  ...['assign', 'progress', 'evaluation', 'posting', 'rejudge', 'accept', 'repeatLink'].map(
    (act) => `${toThePhone(hazardAt('F04', 'H05'))}/${act}`,
  ),
  toThePhone(hazardAt('F04', 'H04')),
]
const ofTheRegulator = [
  '/m/',
  '/m/tasks',
  toThePhone(hazardAt('F01', 'H01')),
  `${toThePhone(hazardAt('F01', 'H01'))}/order`,
]

/** What every screen owes whoever looks at it, at this width. */
const looksRight = async (page: Page, heard: readonly string[], expect: ExpectStatic): Promise<void> => {
  await settled(page)
  expect.soft(heard, 'complaints of the browser').toEqual([])
  expect.soft(await page.getByRole('heading', { level: 1 }).count(), 'headings of the first level').toBe(1)
  expect.soft(await page.getByText('演示数据·虚构').first().isVisible(), 'watermark').toBe(true)
  expect.soft(await foreignWords(page), 'foreign words').toEqual([])
  expect.soft(await overflow(page), 'wider than the window').toEqual([])
  expect.soft(await violationsOf(page), 'serious to axe').toEqual([])
}

const desks = [
  ['guzhang', ofTheChief],
  ['f04-kuangzhang', ofTheMine],
  ['guanliyuan', ofTheAdministrator],
] as const

/** Papers of one record, which a walk of their own looks at: slip, printed paper, result of an import, hand-over. */
const walkedElsewhere = [
  '/ledger/slip/$tenantId/$streamId/$version',
  '/papers/$tenantId/$id',
  '/imports/$tenantId/$id',
  '/handovers/$tenantId/$id',
]

test('every page of the desk is looked at', () => {
  const routes = readFileSync(new URL('../../src/web/desk/router.tsx', import.meta.url), 'utf8')
  const paths = [...routes.matchAll(/path: '([^']+)'/g)].map(([, path]) => path ?? '')
  const seen = desks.flatMap(([, visited]) => visited.map((path) => path.replace(/\?.*/, '')))
  const looksLike = (path: string) => new RegExp(`^${path.replace(/\$\w+/g, '[^/]+')}$`)
  const unseen = paths.filter((path) => !seen.some((one) => looksLike(path).test(one)))
  expect(unseen.sort()).toEqual([...walkedElsewhere].sort())
})

describe.each(desks)('at the desk of %s', (login, paths) => {
  let context: BrowserContext
  beforeAll(async () => {
    context = (await signInAtDesk(site, login)).context()
  }, 60_000)
  afterAll(() => context?.close())

  test.for(paths)('%s reads well on a wide and on a narrow screen', async (path, { expect }) => {
    const page = await context.newPage()
    const heard = complaintsOf(page)
    await page.goto(path)
    await looksRight(page, heard, expect)
    if (path.startsWith('/hazards/')) expect.soft((await primaryButtons(page)).length).toBeLessThanOrEqual(1)
    await page.setViewportSize({ width: 360, height: 800 })
    expect.soft(await overflow(page), 'wider than 360 px').toEqual([])
    await page.close()
  })

  test('on paper a page keeps its heading, its content and the watermark, and leaves out the menus', async () => {
    const page = await context.newPage()
    for (const path of paths
      .filter((one) => !one.includes('?'))
      .slice(0, 1)
      .concat(paths.at(-1) ?? '/')) {
      await page.goto(path)
      await settled(page)
      const before = (await page.getByRole('main').innerText()).length
      await page.emulateMedia({ media: 'print' })
      expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true)
      expect(await page.getByText('演示数据·虚构').first().isVisible()).toBe(true)
      expect(await page.getByRole('navigation', { name: '主菜单' }).isVisible()).toBe(false)
      expect((await page.getByRole('main').innerText()).length).toBeGreaterThan(before / 3)
      await page.emulateMedia({ media: null })
    }
  })
})

const phones = [
  ['f04-anquanyuan', ofTheSafetyOfficer],
  ['jianguanyuan-jia', ofTheRegulator],
] as const

describe.each(phones)('on the phone of %s', (login, paths) => {
  let context: BrowserContext
  beforeAll(async () => {
    context = (await signInOnPhone(site, login)).context()
  }, 60_000)
  afterAll(() => context?.close())

  test.for(paths)('%s reads well at 360 px', async (path, { expect }) => {
    const page = await context.newPage()
    const heard = complaintsOf(page)
    await page.goto(path)
    if (path === '/m/') await page.getByText('报隐患', { exact: true }).waitFor()
    await looksRight(page, heard, expect)
    await page.close()
  })
})

test('the doors read well before anybody has signed in', async () => {
  const desk = await deskOf(site)
  const heard = complaintsOf(desk)
  await desk.goto('/')
  await looksRight(desk, heard, expect)
  await desk.setViewportSize({ width: 360, height: 800 })
  expect(await overflow(desk)).toEqual([])
  const phone = await phoneOf(site)
  const heardThere = complaintsOf(phone)
  await phone.goto('/m/')
  await looksRight(phone, heardThere, expect)
})

test('on the second visit a page shows its content within a second', async () => {
  const page = await signInAtDesk(site, 'guzhang')
  for (const path of ['/', '/register', hazardAt('F08', 'H08')]) {
    await page.goto(path)
    await settled(page)
    const took: number[] = []
    for (let visit = 0; visit < 3; visit += 1) {
      await page.reload({ waitUntil: 'commit' })
      await page.getByRole('heading', { level: 1 }).waitFor()
      took.push(await page.evaluate(() => performance.now()))
    }
    expect(Math.min(...took), path).toBeLessThan(1000)
  }
  await page.context().close()
})
