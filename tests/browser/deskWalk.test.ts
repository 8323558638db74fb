import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actButton, fill, open, perform, send } from '#tests/browser/support/acting.ts'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { signInAtDesk } from '#tests/browser/support/desk.ts'
import { photo } from '#tests/browser/support/pictures.ts'
import type { Site } from '#tests/browser/support/site.ts'

let site: Site
let safetyOfficer: Page
let technicalHead: Page
let principal: Page
let chief: Page
let regulator: Page
/** Address of the hazard's page, once it is reported. */
let hazard = ''

beforeAll(async () => {
  site = await openDemoSite()
  safetyOfficer = await signInAtDesk(site, 'F09/安全员')
  technicalHead = await signInAtDesk(site, 'F09/技术负责人')
  principal = await signInAtDesk(site, 'F09/矿长')
  chief = await signInAtDesk(site, 'guzhang')
  regulator = await signInAtDesk(site, 'jianguanyuan-jia')
}, 180_000)
afterAll(() => site?.close())

const at = async (page: Page): Promise<void> => {
  await page.goto(hazard)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

const status = (page: Page) => page.getByRole('region', { name: '概况' }).locator('[data-status]')
const tile = (page: Page, name: string) => page.locator(`[data-five="${name}"]`)
const step = (page: Page, name: string) => page.locator(`[data-step="${name}"]`).getAttribute('data-standing')

describe('a major hazard, from the finding to the close-out, by the persons whose office it is', {
  timeout: 90_000,
}, () => {
  test('the safety officer reports what looks like a major hazard, with a photo, and gets its page', async () => {
    await safetyOfficer.getByRole('link', { name: '报告隐患' }).click()
    const form = safetyOfficer.getByRole('form', { name: '报告隐患' })
    await fill(form, {
      source: '安全员检查',
      place: '东帮+962 m至+938 m边坡',
      description: '采场边坡只有2019年设计阶段的验算，现状没有做稳定性分析',
      photos: await photo('东帮'),
      suspectedGrade: '重大',
      suspectedCriteria: 'OP-06',
    })
    await send(form, 'report')
    await safetyOfficer.getByRole('heading', { level: 1, name: /^F09-2023-003 / }).waitFor()
    hazard = new URL(safetyOfficer.url()).pathname
    expect(await status(safetyOfficer).textContent()).toBe('已发现，待判定')
    expect(await safetyOfficer.getByRole('img', { name: '整改前（1）' }).count()).toBe(1)
    expect(await step(safetyOfficer, 'found')).toBe('done')
  })

  test('control comes first and asks only who and where', async () => {
    await perform(safetyOfficer, 'control', { where: '东帮坡底', scope: '局部停产' })
    expect(await step(safetyOfficer, 'controlled')).toBe('done')
  })

  test('the technical head judges it, naming the criterion and the reason', async () => {
    await at(technicalHead)
    const form = await open(technicalHead, 'judge')
    await fill(form, { outcome: '构成重大隐患', basis: '现状边坡高24 m，没有稳定性分析报告' })
    await send(form, 'judge')
    await technicalHead.getByText('重大隐患要写明触及哪一条判定标准').waitFor()
    await fill(form, { criteria: 'OP-06' })
    await send(form, 'judge')
    await form.waitFor({ state: 'detached' })
    expect(await status(technicalHead).textContent()).toBe('已判定')
    await technicalHead.getByText('未按有关国家标准或者行业标准对采场边坡、排土场边坡进行稳定性分析').first().waitFor()
  })

  test('while work has not begun, acceptance is greyed for the principal and says what is missing', async () => {
    await at(principal)
    expect(await actButton(principal, 'accept').getAttribute('aria-disabled')).toBe('true')
    const why = await principal.locator('#why-accept').textContent()
    expect(why).toMatch(/整改中/)
  })

  test('it is reported twice, to the department and to the workers, and posted', async () => {
    await at(safetyOfficer)
    await perform(safetyOfficer, 'departmentReport', {
      department: '上党区应急管理局',
      how: '本系统',
      situation: '缺少现状稳定性分析',
      danger: '坡高不大，补做约需20天',
    })
    expect(await step(safetyOfficer, 'disclosed')).not.toBe('done')
    await perform(safetyOfficer, 'workersReport', { meeting: '职工大会', attended: '19' })
    await perform(safetyOfficer, 'posting', { where: '矿门公示栏', photos: await photo('公示') })
    expect(await step(safetyOfficer, 'disclosed')).toBe('done')
  })

  test('the plan in six parts is handed in', async () => {
    await at(technicalHead)
    await perform(technicalHead, 'plan', {
      goal: '取得合格的现状稳定性分析',
      method: '委托有资质单位取样、试验、计算',
      resources: '8万元',
      organisation: '技术负责人负责，安全员旁站',
      schedule: '10月13日前',
      safeguards: '东帮坡底停产，按边坡坍塌现场处置方案处置',
    })
  })

  test('the five are put down one by one, and each tile turns from missing to filled', async () => {
    await at(safetyOfficer)
    const five = [
      ['responsible', '技术负责人', '技术负责人'],
      ['measures', '委托有资质单位补做稳定性分析', '委托有资质单位补做稳定性分析'],
      ['funds', '8万', '8.00 万元'],
      ['deadline', '2023-10-13', '2023-10-13'],
      ['contingencyPlan', '边坡坍塌现场处置方案', '边坡坍塌现场处置方案'],
    ] as const
    for (const [name, entered, shown] of five) {
      expect(await tile(safetyOfficer, name).textContent(), name).toContain('没有写')
      await perform(safetyOfficer, 'assign', { [name]: entered })
      await tile(safetyOfficer, name).getByText(shown, { exact: true }).waitFor()
    }
    expect(await step(safetyOfficer, 'assigned')).toBe('done')
    expect(await status(safetyOfficer).textContent()).toBe('整改中')
  })

  test('progress is recorded with a photo of what was done', async () => {
    await at(technicalHead)
    await perform(technicalHead, 'progress', {
      percent: '100',
      note: '报告已出，安全系数1.32',
      spent: '7.6万',
      photos: await photo('整改后'),
    })
    await technicalHead.getByRole('region', { name: '整改前后照片' }).getByRole('img').nth(1).waitFor()
    expect(await tile(technicalHead, 'funds').textContent()).toContain('已用 7.60 万元')
  })

  test('acceptance now names the one thing that is missing, and opens when it is there', async () => {
    await at(principal)
    expect(await actButton(principal, 'accept').getAttribute('aria-disabled')).toBe('true')
    expect(await principal.locator('#why-accept').textContent()).toContain('还缺：治理效果评估')
    await perform(technicalHead, 'evaluation', { evaluator: '本单位技术人员和专家', conclusion: '达到治理目标' })
    await at(principal)
    await perform(principal, 'accept', { conclusion: '报告齐全，现状边坡稳定，验收合格' })
    expect(await status(principal).textContent()).toBe('企业已验收，待复查')
  })

  test('the mine asks for the recheck', async () => {
    await at(safetyOfficer)
    await perform(safetyOfficer, 'requestRecheck')
  })

  test('the section chief finds it under 待我办, receives the report and lists the hazard', async () => {
    await chief.goto('/')
    const waiting = chief.getByRole('region', { name: /^待我办/ })
    for (const title of ['签收报告', '挂牌督办', '复查'])
      await waiting.getByRole('link', { name: title }).filter({ hasText: 'F09-2023-003' }).waitFor()
    await waiting.getByRole('link', { name: '签收报告' }).filter({ hasText: 'F09-2023-003' }).click()
    const form = chief.getByRole('dialog').locator('form')
    await fill(form, { department: '上党区应急管理局' })
    await send(form, 'departmentReceipt')
    await form.waitFor({ state: 'detached' })
    await perform(chief, 'listing', {
      document: '演示督〔2023〕9号',
      level: '县（区）级',
      tracker: '监管员甲',
      deadline: '2023-10-13',
    })
  })

  test('one officer alone cannot recheck a major hazard', async () => {
    await at(regulator)
    const form = await open(regulator, 'recheck')
    await fill(form, { result: '不合格', officers: '监管员甲', findings: '报告缺降雨工况' })
    await send(form, 'recheck')
    await regulator.getByText('重大隐患的复查不少于两名执法人员').waitFor()
    await fill(form, { officers: '监管员乙' })
    await send(form, 'recheck')
    await form.waitFor({ state: 'detached' })
    expect(await status(regulator).textContent()).toBe('整改中')
    expect(await step(regulator, 'rechecked')).not.toBe('done')
  })

  test('the principal signs the second acceptance on paper; the safety officer records it, and the page says so', async () => {
    await at(technicalHead)
    await perform(technicalHead, 'evaluation', { evaluator: '本单位技术人员和专家', conclusion: '补做降雨工况，合格' })
    await at(safetyOfficer)
    const form = await open(safetyOfficer, 'accept')
    await fill(form, { conclusion: '补做降雨工况，合格', photos: await photo('整改后') })
    await send(form, 'accept')
    await form.getByRole('alert').first().waitFor()
    await fill(form, { paperSignature: await photo('手签原件') })
    await send(form, 'accept')
    await form.waitFor({ state: 'detached' })
    const entry = safetyOfficer.locator('[data-event="accept"]').first()
    await entry.getByText('安全员代录，原件在档').waitFor()
    await perform(safetyOfficer, 'requestRecheck', { note: '已补降雨工况' })
  })

  test('two officers recheck it, it is closed out and delisted', async () => {
    await at(regulator)
    await perform(regulator, 'recheck', {
      result: '合格',
      officers: ['监管员甲', '监管员乙'],
      findings: '报告齐全，工况完整，现场与图纸一致',
      photos: await photo('复查'),
    })
    expect(await status(regulator).textContent()).toBe('复查合格，待销号')
    await perform(regulator, 'closeOut')
    expect(await status(regulator).textContent()).toBe('已销号')
    await perform(regulator, 'delisting', { document: '演示督〔2023〕9号（摘牌）' })
  })

  test('the page shows it closed: the strip complete, a receipt for every record', async () => {
    await at(regulator)
    expect(await regulator.locator('[data-step]').count()).toBe(9)
    expect(await regulator.locator('[data-step][data-standing="done"]').count()).toBe(9)
    const records = await regulator.locator('[data-event]').count()
    expect(records).toBeGreaterThan(20)
    const receipts = regulator.getByRole('region', { name: '回执' })
    expect(await receipts.getByRole('listitem').count()).toBe(records)
    expect(await receipts.getByTitle(/的回执$/).count()).toBe(records)
  })

  test('the mine’s home no longer lists it as a major hazard, and still asks for the trace', async () => {
    await safetyOfficer.goto('/')
    await safetyOfficer.getByRole('heading', { level: 1, name: /未销号重大隐患0条/ }).waitFor()
    await safetyOfficer.getByText('没有未销号的重大隐患。').waitFor()
    await safetyOfficer.getByRole('link', { name: '溯源未完成' }).click()
    const form = safetyOfficer.getByRole('dialog').locator('form')
    await fill(form, {
      facts: '设计后现状变化，没有重新验算',
      causes: '人：不清楚要求；管：没有年度复核制度',
      accountability: '技术负责人作书面检查',
      duties: '技术负责人每年组织复核',
      cure: '临时：停产；长期：纳入年度计划',
    })
    await send(form, 'trace')
    await form.waitFor({ state: 'detached' })
    await safetyOfficer.goto('/')
    await safetyOfficer.getByRole('heading', { level: 1 }).waitFor()
    expect(await safetyOfficer.getByRole('link', { name: '溯源未完成' }).count()).toBe(0)
  })
})
