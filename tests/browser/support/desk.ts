import type { Page } from 'playwright-core'
import { watchRequests } from '#tests/browser/support/quiet.ts'
import { type Login, password, type Site } from '#tests/browser/support/site.ts'

/** Somebody at a desk: a browser of one's own, 1440 × 900. */
export const deskOf = async ({ browser, url }: Site): Promise<Page> => {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  context.setDefaultTimeout(20_000)
  watchRequests(context)
  return context.newPage()
}

export const fillSignIn = async (page: Page, login: Login, given = password): Promise<void> => {
  await page.getByLabel('账号', { exact: true }).fill(login)
  await page.getByLabel('密码', { exact: true }).fill(given)
  await page.getByRole('button', { name: '登录' }).click()
}

export const signInAtDesk = async (site: Site, login: Login): Promise<Page> => {
  const page = await deskOf(site)
  await page.goto('/')
  await fillSignIn(page, login)
  await page.getByRole('button', { name: /换岗位或退出/ }).waitFor()
  return page
}
