import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { signInAtDesk } from '#tests/browser/support/desk.ts'
import type { Site } from '#tests/browser/support/site.ts'

let site: Site
beforeAll(async () => {
  site = await openDemoSite()
}, 180_000)
afterAll(() => site?.close())

test('离岗的人可以删除个人信息：先说清删什么、留什么，选了理由才办；删完写明已删除', { timeout: 90_000 }, async () => {
  const page = await signInAtDesk(site, 'f04-kuangzhang')
  await page.goto('/people')
  await page.getByRole('button', { name: '登记人员' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('岗位').fill('临时爆破员')
  await sheet.getByLabel('姓名（可不填）').fill('试删一号')
  await sheet.getByRole('button', { name: '登记人员' }).click()
  const row = page.getByRole('row', { name: /临时爆破员/ })
  await row.getByText('试*').waitFor()
  expect(await row.getByRole('button', { name: /删除个人信息/ }).count()).toBe(0)

  await row.getByRole('button', { name: /修改/ }).click()
  await sheet.getByLabel('在岗').uncheck()
  await sheet.getByRole('button', { name: '保存修改' }).click()
  await row.getByRole('button', { name: /删除个人信息/ }).click()
  await sheet.getByText('删除以后不能恢复').waitFor()
  await sheet.getByText('记录里只有这个人的编号，从此查不到是谁').waitFor()
  await sheet.getByRole('button', { name: '删除个人信息' }).click()
  await sheet.getByRole('alert').getByText('选择删除的理由').first().waitFor()
  await sheet.getByText('本人撤回同意').click()
  await sheet.getByRole('button', { name: '删除个人信息' }).click()
  await row.getByText('已删除').first().waitFor()
  expect(await row.getByRole('button').count()).toBe(0)
})
