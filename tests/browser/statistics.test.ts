import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { signInAtDesk } from '#tests/browser/support/desk.ts'
import type { Site } from '#tests/browser/support/site.ts'

let site: Site
let page: Page

beforeAll(async () => {
  site = await openDemoSite()
  page = await signInAtDesk(site, 'guzhang')
}, 180_000)
afterAll(() => site?.close())

const soon = { timeout: 10_000 }
const figures = () => page.locator('table.statistics tfoot a')

/** Opens the figures of the last line one after another: the register must show as many rows as the figure says. */
const everyFigureLeads = async (): Promise<number> => {
  await figures().first().waitFor()
  const count = await figures().count()
  for (let at = 0; at < count; at += 1) {
    const figure = figures().nth(at)
    const said = await figure.textContent()
    await figure.click()
    await expect.poll(() => page.locator('.table-foot').textContent(), soon).toContain(`${said} 条`)
    await page.goBack()
    await figures().first().waitFor()
  }
  return count
}

describe('statistics', () => {
  test('every figure of the total leads to just as many rows of the register', async () => {
    await page.goto('/statistics')
    expect(await everyFigureLeads()).toBeGreaterThan(5)
  }, 120_000)

  test('as of a past day too', async () => {
    await page.goto('/statistics?asOf=2023-07-31&by=month')
    expect(await page.locator('.page-head').textContent()).toContain('截至 2023-07-31')
    expect(await everyFigureLeads()).toBeGreaterThan(3)
  }, 120_000)

  test('goes out as a workbook', async () => {
    await page.goto('/statistics?by=division')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出 .xlsx' }).click()
    expect((await download).suggestedFilename()).toMatch(/^隐患统计2023-\d\d-\d\d\.xlsx$/)
  })

  test('fits a phone: the table scrolls by itself, the page does not', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto('/statistics')
    await figures().first().waitFor()
    const [inner, whole] = await page.evaluate(() => [window.innerWidth, document.documentElement.scrollWidth])
    expect(whole).toBeLessThanOrEqual(inner ?? 0)
  })
})
