import { readFile } from 'node:fs/promises'
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

/** Goes on with the Tab key until what is looked for has the focus, as somebody without a mouse does. */
const tabTo = async (selector: string): Promise<void> => {
  for (let pressed = 0; pressed < 80; pressed += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
  }
  throw new Error(`nobody gets to ${selector} by the Tab key`)
}

const soon = { timeout: 10_000 }

const rows = () => page.locator('table[role="grid"] tbody tr')
const focusedRow = () =>
  page.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('data-row') ?? undefined)
const foot = () => page.locator('.table-foot')

describe('the register by the keyboard alone', () => {
  test('/ looks for two characters; the rows are narrowed and the total says how many', async () => {
    await page.goto('/register')
    await rows().first().waitFor()
    const before = await rows().count()
    await page.keyboard.press('/')
    await page.keyboard.type('平台')
    await page.keyboard.press('Enter')
    await page.waitForURL(/search=/)
    await expect.poll(() => rows().count(), soon).toSatisfy((now) => now > 0 && now < before)
    const found = await rows().count()
    await expect.poll(() => foot().innerText(), soon).toContain(`已显示 ${found} 条，共 ${found} 条`)
  })

  test('arrows go from cell to cell, Enter opens the row beside, the panel follows, Esc closes and the place stays', async () => {
    await page.goto('/register')
    await rows().nth(3).waitFor()
    await tabTo('table[role="grid"] td')
    const first = await focusedRow()
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
    const third = await focusedRow()
    expect(third).toBe(await rows().nth(2).getAttribute('data-row'))
    expect(third).not.toBe(first)
    await page.keyboard.press('Enter')
    const panel = page.getByRole('complementary', { name: '选中的隐患' })
    await panel.getByRole('region', { name: '概况' }).waitFor()
    const shown = await panel.getByRole('heading', { level: 2 }).innerText()
    expect(shown).toBe((await rows().nth(2).locator('td').first().innerText()).trim())
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => panel.getByRole('heading', { level: 2 }).innerText(), soon).not.toBe(shown)
    const fourth = await focusedRow()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    expect(await focusedRow()).toBe(fourth)
    await page.keyboard.press('Control+End')
    expect(await focusedRow()).toBe(await rows().last().getAttribute('data-row'))
  })

  test('a view of the house, a column more, another order; saved under a name of one’s own', async () => {
    await page.goto('/register')
    await tabTo('.view-tab:nth-of-type(4)')
    await page.keyboard.press('Enter')
    await page.waitForURL(/view=majorOpen/)
    await expect.poll(() => page.locator('th').allInnerTexts(), soon).toContain('停产')
    await tabTo('.page-actions button:first-child')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog')
    await drawer.waitFor()
    await page.getByLabel('按名称找列').focus()
    await page.keyboard.type('已用资金')
    await tabTo('.column-group input[type="checkbox"]')
    await page.keyboard.press('Space')
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
    await expect.poll(() => page.locator('th').allInnerTexts(), soon).toContain('已用资金（元）')
    await tabTo('th .sorter')
    await page.keyboard.press('Enter')
    await page.waitForURL(/sort=number/)
    await tabTo('.views .ant-dropdown-trigger')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: '另存为新视图…' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent), soon).toBe('另存为新视图…')
    await page.keyboard.press('Enter')
    await page.locator('#view-name').waitFor()
    await page.locator('#view-name').focus()
    await page.keyboard.type('带资金的重大')
    await tabTo('.ant-modal .ant-btn-primary')
    await page.keyboard.press('Enter')
    await page.locator('.view-tab[aria-current]', { hasText: '带资金的重大' }).waitFor()
    await page.goto('/register')
    await page.locator('.view-tab', { hasText: '带资金的重大' }).click()
    await expect.poll(() => page.locator('th').allInnerTexts(), soon).toContain('已用资金（元）')
    await page.waitForURL(/sort=number/)
  })

  test('the export holds every row the page counts, and says how many', async () => {
    await page.goto('/register?grade=major')
    await rows().first().waitFor()
    const counted = Number(/共 (\d+) 条/.exec(await foot().innerText())?.[1])
    expect(counted).toBe(await rows().count())
    await tabTo('.page-actions button:nth-of-type(2)')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: '文本 .csv' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent), soon).toContain('.xlsx')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent), soon).toContain('.csv')
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    const text = await readFile(await file.path(), 'utf8')
    const lines = text.trimEnd().split('\r\n')
    expect(lines.filter((line) => /^"?([A-Z]\d{2}|局)-2023-/.test(line))).toHaveLength(counted)
    expect(text).toContain(String(counted))
  })
})
