import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoId } from '#demo/demoId.ts'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { signInAtDesk } from '#tests/browser/support/desk.ts'
import { signInOnPhone, widthOf } from '#tests/browser/support/field.ts'
import { complaintsOf, overflow } from '#tests/browser/support/looking.ts'
import { photo } from '#tests/browser/support/pictures.ts'
import type { Site } from '#tests/browser/support/site.ts'

let site: Site

beforeAll(async () => {
  site = await openDemoSite({ sequence: true })
}, 240_000)
afterAll(() => site?.close())

const mineId = demoId('F09')
const month = '2023-09'
const onPhone = `/m/check/${mineId}/${month}`
const atDesk = `/self-checks/${mineId}/${month}`

const pictures = process.env.BIHUAN_PICTURES
const shoot = async (page: Page, name: string): Promise<void> => {
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: name.startsWith('phone') })
}

const outcome = (page: Page, name: string): Locator => page.locator(`[data-outcome="${name}"]`)
const question = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText()

/** Taps one answer and waits for the next question. */
const answers = async (page: Page, name: string): Promise<void> => {
  const before = await question(page)
  await outcome(page, name).tap()
  await page.waitForFunction((seen) => document.querySelector('h1')?.innerText !== seen, before)
}

/** What lies with the server, asked of the database. */
const saved = async (): Promise<number> => {
  const { rows } = await site.platform.read({ scope: { kind: 'tenants', ids: [mineId] } }, ({ client }) =>
    client.query<{ count: number }>(
      'select count(distinct item)::int as count from core.self_check_answer where tenant_id = $1 and month = $2',
      [mineId, month],
    ),
  )
  return rows[0]?.count ?? 0
}

describe('a month of self-check, from the first question to the signature', { timeout: 120_000 }, () => {
  let officer: Page
  let leader: Page

  test('the safety officer goes round with a 360 px screen, one question a screen', async () => {
    officer = await signInOnPhone(site, 'F09/安全员')
    await officer
      .getByRole('region', { name: '本月排查' })
      .getByText(/已查 0 \/ \d+ 项/)
      .waitFor()
    await shoot(officer, 'phone-home')
    await officer.locator('[data-act="selfCheck"]').tap()
    await officer.locator('[data-act="goOn"]').waitFor()
    await shoot(officer, 'phone-sheet')
    await officer.locator('[data-act="goOn"]').tap()
    await outcome(officer, 'good').waitFor()
    await officer.getByRole('region', { name: '判定标准原文' }).waitFor()
    await shoot(officer, 'phone-item')
    expect(await widthOf(officer)).toBeLessThanOrEqual(360)
    await answers(officer, 'good')
    await answers(officer, 'notChecked')
    await officer.getByText(/已记“未查”/).waitFor()
  })

  test('不涉及 takes a reason; without one it is not taken', async () => {
    await outcome(officer, 'notApplicable').tap()
    await officer.locator('[data-act="give"]').tap()
    await officer.getByRole('alert').getByText('要写明理由').waitFor()
    await officer.getByRole('button', { name: '本矿没有这项作业' }).tap()
    await shoot(officer, 'phone-reason')
    const before = await question(officer)
    await officer.locator('[data-act="give"]').tap()
    await officer.waitForFunction((seen) => document.querySelector('h1')?.innerText !== seen, before)
    await expect.poll(saved).toBe(3)
  })

  test('有问题 is registered at once, with the number on the screen', async () => {
    await outcome(officer, 'bad').tap()
    await officer.getByLabel('情况').fill('台阶坡面有一处鼓出')
    await officer.getByLabel('部位（自己写）').fill('东帮二台阶')
    await officer
      .locator('input[type="file"]')
      .first()
      .setInputFiles(await photo('鼓出'))
    await officer.getByText('已上传').waitFor()
    await shoot(officer, 'phone-bad')
    await officer.locator('[data-act="give"]').tap()
    await officer.getByText('已登记隐患').waitFor()
    await officer.getByRole('link', { name: /F09-2023-\d+/ }).waitFor()
    await shoot(officer, 'phone-raised')
    expect(await widthOf(officer)).toBeLessThanOrEqual(360)
  })

  test('without signal answers stay in the phone, through a reload, and go up by themselves', async () => {
    await officer.locator('[data-act="nextItem"]').tap()
    await outcome(officer, 'good').waitFor()
    // The page itself stays open to the phone; the server's answers do not come through.
    await officer.route('**/api/**', (route) => route.abort())
    await answers(officer, 'good')
    await answers(officer, 'good')
    await outcome(officer, 'bad').tap()
    await officer.getByLabel('情况').fill('截水沟堵了约两米')
    await officer.locator('[data-act="give"]').tap()
    await officer.getByText('已存在手机里，有信号自动送出，送到就登记隐患').waitFor()
    await shoot(officer, 'phone-offline')
    expect(await saved()).toBe(4)
    await officer.goto(onPhone)
    await officer.getByText(/已查 6 \/ \d+ 项/).waitFor()
    await officer.getByText('3 项在手机里，有信号自动送出').waitFor()
    await officer.unrouteAll({ behavior: 'ignoreErrors' })
    await officer.reload()
    await expect.poll(saved, { timeout: 20_000 }).toBe(7)
    await officer.getByText('在手机里').waitFor({ state: 'detached' })
  })

  test('the rest is handed to a crew leader, who is told by whom and how much, and goes on', async () => {
    await officer.locator('[data-act="handOver"]').tap()
    await officer.getByLabel('交给谁').selectOption({ label: '生产班长' })
    await officer.getByLabel('交接说明（可以不填）').fill('采场查了一半，排土场还没去')
    await officer.locator('[data-act="selfCheck.handOver"]').tap()
    await officer.getByText(/安全员已交给生产班长，还剩 \d+ 项/).waitFor()

    leader = await signInOnPhone(site, 'F09/生产班长')
    await leader.getByText(/安全员交给您，还剩 \d+ 项/).waitFor()
    await shoot(leader, 'phone-handed')
    await leader.locator('[data-act="selfCheck"]').tap()
    await leader.getByText('采场查了一半，排土场还没去').waitFor()
    await leader.locator('[data-act="goOn"]').tap()
    await answers(leader, 'good')
    await answers(leader, 'good')
    await expect.poll(saved).toBe(9)
    await leader.goto(`${onPhone}/left`)
    await leader.getByRole('heading', { name: /未查的 \d+ 项/ }).waitFor()
    expect(await leader.getByText('提交').count()).toBe(0)
  })

  test('it is submitted with everything that nobody looked at in full', async () => {
    await officer.goto(onPhone)
    await officer.locator('[data-act="toSubmit"]').tap()
    const submit = officer.locator('[data-act="selfCheck.submit"]')
    await officer.getByText(/提交，未查 \d+ 项/).waitFor()
    const left = Number(/未查 (\d+) 项/.exec(await submit.innerText())?.[1])
    expect(left).toBeGreaterThan(50)
    expect(await officer.getByRole('region', { name: '未查的' }).getByRole('listitem').count()).toBe(left)
    expect(await officer.getByText('全部符合').count()).toBe(0)
    await officer.getByLabel('参加排查的人员（可以不填）').fill('矿长、安全员、生产班长')
    await shoot(officer, 'phone-submit')
    await submit.tap()
    await officer.getByText('已提交，等主要负责人签字').waitFor()
  })

  test('the principal signs at the desk, having seen what is 未查; the proof stands under it', async () => {
    const principal = await signInAtDesk(site, 'F09/矿长')
    await principal.goto(atDesk)
    await principal.getByRole('button', { name: '签字', exact: true }).click()
    const form = principal.getByRole('region', { name: '签字' })
    await form.getByText('签字前看这三条').waitFor()
    await form.getByText('签的是2023年9月排查表第 1 次提交').waitFor()
    await form.getByLabel('主要负责人亲自带队').check()
    await shoot(principal, 'desk-sign')
    await principal.locator('[data-act="selfCheck.sign"]').click()
    await principal.getByText(/矿长 2023-09-15 签字：第 1 次提交；亲自带队/).waitFor()
    await principal.locator('.sheet-course [data-in-log="yes"]').nth(1).waitFor()
    await shoot(principal, 'desk-signed')
    expect(await overflow(principal)).toEqual([])

    const chief = await signInAtDesk(site, 'guzhang')
    await chief.goto('/self-checks')
    const row = chief.getByRole('row', { name: /F09/ })
    await row.getByText('已签字').waitFor()
    await shoot(chief, 'desk-list')
  })
})

describe('at the desk', { timeout: 90_000 }, () => {
  test('a sheet is answered by keyboard alone: 1 2 3 4 choose, ↓ goes on', async () => {
    const principal = await signInAtDesk(site, 'f03-kuangzhang')
    const heard = complaintsOf(principal)
    await principal.goto(`/self-checks/${demoId('F03')}/${month}`)
    const rows = principal.locator('tr[data-item]')
    await rows.first().waitFor()
    const [first, second, third] = [rows.nth(0), rows.nth(1), rows.nth(2)]
    await first.focus()
    await principal.keyboard.press('1')
    await first.locator('[aria-pressed="true"]').waitFor()
    await principal.keyboard.press('ArrowDown')
    await principal.keyboard.press('4')
    await second.getByRole('button', { name: '未查', pressed: true }).waitFor()
    await principal.keyboard.press('ArrowDown')
    await principal.keyboard.press('3')
    await principal.keyboard.type('没有这项作业')
    await principal.keyboard.press('Enter')
    await third.getByText('没有这项作业').waitFor()
    await principal.keyboard.press('ArrowDown')
    await principal.keyboard.press('2')
    await principal.keyboard.type('车挡缺口约三米')
    await principal.keyboard.press('Enter')
    await rows
      .nth(3)
      .getByRole('link', { name: /F03-2023-\d+/ })
      .waitFor()
    await shoot(principal, 'desk-sheet')
    expect(heard).toEqual([])
  })

  test('the printed sheet has all 64 criteria, those of other mine types marked by themselves, and its head on each page', async () => {
    const principal = await signInAtDesk(site, 'f03-kuangzhang')
    for (const search of ['', '?blank=true']) {
      await principal.goto(`/self-checks/${demoId('F03')}/${month}/print${search}`)
      await principal.locator('.sheet-print').waitFor()
      expect(await principal.locator('[data-criterion]').count()).toBe(64)
      expect(await principal.locator('[data-criterion^="UG-"]').getByText('不涉及（矿山类型）').count()).toBe(32)
      await principal.emulateMedia({ media: 'print' })
      const head = principal.locator('.sheet-print thead')
      expect(await head.evaluate((one) => getComputedStyle(one).display)).toBe('table-header-group')
      await principal.getByText('主要负责人签字：').waitFor()
      if (search) expect(await principal.getByText('☑').count()).toBe(0)
      await principal.emulateMedia({ media: 'screen' })
    }
    await principal.emulateMedia({ media: 'print' })
    if (pictures) await principal.pdf({ path: join(pictures, 'print.pdf'), preferCSSPageSize: true })
  })
})
