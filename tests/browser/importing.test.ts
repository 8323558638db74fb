import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readWorkbook } from '#server/documents/readWorkbook.ts'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { signInAtDesk } from '#tests/browser/support/desk.ts'
import { complaintsOf, foreignWords, overflow, primaryButtons, settled } from '#tests/browser/support/looking.ts'
import type { Site } from '#tests/browser/support/site.ts'
import { bookOf, type Grid, linesWithFaults, mineLine, mineTitles, sheetOf } from '#tests/support/workbooks.ts'

let site: Site
let officer: Page

beforeAll(async () => {
  site = await openDemoSite({ work: true })
  officer = await signInAtDesk(site, 'jianguanyuan-jia')
}, 180_000)
afterAll(() => site?.close())

const book = (name: string, grid: Grid) => ({
  name,
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: Buffer.from(bookOf({ 矿山: sheetOf(grid) })),
})
const listOf = (lines: readonly ReturnType<typeof mineLine>[], titles = mineTitles): Grid => [
  titles,
  ...lines.map((line) => mineTitles.map((title) => line[title] ?? null)),
]

const choose = (page: Page, file: ReturnType<typeof book>) => page.getByLabel('表格文件').setInputFiles(file)
const sentence = (page: Page) => page.getByRole('status')
const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.IMPORT_SHOTS
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

describe('监管员从表格导入矿山名录', { timeout: 90_000 }, () => {
  test('从矿山名录进来；还没有导入过，页面说这里做什么；能下载模板', async () => {
    const heard = complaintsOf(officer)
    await officer.goto('/mines')
    await officer.getByRole('link', { name: '从表格导入' }).click()
    await officer.getByRole('heading', { level: 1, name: '导入' }).waitFor()
    await officer.getByText('还没有导入过').waitFor()
    await settled(officer)
    expect(await primaryButtons(officer)).toEqual(['选择表格'])
    expect(await foreignWords(officer)).toEqual([])
    const coming = officer.waitForEvent('download')
    await officer.getByRole('button', { name: '下载模板' }).click()
    const template = await coming
    expect(template.suggestedFilename()).toBe('矿山和企业导入模板.xlsx')
    await shot(officer, 'import-empty')
    expect(heard).toEqual([])
  })

  test('九处错，每处写明表、行、列、原因、改法；主要的办法是下载标注好的表格', async () => {
    await choose(officer, book('名录.xlsx', listOf(linesWithFaults.lines)))
    await sentence(officer).getByText('好的 5 行').waitFor()
    const rows = officer.getByRole('table', { name: '错误' }).locator('tbody tr')
    expect(await rows.count()).toBe(9)
    expect(await officer.locator('[data-fault="I7"]').innerText()).toContain('是不是“正常生产”')
    await officer.getByRole('button', { name: '统一社会信用代码 1' }).click()
    expect(await rows.count()).toBe(1)
    await officer.getByRole('button', { name: '统一社会信用代码 1' }).click()
    expect(await primaryButtons(officer)).toEqual(['下载标注好的表格'])
    await shot(officer, 'import-faults')
    const coming = officer.waitForEvent('download')
    await officer.getByRole('button', { name: '下载标注好的表格' }).click()
    const read = await readWorkbook(await readFile(await (await coming).path()))
    expect(read.ok && read.value[0]?.rows.length).toBe(10)
  })

  test('表头不认得的，选一次就认得；导入，看着办到第几行，逐行的结果都在', async () => {
    const titles = mineTitles.map((title) => (title === '矿山名称' ? '场子叫啥' : title))
    await choose(officer, book('另一份.xlsx', listOf([mineLine(1), mineLine(2), mineLine(3)], titles)))
    await officer.locator('[data-fault]').getByText('没有“矿山名称”这一列').waitFor()
    const row = officer.locator('tr[data-header="场子叫啥"]')
    await row.getByRole('combobox').click()
    await row.getByRole('combobox').fill('矿山名称')
    await row.getByRole('combobox').press('Enter')
    await sentence(officer).getByText('好的 3 行（新 3 座矿）；没有错误').waitFor()
    await expect.poll(() => primaryButtons(officer)).toEqual(['导入 3 行'])
    await officer.getByRole('button', { name: '导入 3 行' }).click()
    await officer.getByRole('heading', { level: 1, name: '导入结果：矿山和企业' }).waitFor()
    await sentence(officer).getByText('办完了：已登记 3').waitFor()
    await officer.getByRole('table', { name: '逐行的结果' }).getByText('I0002 导入2号石灰岩矿').waitFor()
    await shot(officer, 'import-result')
    await officer.getByRole('link', { name: '看矿山名录' }).click()
    await officer.getByRole('link', { name: '导入3号石灰岩矿' }).waitFor()
  })

  test('已经登记而不同的，两边摆在一起；不选就照旧，选了才改', async () => {
    await officer.goto('/imports?kind=mines')
    await choose(officer, book('再来.xlsx', listOf([mineLine(1), mineLine(2, { 本矿人数: 99 })])))
    const entry = officer.locator('[data-found="3"]')
    await entry.getByRole('row', { name: '本矿人数 22 人 99 人' }).waitFor()
    await officer.getByText('1 行和登记的一样').waitFor()
    expect(await officer.getByRole('button', { name: '没有要登记的' }).isDisabled()).toBe(true)
    await entry.getByRole('radio', { name: '用表里的' }).check()
    await shot(officer, 'import-found')
    await officer.getByRole('button', { name: '导入 1 行' }).click()
    await sentence(officer).getByText('办完了：已登记 0，已修改 1，已经有了 1').waitFor()
    await officer.goBack()
    await officer.getByRole('table', { name: '导入记录' }).getByRole('row').nth(2).waitFor()
  })
})

test('安全员只导入本矿的人；手机的宽度上不用左右推', { timeout: 90_000 }, async () => {
  const page = await signInAtDesk(site, 'f04-anquanyuan')
  await page.goto('/people')
  await page.getByRole('link', { name: '从表格导入' }).click()
  await choose(
    page,
    book('花名册.xlsx', [
      ['岗位', '姓名', '联系电话'],
      ['爆破员', '导甲', '13900001111'],
      ['司机', '导乙', '1390'],
    ]),
  )
  await page.locator('[data-fault="C3"]').getByText('“1390”不是电话号码').waitFor()
  await page.setViewportSize({ width: 360, height: 800 })
  expect(await overflow(page)).toEqual([])
  await shot(page, 'import-narrow')
  await page.getByRole('button', { name: '只导入好的 1 行' }).click()
  await sentence(page).getByText('办完了：已登记 1，有错没有收 1').waitFor()
  expect(await page.locator('main').innerText()).not.toContain('导甲')
  await page.context().close()
})

test('岗位不登记这些的，页面说明由谁导入', async () => {
  const page = await signInAtDesk(site, 'bayi')
  await page.goto('/imports')
  await page.getByText('您的岗位不登记这些').waitFor()
  await page.context().close()
})
