import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { demoId } from '#demo/demoId.ts'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { signInAtDesk } from '#tests/browser/support/desk.ts'
import type { Site } from '#tests/browser/support/site.ts'

let site: Site
let officer: Page
let chief: Page

beforeAll(async () => {
  site = await openDemoSite()
  officer = await signInAtDesk(site, 'F10/安全员')
  chief = await signInAtDesk(site, 'guzhang')
}, 240_000)
afterAll(() => site?.close())

const mine = `/mines/${demoId('F10')}`

const drawer = (page: Page) => page.getByRole('dialog')

const open = '.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option'

/** A list that is still opening takes no click: chosen is what the field shows. */
const choose = (page: Page, label: string, option: string): Promise<void> =>
  vi.waitFor(
    async () => {
      const box = drawer(page).getByRole('combobox', { name: label })
      if ((await box.getAttribute('aria-expanded')) !== 'true') await box.click({ timeout: 2_000 })
      await page.locator(open).filter({ hasText: option }).first().click({ timeout: 2_000 })
      expect(
        await drawer(page)
          .locator('.ant-select')
          .filter({ has: page.getByRole('combobox', { name: label }) })
          .innerText(),
      ).toContain(option)
    },
    { timeout: 20_000, interval: 250 },
  )

const closed = (page: Page) => drawer(page).waitFor({ state: 'detached' })

describe('what a mine keeps of itself, and what the bureau sees of it', { timeout: 120_000 }, () => {
  test('the page says which permit nobody entered; the safety officer enters it from there', async () => {
    await officer.goto(mine)
    const permits = officer.getByRole('region', { name: '证照' })
    await permits.getByRole('button', { name: '采矿许可证' }).click()
    const form = drawer(officer).getByRole('form', { name: '证照' })
    await form.getByRole('button', { name: '登记证照' }).click()
    await form.getByText('没有填写').first().waitFor()
    await form.getByLabel('证号').fill('演示C1404042099')
    await form.getByLabel('发证机关').fill('演示·自然资源局')
    await form.getByLabel('有效期至').fill('2023-10-01')
    await form.getByLabel('有效期至').press('Tab')
    await form.getByRole('button', { name: '登记证照' }).click()
    await closed(officer)
    await permits.getByText('快到期，还剩 16 天').waitFor()
    expect(await permits.getByText('名录里没有登记').count()).toBe(0)
  })

  test('a contractor without a safety agreement stands out', async () => {
    await officer.getByRole('button', { name: '登记承包、出租单位' }).click()
    await drawer(officer).getByLabel('名称').fill('演示·顺坡运输')
    await choose(officer, '种类', '出租单位')
    await drawer(officer).getByLabel('在本矿的人数').fill('6')
    await drawer(officer).getByRole('button', { name: '登记出租单位' }).click()
    await closed(officer)
    const row = officer.getByRole('table', { name: '外包外租' }).getByRole('row').filter({ hasText: '顺坡运输' })
    await row.getByText('没有登记安全协议').waitFor()
  })

  test('a day of the actual controller is recorded, put right, and what was written before stays', async () => {
    await officer.goto(`${mine}/presence`)
    await officer.getByText('2023-09 没有驻矿记录').waitFor()
    await officer.getByRole('button', { name: '记驻矿' }).click()
    await choose(officer, '谁', '实际控制人')
    await drawer(officer).getByLabel('哪一天').fill('2023-09-14')
    await drawer(officer).getByLabel('哪一天').press('Tab')
    await drawer(officer).getByLabel('办了什么事').fill('看山坡排土场截水沟')
    await drawer(officer).getByRole('button', { name: '记驻矿' }).click()
    await closed(officer)
    const day = officer.locator('[data-day="2023-09-14"]')
    await day.getByText('1 天后补记').waitFor()
    await day.getByRole('button', { name: /^更正/ }).click()
    await drawer(officer).getByLabel('办了什么事').fill('看山坡排土场截水沟，定修沟的人')
    await drawer(officer).getByLabel('更正的理由').fill('漏写')
    await drawer(officer).getByRole('button', { name: '更正', exact: true }).click()
    await closed(officer)
    await day.getByText('原来写的：看山坡排土场截水沟').waitFor()
  })

  test('the bureau sees both in its lists: the permit that expires soon, and what the month still lacks', async () => {
    await chief.goto('/permits')
    await chief.getByRole('button', { name: /^快到期 4/ }).click()
    const soon = chief.getByRole('table', { name: '证照' }).getByRole('row')
    await soon.filter({ hasText: '演示C1404042099' }).waitFor()
    await soon.filter({ hasText: '磐石采剥工程' }).first().getByText('还剩 23 天').waitFor()
    await chief.goto('/presence')
    await chief.getByText('通知未规定天数').waitFor()
    await chief.getByRole('button', { name: /^有缺的/ }).click()
    const lacking = chief.getByRole('table', { name: '关键人驻矿' }).getByRole('row').filter({ hasText: '萤火坳' })
    await lacking.getByText('法定代表人：本月没有驻矿记录').waitFor()
    expect(await lacking.getByText('实际控制人：').count()).toBe(0)
  })

  test('a fact gets its answer with the source it was read from; what nobody knows stays 资料不足', async () => {
    await chief.goto(mine)
    const fact = chief.locator('[data-fact="hasWasteDump"]')
    await fact.getByRole('button', { name: '修改：有排土场' }).click()
    await drawer(chief).getByLabel('来源', { exact: true }).fill('现场核查')
    await drawer(chief).getByLabel('来源的日期').fill('2023-09-14')
    await drawer(chief).getByLabel('来源的日期').press('Tab')
    await drawer(chief).getByRole('button', { name: '保存' }).click()
    await closed(chief)
    await fact.getByText('现场核查').waitFor()
    expect(await chief.locator('[data-fact]').filter({ hasText: '未知，资料不足' }).count()).toBeGreaterThan(0)
    await chief.getByRole('table', { name: '变更记录' }).getByText('有排土场的来源').waitFor()
  })

  test('who left and who took over an office stays in the person’s history', async () => {
    await chief.goto(`/people?tenantId=${demoId('F10')}`)
    await chief.getByRole('button', { name: '修改：实际控制人' }).click()
    await drawer(chief).getByRole('checkbox', { name: '在岗' }).uncheck()
    await drawer(chief).getByRole('button', { name: '保存修改' }).click()
    await closed(chief)
    await chief.getByRole('button', { name: '修改：实际控制人' }).click()
    await drawer(chief).getByText('在岗 → ').waitFor()
    await chief.goto(mine)
    const roster = chief.getByRole('region', { name: '谁负责' })
    await roster.getByText('没有登记').first().waitFor()
  })
})
