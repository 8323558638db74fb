import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { fill, open, perform, send } from '#tests/browser/support/acting.ts'
import { openDemoSite } from '#tests/browser/support/demoSite.ts'
import { signInAtDesk } from '#tests/browser/support/desk.ts'
import { signInOnPhone, widthOf } from '#tests/browser/support/field.ts'
import { complaintsOf, foreignWords, overflow, settled } from '#tests/browser/support/looking.ts'
import { photo } from '#tests/browser/support/pictures.ts'
import type { Site } from '#tests/browser/support/site.ts'
import { hazardLine, hazardTitles } from '#tests/support/faultyLists.ts'
import { bookOf, type Line, sheetOf } from '#tests/support/workbooks.ts'

let site: Site
let safetyOfficer: Page
let principal: Page
let regulator: Page
let chief: Page
let heard: readonly string[]

beforeAll(async () => {
  site = await openDemoSite({ work: true })
  safetyOfficer = await signInAtDesk(site, 'F09/安全员')
  principal = await signInAtDesk(site, 'F09/矿长')
  regulator = await signInAtDesk(site, 'jianguanyuan-jia')
  chief = await signInAtDesk(site, 'guzhang')
  heard = complaintsOf(safetyOfficer)
}, 240_000)
afterAll(() => site?.close())

const at = async (page: Page, path: string): Promise<void> => {
  await page.goto(path)
  await settled(page)
}
const summary = (page: Page) => page.getByRole('region', { name: '概况' })
const status = async (page: Page): Promise<string | null> => summary(page).locator('[data-status]').textContent()
const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.HAZARD_SHOTS
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

/** Reports on the desk and gives the address of the hazard's page. */
const reported = async (page: Page, entries: Parameters<typeof fill>[1]): Promise<string> => {
  await at(page, '/hazards/report')
  const form = page.getByRole('form', { name: '报告隐患' })
  await fill(form, entries)
  await send(form, 'report')
  await page.getByRole('heading', { level: 1, name: /^F09-2023-/ }).waitFor()
  return new URL(page.url()).pathname
}

describe('一般隐患走近路', { timeout: 120_000 }, () => {
  test('判为一般以后，五定已经填好（当场、0元、现场处置），一点就办', async () => {
    const hazard = await reported(safetyOfficer, {
      source: '安全员检查',
      place: '二号皮带走廊',
      description: '护栏松动',
      suspectedGrade: '一般',
    })
    await perform(safetyOfficer, 'judge', { outcome: '一般隐患', basis: '不触及判定标准' })
    const form = await open(safetyOfficer, 'assign')
    await shot(safetyOfficer, 'short-way')
    await send(form, 'assign')
    await form.waitFor({ state: 'detached' })
    expect(await status(safetyOfficer)).toBe('整改中')
    for (const [name, words] of [
      ['measures', '当场整改'],
      ['funds', '0'],
      ['contingencyPlan', '现场处置'],
    ] as const)
      expect(await safetyOfficer.locator(`[data-five="${name}"]`).textContent()).toContain(words)
    expect(hazard).toContain('/hazards/')
  })
})

describe('一条重大隐患：停产写明部位，延期，挂牌到摘牌，重新打开', { timeout: 240_000 }, () => {
  let hazard = ''

  test('停的是哪里，页面上写着', async () => {
    hazard = await reported(safetyOfficer, {
      source: '安全员检查',
      place: '东帮+962平台',
      description: '边坡没有做稳定性分析',
      photos: await photo('东帮'),
      suspectedGrade: '重大',
      suspectedCriteria: 'OP-06',
    })
    await perform(safetyOfficer, 'control', { where: '东帮+962平台', scope: '局部停产' })
    expect(await summary(safetyOfficer).locator('[data-stop="partial"]').textContent()).toMatch(
      /局部停产（东帮\+962平台 \d{4}-\d{2}-\d{2} 起）/,
    )
    await perform(safetyOfficer, 'judge', { outcome: '构成重大隐患', criteria: 'OP-06', basis: '无稳定性分析报告' })
  })

  test('到期前申请延期，应急局批；可以再申请', async () => {
    await perform(safetyOfficer, 'assign', {
      responsible: '技术负责人',
      measures: '补做稳定性分析',
      funds: '8万',
      deadline: '2023-10-13',
      contingencyPlan: '边坡坍塌现场处置方案',
    })
    await at(principal, hazard)
    await perform(principal, 'extensionRequest', { deadline: '2023-11-10', reason: '钻机未到' })
    await summary(principal).getByText('申请延期 1 次，批准 0 次；申请延到 2023-11-10，待批').waitFor()
    await at(chief, hazard)
    await perform(chief, 'extensionDecision', { granted: '同意', deadline: '2023-11-10' })
    await summary(chief).getByText('申请延期 1 次，批准 1 次').waitFor()
    expect(await chief.locator('[data-five="deadline"]').textContent()).toContain('2023-11-10')
    await at(principal, hazard)
    const again = await open(principal, 'extensionRequest')
    await fill(again, { deadline: '2023-11-01', reason: '再延' })
    await send(again, 'extensionRequest')
    await again.getByText('申请的日期应晚于现在的期限 2023-11-10').first().waitFor()
    await principal.getByRole('button', { name: '取消' }).click()
    await principal
      .getByRole('button', { name: '放 弃' })
      .or(principal.getByRole('button', { name: '放弃' }))
      .click()
  })

  test('挂牌督办没有督办责任人、没有期限，不能办', async () => {
    await at(regulator, hazard)
    const form = await open(regulator, 'listing')
    await fill(form, { document: '上应急督〔2023〕9号', level: '县（区）级' })
    await send(form, 'listing')
    await form.getByText('请改正：督办责任人、督办期限').waitFor()
    await fill(form, { tracker: '监管员', deadline: '2023-11-10' })
    await send(form, 'listing')
    await form.waitFor({ state: 'detached' })
    const line = summary(regulator).getByText(
      /挂牌督办：上应急督〔2023〕9号，县（区）级，督办责任人 .+，督办期限 2023-11-10/,
    )
    await line.waitFor()
    await shot(regulator, 'listed')
  })

  test('复查合格之前不能摘牌；复查合格后摘牌，摘牌不是销号', async () => {
    await at(regulator, hazard)
    expect(await regulator.locator('#why-delisting').textContent()).toContain('重大隐患复查合格之前不能摘牌')
    await at(safetyOfficer, hazard)
    await perform(safetyOfficer, 'departmentReport', { department: '上党区应急管理局', how: '本系统' })
    await perform(safetyOfficer, 'workersReport', { meeting: '职工大会' })
    await perform(safetyOfficer, 'posting', { where: '矿门公示栏' })
    await perform(safetyOfficer, 'plan', {
      goal: '取得稳定性分析',
      method: '委托计算',
      resources: '8万元',
      organisation: '技术负责人',
      schedule: '11月10日前',
      safeguards: '东帮坡底停产',
    })
    await perform(safetyOfficer, 'evaluation', { evaluator: '本单位技术人员和专家', conclusion: '有效' })
    await at(principal, hazard)
    await perform(principal, 'accept', { conclusion: '完成', photos: await photo('整改后') })
    await perform(principal, 'requestRecheck')
    await at(regulator, hazard)
    await perform(regulator, 'recheck', {
      result: '合格',
      officers: ['监管员甲', '监管员乙'],
      findings: '现场查看属实',
    })
    await perform(regulator, 'delisting', { document: '上应急摘〔2023〕2号' })
    expect(await status(regulator)).toBe('复查合格，待销号')
    await perform(regulator, 'closeOut')
    expect(await status(regulator)).toBe('已销号')
    // 销号 ≠ 恢复生产.
    expect(await summary(regulator).locator('[data-stop="partial"]').count()).toBe(1)
  })

  test('恢复生产另外申请、另外批', async () => {
    await at(principal, hazard)
    await perform(principal, 'resumeRequest', { content: '分析已完成，评估有效' })
    await at(chief, hazard)
    await perform(chief, 'resumeDecision', { granted: '同意恢复' })
    expect(await summary(chief).locator('[data-stop]').count()).toBe(0)
  })

  test('重新打开写明为什么，原来的销号还在', async () => {
    await at(regulator, hazard)
    await perform(regulator, 'reopen', { reason: '雨后坡面又有裂缝' })
    await summary(regulator)
      .getByText(/重新打开：雨后坡面又有裂缝；原来的销号记录仍在经过里/)
      .waitFor()
    expect(await regulator.locator('[data-event="closeOut"]').count()).toBe(1)
    expect(await status(regulator)).toBe('整改中')
    await shot(regulator, 'reopened')
  })

  test('同一部位同一判定标准又报一条：提出来，由人确认，数得清', async () => {
    await reported(safetyOfficer, {
      source: '安全员检查',
      place: '东帮+962平台',
      description: '台阶坡面又没有做分析',
      suspectedGrade: '重大',
      suspectedCriteria: 'OP-06',
    })
    const box = safetyOfficer.getByRole('region', { name: '重复隐患' })
    await box.getByText('可能是重复的，由人确认').waitFor()
    await shot(safetyOfficer, 'repeat-proposed')
    await box.getByRole('button', { name: '是重复，关联' }).click()
    await box.getByText('先前出现过 1 次，这是第 2 次').waitFor()
    await at(safetyOfficer, '/register')
    await safetyOfficer.getByRole('gridcell').getByText('重复隐患').first().waitFor()
  })
})

describe('一份文书责令几条', { timeout: 120_000 }, () => {
  test('文书填一遍，每条各记一笔；办成几条写得清', async () => {
    await at(regulator, '/register')
    await regulator.getByRole('link', { name: '一份文书责令几条' }).click()
    const mine = regulator.getByRole('combobox', { name: '矿山' })
    await mine.click()
    await mine.fill('F09')
    await regulator.locator('.ant-select-item-option').first().click()
    const form = regulator.getByRole('form', { name: '一份文书责令几条' })
    const ticks = form.getByRole('checkbox')
    await ticks.first().waitFor()
    await ticks.nth(0).check()
    await ticks.nth(1).check()
    await form.getByText('责令哪几条（已选 2 条）').waitFor()
    await fill(form, { document: '上应急责改〔2023〕21号', demand: '限期整改并报告', deadline: '2023-10-31' })
    await shot(regulator, 'order')
    await send(form, 'order')
    await regulator.getByRole('status').getByText('办成 2 条，共 2 条').waitFor()
    await shot(regulator, 'ordered')
    expect(await regulator.locator('[data-ordered][data-ok="true"]').count()).toBe(2)
    expect(await form.getByText('还没有勾选隐患').count()).toBe(0)
    await regulator.locator('[data-ordered] a').first().click()
    await regulator.locator('[data-event="order"]').getByText('上应急责改〔2023〕21号').first().waitFor()
    expect(await overflow(regulator)).toEqual([])
  })
})

describe('其他系统编号', { timeout: 120_000 }, () => {
  test('没有编号的列出来，当场记下；对方的表粘贴进来，两边摆在一起', async () => {
    await at(regulator, '/hazards/numbers')
    const table = regulator.getByRole('table', { name: '国家系统：没有编号的' })
    await table.waitFor()
    expect(await foreignWords(regulator)).toEqual([])
    await shot(regulator, 'numbers')
    const row = table.locator('tbody tr').first()
    const number = (await row.locator('td').first().innerText()).trim()
    await row.getByRole('textbox').fill('G-140404-1')
    await row
      .getByRole('button', { name: '记下' })
      .or(row.getByRole('button', { name: '记 下' }))
      .click()
    await table.getByRole('link', { name: number, exact: true }).waitFor({ state: 'detached' })
    await regulator.getByRole('button', { name: /^已编号的/ }).click()
    await regulator.getByRole('cell', { name: 'G-140404-1' }).first().waitFor()

    await regulator.getByRole('button', { name: '对账', exact: true }).click()
    await regulator.getByText('或者把对方的表粘贴在这里').click()
    await regulator
      .getByLabel('粘贴对方的表')
      .fill(
        '编号\t发现日期\t隐患部位\t隐患描述\nG-140404-1\t2023-01-01\t某处\t别的说法\nG-9\t2023-02-02\t无此处\t无此事',
      )
    await regulator
      .locator('details')
      .getByRole('button', { name: /对\s?账/ })
      .click()
    await regulator.getByText('两边说的不同（1）').waitFor()
    await regulator.getByText('只有对方有的（1）').waitFor()
    await shot(regulator, 'compare')
    expect(await overflow(regulator)).toEqual([])
  })
})

describe('原有台账转入', { timeout: 120_000 }, () => {
  const book = (lines: readonly Line[]) => ({
    name: '台账.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(
      bookOf({
        台账: sheetOf([hazardTitles, ...lines.map((line) => hazardTitles.map((title) => line[title] ?? null))]),
      }),
    ),
  })
  const line = (index: number, change: Line = {}) => hazardLine(index, { 矿山名称: '', ...change })

  test('自相矛盾的写明理由才收；转入的在清单和页面上都写着未经本系统核验', async () => {
    await at(safetyOfficer, '/register')
    await safetyOfficer.getByRole('link', { name: '从原有台账转入' }).click()
    await safetyOfficer.getByRole('heading', { level: 1, name: '导入' }).waitFor()
    await safetyOfficer
      .getByLabel('表格文件')
      .setInputFiles(book([line(0), line(1, { 计划完成期限: { day: '2023-01-05' } })]))
    await safetyOfficer.getByRole('status').getByText('好的 1 行').waitFor()
    await safetyOfficer.getByLabel('表“台账”第 3 行照收的理由').fill('上级交办时已定期限')
    await shot(safetyOfficer, 'legacy-doubt')
    await safetyOfficer.getByRole('button', { name: /照\s?收/ }).click()
    await safetyOfficer.getByRole('status').getByText('好的 2 行').waitFor()
    await safetyOfficer.locator('[data-vouched="3"]').getByText('上级交办时已定期限').waitFor()
    await shot(safetyOfficer, 'legacy-vouched')
    await safetyOfficer.getByRole('button', { name: '导入 2 行' }).click()
    await safetyOfficer.getByRole('heading', { level: 1, name: /导入/ }).waitFor()
    await safetyOfficer.getByText('已登记').first().waitFor({ timeout: 60_000 })
    const rows = safetyOfficer.getByRole('row').filter({ hasText: '未经本系统核验' })
    // Row after row is registered by a job; a list that was open before the last does not ask again by itself.
    await vi.waitFor(
      async () => {
        await at(safetyOfficer, '/register')
        await rows.nth(1).waitFor({ timeout: 3_000 })
      },
      { timeout: 40_000, interval: 500 },
    )
    await shot(safetyOfficer, 'legacy-list')
    await rows.filter({ hasText: '二号皮带走廊' }).getByRole('link').click()
    await summary(safetyOfficer).getByText('未经本系统核验').waitFor()
    await summary(safetyOfficer)
      .getByText(/期限 2023-01-05 早于发现日期 2023-03-02。照收的理由：上级交办时已定期限/)
      .waitFor()
    await shot(safetyOfficer, 'legacy-page')
    expect(heard).toEqual([])
  })

  test('手机上也写着；放不下的没有', async () => {
    const page = new URL(safetyOfficer.url()).pathname.replace('/hazards/', '/m/hazard/')
    const phone = await signInOnPhone(site, 'F09/安全员')
    await phone.goto(page)
    await phone.getByText('未经本系统核验：从原有台账转入').waitFor()
    expect(await widthOf(phone)).toBeLessThanOrEqual(360)
    await shot(phone, 'legacy-phone')
  })
})
