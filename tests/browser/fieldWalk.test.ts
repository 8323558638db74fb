import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { demoId } from '#demo/demoId.ts'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { signInOnPhone, thumbOf, widthOf } from '#tests/browser/support/field.ts'
import { photo } from '#tests/browser/support/pictures.ts'
import type { Site } from '#tests/browser/support/site.ts'

let site: Site
let worker: Page

beforeAll(async () => {
  site = await openDemoSite()
  worker = await signInOnPhone(site, 'F03/穿孔工')
}, 180_000)
afterAll(() => site?.close())

const goHome = async (page: Page): Promise<void> => {
  await page.goto('/m/')
  await page.locator('[data-act="photograph"]').waitFor({ state: 'attached' })
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })
const received = (page: Page) => page.getByRole('heading', { name: '已收到' })
const receipt = (page: Page) => page.locator('dl[aria-label="回执"]')

/** How many records of the mine's register carry these words: asked of the database, not of the page. */
const registered = async (words: string): Promise<number> => {
  const { rows } = await site.platform.read({ scope: { kind: 'tenants', ids: [demoId('F03')] } }, ({ client }) =>
    client.query<{ count: number }>('select count(*)::int as count from read.hazard where description = $1', [words]),
  )
  return rows[0]?.count ?? 0
}

const writeOneSentence = async (page: Page, words: string): Promise<void> => {
  await page.locator('[data-act="withoutPhoto"]').tap()
  await page.getByText('补充（可以不填）').tap()
  await page.getByLabel('描述').fill(words)
}

describe('a worker at the pit', { timeout: 60_000 }, () => {
  test('reports a hazard with a photo in three taps, and sees the receipt', async () => {
    const thumb = thumbOf(worker)
    await thumb.photograph(worker.getByText('报隐患', { exact: true }), await photo('车挡'))
    await thumb.tap(button(worker, /^上山道路K0\+135–K0\+176/))
    await thumb.tap(button(worker, '报告'))
    await received(worker).waitFor()
    expect(thumb.taps()).toBe(3)
    await receipt(worker).getByText('已发现，待判定').waitFor()
    const told = await receipt(worker).innerText()
    for (const part of ['F03-2023-', '上山道路K0+135–K0+176', '2023-09-15 09:00', '1 张', '已发现，待判定'])
      expect(told).toContain(part)
    expect(told).toMatch(/[0-9a-f]{8}…[0-9a-f]{6}/)
    expect(await widthOf(worker)).toBeLessThanOrEqual(360)
  })

  test('finds the report under 我报的, and what has become of it', async () => {
    await worker.getByRole('link', { name: '回首页' }).tap()
    await worker.getByRole('link', { name: '我报的' }).tap()
    await worker.getByText('已收到，等管理人员判定').waitFor()
    await worker.getByRole('img', { name: '报告时' }).waitFor()
  })

  test('stands before something dangerous and reports without a photo', async () => {
    await goHome(worker)
    const thumb = thumbOf(worker)
    await thumb.tap(worker.locator('[data-act="tooDangerous"]'))
    await worker.getByText('不用照片').waitFor()
    await thumb.tap(button(worker, /^西帮/))
    await thumb.tap(button(worker, '报告'))
    await received(worker).waitFor()
    expect(thumb.taps()).toBe(3)
  })

  test('is not held up by an empty report: it is told what one word is enough', async () => {
    await goHome(worker)
    await worker.locator('[data-act="withoutPhoto"]').tap()
    await button(worker, '报告').tap()
    await worker.getByRole('alert').getByText('照片、部位、描述至少要有一样').waitFor()
    await button(worker, '不报了').tap()
    await worker.locator('[data-act="photograph"]').waitFor({ state: 'attached' })
  })
})

describe('where there is no network', { timeout: 60_000 }, () => {
  afterEach(async () => {
    await worker.context().setOffline(false)
    await worker.unrouteAll({ behavior: 'ignoreErrors' })
  })

  test('a report waits in the phone, through a closed page, and goes up once when the network is back', async () => {
    const words = '卸载平台车挡缺口约三米'
    await goHome(worker)
    await writeOneSentence(worker, words)
    await worker.context().setOffline(true)
    await button(worker, '报告').tap()
    await worker.getByRole('heading', { name: '还没上传' }).waitFor()
    await worker.getByRole('link', { name: '回首页' }).tap()
    await button(worker, /未上传 1 条/).waitFor()
    expect(await widthOf(worker)).toBeLessThanOrEqual(360)
    expect(await registered(words)).toBe(0)

    await worker.context().setOffline(false)
    await goHome(worker)
    await button(worker, /未上传/).waitFor({ state: 'detached' })
    await worker.getByText(words).first().waitFor()
    expect(await registered(words)).toBe(1)
  })

  test('when the line breaks after the server has it, sending again makes no second record', async () => {
    const words = '避炮棚钢板开焊四十厘米'
    await goHome(worker)
    await writeOneSentence(worker, words)
    let arrived = 0
    await worker.route('**/acts/report', async (route) => {
      arrived += 1
      await route.fetch()
      await route.abort('connectionreset')
    })
    await button(worker, '报告').tap()
    await worker.getByRole('heading', { name: '还没上传' }).waitFor()
    expect(arrived).toBeGreaterThan(0)
    expect(await registered(words)).toBe(1)

    await worker.unrouteAll({ behavior: 'wait' })
    await worker.getByRole('main').getByRole('button', { name: '重发' }).tap()
    await received(worker).waitFor()
    expect(await registered(words)).toBe(1)
  })
})

describe('those who run the mine, with the phone in hand', { timeout: 60_000 }, () => {
  test('the crew leader reports what was put right on the spot, in one go, and it is closed', async () => {
    const leader = await signInOnPhone(site, 'f03-banzhang')
    const thumb = thumbOf(leader)
    await thumb.photograph(leader.getByText('报隐患', { exact: true }), await photo('浮石'))
    await leader.getByLabel('部位（自己写）').fill('+1061 m平台')
    await leader.getByLabel('已当场整改（一般隐患，一步办结）').check()
    await leader.getByLabel('整改人').selectOption({ label: '挖掘机司机' })
    await thumb.tap(button(leader, '现场清除'))
    expect(await leader.getByLabel('复查人').locator('option:checked').textContent()).toContain('采剥班长')
    await thumb.tap(button(leader, '报告并办结'))
    await received(leader).waitFor()
    await receipt(leader).getByText('已销号', { exact: true }).waitFor()
    expect(await widthOf(leader)).toBeLessThanOrEqual(360)
    await leader.context().close()
  })

  test('the principal finds what is to be done under 待我办 and records progress there', async () => {
    const principal = await signInOnPhone(site, 'f03-kuangzhang')
    await principal.getByRole('navigation', { name: '主要页面' }).getByRole('link', { name: '待我办' }).tap()
    await principal.getByRole('heading', { level: 1, name: '待我办' }).waitFor()
    await principal
      .getByRole('link', { name: /上山道路K0\+135–K0\+176/ })
      .filter({ hasText: '整改' })
      .first()
      .tap()
    await principal.getByText('其他可以办的').or(principal.locator('[data-act="progress"]')).first().waitFor()
    const progress = principal.locator('a[data-act="progress"]')
    if (!(await progress.isVisible())) await principal.getByText(/^其他可以办的/).tap()
    await progress.tap()
    await principal.getByRole('heading', { level: 1, name: '整改进度' }).waitFor()
    expect(await widthOf(principal)).toBeLessThanOrEqual(360)
    await principal.getByLabel(/完成百分比/).fill('70')
    await principal.getByLabel(/做了什么/).fill('浆砌石车挡完成29 m')
    await button(principal, '整改进度').tap()
    await received(principal).waitFor()
    await principal.getByRole('link', { name: '看这条隐患' }).tap()
    await principal.getByText('70%').first().waitFor()
    await principal.context().close()
  })

  test('a form that was only looked at is nothing left unfinished', async () => {
    const principal = await signInOnPhone(site, 'f03-kuangzhang')
    const h17 = `/m/hazard/${demoId('F03')}/${demoId('H17')}`
    await principal.goto(`${h17}/progress`)
    await principal.getByRole('heading', { level: 1, name: '整改进度' }).waitFor()
    await principal.goto(h17)
    await principal.getByRole('list', { name: '步骤' }).waitFor()
    expect(await button(principal, /没写完/).count()).toBe(0)
    await principal.context().close()
  })

  test('大字 makes the print larger and stays for the next time', async () => {
    await worker.goto('/m/me')
    const printSize = () => worker.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize))
    await worker.getByLabel('大字').waitFor()
    expect(await printSize()).toBe(16)
    await worker.getByLabel('大字').check()
    expect(await printSize()).toBe(18)
    for (const path of ['/m/', '/m/mine', '/m/me']) {
      await worker.goto(path)
      await worker.getByRole('navigation', { name: '主要页面' }).waitFor()
      expect(await printSize()).toBe(18)
      expect(await widthOf(worker), path).toBeLessThanOrEqual(360)
    }
    await worker.getByLabel('大字').uncheck()
  })
})
