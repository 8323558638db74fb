import type { Page } from 'playwright-core'
import { fillSignIn } from '#tests/browser/support/desk.ts'
import type { Login, Site } from '#tests/browser/support/site.ts'

/** Somebody with an old phone in the hand: 360 × 800, fingers. */
export const phoneOf = async ({ browser, url }: Site, deviceScaleFactor = 1): Promise<Page> => {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 360, height: 800 },
    deviceScaleFactor,
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  context.setDefaultTimeout(20_000)
  return context.newPage()
}

export const signInOnPhone = async (site: Site, login: Login, deviceScaleFactor = 1): Promise<Page> => {
  const page = await phoneOf(site, deviceScaleFactor)
  await page.goto('/m/')
  await fillSignIn(page, login)
  await page.getByRole('navigation', { name: '主要页面' }).waitFor()
  return page
}
