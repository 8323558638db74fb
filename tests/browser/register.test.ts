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

describe('one list of hazards', () => {
  const chip = () => page.getByRole('button', { name: '去掉条件：双报告齐全的重大隐患' })

  test('a figure of the home page is a chip of the register; taken away, all rows are there again', async () => {
    await page.goto('/register')
    await expect.poll(() => foot().innerText(), soon).toMatch(/共 \d+ 条/)
    const all = await rows().count()
    await page.goto('/')
    const figure = page.locator('a[data-figure="dualReported"]')
    const counted = Number(await figure.innerText())
    await figure.click()
    await page.waitForURL(/\/register\?figure=dualReported$/)
    await chip().waitFor()
    await expect.poll(() => foot().innerText(), soon).toContain(`已显示 ${counted} 条，共 ${counted} 条`)
    expect(counted).toBeLessThan(all)
    await chip().focus()
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname === '/register' && url.search === '')
    await expect.poll(() => rows().count(), soon).toBe(all)
  })

  test('an address of the list that was leads to the same rows of the register; what means nothing now is dropped', async () => {
    await page.goto('/hazards?grade=major&open=true&figure=dualReported&search=平台&unknown=1')
    await page.waitForURL((url) => url.pathname === '/register')
    const names = [...new URL(page.url()).searchParams.keys()]
    const narrowing = page.getByRole('search')
    expect(names.toSorted()).toEqual(['figure', 'grade', 'open', 'search'])
    for (const name of ['重大', '未办结', '去掉条件：双报告齐全的重大隐患'])
      expect(await narrowing.getByRole('button', { name, exact: true }).getAttribute('aria-pressed'), name).toBe('true')
    expect(await page.getByLabel('在台账里查找').inputValue()).toBe('平台')
    await page.goto('/hazards')
    await page.waitForURL((url) => url.pathname === '/register')
    await page.getByRole('grid', { name: '隐患台账' }).waitFor()
  })

  test('a click on the number opens the hazard, a click beside it the panel', async () => {
    await page.goto('/register')
    const row = rows().first()
    await row.locator('td').nth(2).click()
    const panel = page.getByRole('complementary', { name: '选中的隐患' })
    await panel.waitFor()
    const link = row.getByRole('link')
    const number = await link.innerText()
    await link.click()
    await page.waitForURL(/\/hazards\/[^/]+\/[^/?]+$/)
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${number}`) }).waitFor()
  })
})
