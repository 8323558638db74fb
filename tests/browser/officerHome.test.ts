import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoId } from '#demo/demoId.ts'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { signInAtDesk } from '#tests/browser/support/desk.ts'
import type { Site } from '#tests/browser/support/site.ts'

let site: Site
let chief: Page

beforeAll(async () => {
  site = await openDemoSite()
  chief = await signInAtDesk(site, 'guzhang')
}, 180_000)
afterAll(() => site?.close())

const openHazard = async (page: Page, register: string, hazard: string): Promise<void> => {
  await page.goto(`/hazards/${demoId(register)}/${demoId(hazard)}`)
  await page.getByRole('region', { name: '概况' }).waitFor()
}

const timeliness = (page: Page) => page.getByRole('region', { name: '概况' }).locator('[data-timeliness]')

test('one sentence stands on top: phase, days left, open major hazards, overdue', async () => {
  await chief.goto('/')
  const sentence = chief.getByRole('heading', { level: 1 })
  await sentence.waitFor()
  expect(await sentence.textContent()).toBe('部门精准执法阶段，剩76天；未销号重大隐患6条，逾期1条')
})

test('the three columns hold what the district owes, what waits for the chief, where danger grows', async () => {
  await chief.goto('/')
  const column = (name: RegExp) => chief.getByRole('region', { name })
  await column(/^未落实/)
    .getByRole('listitem')
    .first()
    .waitFor()
  const owed = await column(/^未落实/).innerText()
  for (const part of ['逾期 15 天', '职工大会未报', '治理方案未交', '五定缺措施、资金、预案'])
    expect(owed).toContain(part)
  const waiting = await column(/^待我办/).innerText()
  expect(waiting).toMatch(/核查[\s\S]*还剩 5 天/)
  expect(waiting).toMatch(/责令后复查[\s\S]*F01-2023-/)
  expect(await column(/^风险上升/).innerText()).toMatch(/边坡滑移迹象[\s\S]*木铎山/)
})

test('H01 is overdue by 15 days: its recheck failed and the old deadline counts', async () => {
  await openHazard(chief, 'F01', 'H01')
  expect(await timeliness(chief).textContent()).toBe('逾期 15 天')
  await chief.getByText('期限 2023-08-31；复查不合格，按原期限计').waitFor()
})

test('H07 was closed after its deadline and is not overdue: the recheck was asked for in time', async () => {
  await openHazard(chief, 'F07', 'H07')
  expect(await timeliness(chief).textContent()).toBe('未逾期')
  expect(await chief.locator('[data-status="closed"]').textContent()).toBe('已销号')
})

test('H09 lacks measures, funds and contingency plan, and its tiles say so', async () => {
  await openHazard(chief, 'F10', 'H09')
  const missing = (name: string) => chief.locator(`[data-five="${name}"]`).getByText('没有写').count()
  for (const name of ['measures', 'funds', 'contingencyPlan']) expect(await missing(name), name).toBe(1)
  for (const name of ['responsible', 'deadline']) expect(await missing(name), name).toBe(0)
})

test('H12, a report from the public, is seen by the bureau and by nobody at the mine', async () => {
  await openHazard(chief, '局', 'H12')
  await chief.getByRole('heading', { level: 1, name: /^局-2023-001 东排土场/ }).waitFor()

  const principal = await signInAtDesk(site, 'f03-kuangzhang')
  await principal.goto('/register')
  await principal.getByRole('grid', { name: '隐患台账' }).waitFor()
  expect(await principal.getByText('东排土场').count()).toBe(0)
  expect(await principal.getByText('局-2023-001').count()).toBe(0)
  await principal.goto('/')
  await principal.getByRole('heading', { level: 1 }).waitFor()
  expect(await principal.getByText('核查').count()).toBe(0)
  await principal.goto(`/hazards/${demoId('局')}/${demoId('H12')}`)
  await principal.getByRole('alert').waitFor()
  expect(await principal.getByText('东排土场').count()).toBe(0)
  expect(await principal.getByText('匿名').count()).toBe(0)
})
