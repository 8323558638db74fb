import type { Locator, Page } from 'playwright-core'
import type { Picture } from '#tests/browser/support/acting.ts'
import { fillSignIn } from '#tests/browser/support/desk.ts'
import { watchRequests } from '#tests/browser/support/quiet.ts'
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
  watchRequests(context)
  return context.newPage()
}

export const signInOnPhone = async (site: Site, login: Login, deviceScaleFactor = 1): Promise<Page> => {
  const page = await phoneOf(site, deviceScaleFactor)
  await page.goto('/m/')
  await fillSignIn(page, login)
  await page.getByRole('navigation', { name: '主要页面' }).waitFor()
  return page
}

/** A thumb that counts: what it taps, and how often. */
export const thumbOf = (page: Page) => {
  let taps = 0
  const tap = async (target: Locator): Promise<void> => {
    await target.tap()
    taps += 1
  }
  return {
    tap,
    taps: () => taps,
    /** One tap opens the camera; pressing its shutter is the camera's own. */
    photograph: async (target: Locator, picture: Picture): Promise<void> => {
      const camera = page.waitForEvent('filechooser')
      await tap(target)
      await (await camera).setFiles(picture)
    },
  }
}

/** Nothing to push sideways, whatever the screen. */
export const widthOf = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth)
