import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoId } from '#demo/demoId.ts'
import { actButton, fill, open, perform, send } from '#tests/browser/support/acting.ts'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { deskOf, fillSignIn, signInAtDesk } from '#tests/browser/support/desk.ts'
import type { Site } from '#tests/browser/support/site.ts'

let site: Site
let officer: Page

beforeAll(async () => {
  site = await openDemoSite()
  officer = await signInAtDesk(site, 'jianguanyuan-jia')
}, 180_000)
afterAll(() => site?.close())

const h05 = `/hazards/${demoId('F04')}/${demoId('H05')}`
const heading = (page: Page, name: RegExp | string) => page.getByRole('heading', { level: 1, name })
const h05Heading = /^F04-2023-003 /

const signedIn = (page: Page) => page.getByRole('button', { name: /换岗位或退出/ })

describe('signing in', { timeout: 60_000 }, () => {
  test('a wrong password says so and how to go on; five of them lock the account, with the time it takes', async () => {
    const page = await deskOf(site)
    await page.goto('/')
    for (let tried = 0; tried < 5; tried += 1) {
      await fillSignIn(page, 'bayi', 'not-the-password')
      await page.getByRole('button', { name: '登录' }).and(page.locator(':not([disabled])')).waitFor()
      await page.getByRole('alert').getByText('账号或密码不对').waitFor()
    }
    await fillSignIn(page, 'bayi')
    await page.getByText(/账号暂停登录，约 \d+ 分钟后再试/).waitFor()
    expect(await signedIn(page).count()).toBe(0)
    await page.context().close()
  })

  test('a deep link asks to sign in first and then shows what it names', async () => {
    const page = await deskOf(site)
    await page.goto(`${h05}?act=order`)
    await fillSignIn(page, 'jianguanyuan-jia')
    await heading(page, h05Heading).waitFor()
    await page.getByRole('dialog').getByText('责令限期整改').first().waitFor()
    expect(new URL(page.url()).search).toBe('?act=order')
    await page.context().close()
  })

  test('a session that ended asks to sign in and comes back to the page, with what was being written', async () => {
    const page = await signInAtDesk(site, 'jianguanyuan-jia')
    await page.goto(h05)
    const form = await open(page, 'order')
    await fill(form, { document: '演示责改〔2023〕31号', demand: '南帮最下一个台阶不得采装' })
    await page.context().clearCookies()
    // Whatever asks first is told that the session has ended: the act, or the page by itself, which takes the form away.
    await form
      .locator('button[data-act="order"]')
      .click({ timeout: 5_000 })
      .catch(() => undefined)
    await heading(page, '登录').waitFor()
    await fillSignIn(page, 'jianguanyuan-jia')
    await heading(page, h05Heading).waitFor()
    const again = page.getByRole('dialog').locator('form')
    expect(await again.locator('[data-field="document"] input').inputValue()).toBe('演示责改〔2023〕31号')
    expect(await again.locator('[data-field="demand"] textarea').first().inputValue()).toBe('南帮最下一个台阶不得采装')
    await send(again, 'order')
    await page.locator('[data-event="order"]').getByText('演示责改〔2023〕31号').waitFor()
    expect(await page.locator('[data-event="order"]').count()).toBe(1)
    await page.context().close()
  })
})

describe('finding one’s way', { timeout: 60_000 }, () => {
  test('Back goes from the form to the hazard, to the list as it was filtered, to the home', async () => {
    await officer.goto('/')
    await officer.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '台账' }).click()
    await officer.getByRole('button', { name: '重大', exact: true }).click()
    await officer.getByRole('link', { name: 'F04-2023-003' }).click()
    await heading(officer, h05Heading).waitFor()
    const form = await open(officer, 'penalty')
    await officer.goBack()
    await form.waitFor({ state: 'detached' })
    await heading(officer, h05Heading).waitFor()
    await officer.goBack()
    await heading(officer, '台账').waitFor()
    expect(new URL(officer.url()).searchParams.get('grade')).toBe('major')
    await officer.goBack()
    await heading(officer, /^部门精准执法阶段/).waitFor()
  })

  test('an address that is none says so and leads home', async () => {
    await officer.goto('/no-such-page')
    await heading(officer, '没有这一页').waitFor()
    await officer.getByRole('main').getByRole('link', { name: '回首页' }).click()
    await heading(officer, /^部门精准执法阶段/).waitFor()
  })

  test('a reminder copied from 未落实 names mine, hazard, duty and clause, ready for the group', async () => {
    await officer.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await officer.goto('/')
    await officer.getByRole('button', { name: /^复制催办：F10-2023-001 职工大会未报/ }).click()
    await officer.getByText('催办的话已复制，可以贴到群里').waitFor()
    const copied = await officer.evaluate(() => navigator.clipboard.readText())
    for (const part of ['萤火坳采石场', 'F10-2023-001', '职工大会未报', '安全生产法 41']) expect(copied).toContain(part)
  })
})

test('two who act at once: the later sees both sides, and goes on with what was written', {
  timeout: 60_000,
}, async () => {
  const principal = await signInAtDesk(site, 'f04-kuangzhang')
  const safetyOfficer = await signInAtDesk(site, 'f04-anquanyuan')
  await principal.goto(h05)
  const form = await open(principal, 'assign')
  await fill(form, { measures: '自上而下扩平台至30 m，每周测量' })
  await safetyOfficer.goto(h05)
  await perform(safetyOfficer, 'assign', { contingencyPlan: '边坡坍塌专项预案' })

  await send(form, 'assign')
  const stale = form.locator('[data-problem="stale-version"]')
  await stale.getByText('已办理：五定').waitFor()
  await stale.getByText('边坡坍塌专项预案').waitFor()
  await stale.getByText('自上而下扩平台至30 m，每周测量').waitFor()
  await stale.getByRole('button', { name: '看过了，用我填的继续' }).click()
  await stale.waitFor({ state: 'detached' })
  await send(form, 'assign')
  await form.waitFor({ state: 'detached' })
  await principal.locator('[data-five="measures"]').getByText('自上而下扩平台至30 m，每周测量').waitFor()
  await principal.locator('[data-five="contingencyPlan"]').getByText('边坡坍塌专项预案').waitFor()
  await principal.context().close()
  await safetyOfficer.context().close()
})

/** Tab until the focus stands on what is meant; nobody tabs for ever. */
const tabTo = async (page: Page, wanted: Locator): Promise<void> => {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('sixty times Tab and not there')
}

test('an act can be done with the keyboard alone', { timeout: 60_000 }, async () => {
  await officer.goto(`/hazards/${demoId('F08')}/${demoId('H08')}`)
  await heading(officer, /^F08-/).waitFor()
  await tabTo(officer, actButton(officer, 'externalNumber'))
  await officer.keyboard.press('Enter')
  const form = officer.getByRole('dialog').locator('form')
  await tabTo(officer, form.locator('[data-field="system"] input'))
  await officer.keyboard.type('省隐患系统')
  await officer.keyboard.press('Tab')
  await officer.keyboard.type('SX-2023-0815')
  // Enter in a line must not carry out an act.
  await officer.keyboard.press('Enter')
  expect(await form.isVisible()).toBe(true)
  await tabTo(officer, form.locator('button[data-act="externalNumber"]'))
  await officer.keyboard.press('Enter')
  await officer.locator('[data-event="externalNumber"]').getByText('SX-2023-0815').waitFor()
})
