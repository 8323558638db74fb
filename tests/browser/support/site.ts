import pino from 'pino'
import { type Browser, chromium } from 'playwright-core'
import { demoAccounts } from '#demo/accounts.ts'
import { demoId } from '#demo/demoId.ts'
import { cityCode } from '#demo/organisations.ts'
import { accountOf, postOf } from '#demo/posts.ts'
import { setCredentialsOf } from '#server/accounts/credentials.ts'
import { setupActor } from '#server/accounts/setUp.ts'
import type { OpenPlatform } from '#server/open.ts'
import { createWeb } from '#server/web.ts'
import { findChromium } from '../../../bin/bare/chromium.mjs'

export const password = 'bihuan-demo-2023'

/** Posts that the demo's sign-in page does not offer and a walk needs; they sign in with the post's own name. */
const posts = [
  'F03/穿孔工',
  'F09/安全员',
  'F09/生产班长',
  'F09/技术负责人',
  'F09/矿长',
  'F09/法定代表人（实际控制人）',
  'F10/安全员',
] as const

export type Login = (typeof posts)[number] | (string & {})

const openPosts = async (platform: OpenPlatform): Promise<void> => {
  for (const post of posts) {
    const credentials = { tenantId: demoId(postOf(post).home), accountId: accountOf(post), login: post, password }
    const done = await setCredentialsOf(platform, setupActor(cityCode), credentials)
    if (!done.ok) throw new Error(`${post}: ${done.refusal.message}`)
  }
}

/** As Debian's Chromium runs on a bare machine as root, asking nobody outside for anything. */
export const launchChromium = (...further: readonly string[]): Promise<Browser> => {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium: apt-get install chromium, or name it in CHROMIUM_PATH')
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--lang=zh-CN',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...further,
    ],
  })
}

export type Site = {
  readonly url: string
  readonly browser: Browser
  readonly platform: OpenPlatform
  readonly close: () => Promise<void>
}

/** The demo district behind a port, as it is served, and a browser to look at it. */
export const openSite = async (platform: OpenPlatform): Promise<Site> => {
  await openPosts(platform)
  const web = await createWeb(platform, { log: pino({ level: 'silent' }), demoAccounts, setupCode: 'not-asked' })
  await web.listen({ port: 0, host: '127.0.0.1' })
  const address = web.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const browser = await launchChromium()
  return {
    url: `http://127.0.0.1:${address.port}`,
    browser,
    platform,
    close: async () => {
      await browser.close()
      await web.close()
    },
  }
}
