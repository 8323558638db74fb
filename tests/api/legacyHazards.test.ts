import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listHazards } from '#contract/hazard.ts'
import { type ImportShown, listImportRows } from '#contract/importing.ts'
import { unverified } from '#domain/hazard/state.ts'
import { granted, names, type PostName, refused, startServer, type TestServer } from '#tests/support/district.ts'
import { hazardLine, hazardTitles } from '#tests/support/faultyLists.ts'
import { carriedOut, planned, take } from '#tests/support/importing.ts'
import { bookOf, type Grid, type Line, sheetOf } from '#tests/support/workbooks.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ work: true })
})
afterAll(() => server.close())

const book = (grid: Grid, sheet = '台账') => ({ bytes: bookOf({ [sheet]: sheetOf(grid) }), fileName: '台账.xlsx' })

const listOf = (rows: readonly Line[], titles: readonly string[] = hazardTitles) =>
  book([titles, ...rows.map((line) => titles.map((title) => line[title] ?? null))])

const open: Line = { 状态: '整改中', 实际完成日期: '', 复查日期: '', 复查结果: '', 闭环时间: '' }
const kind = 'hazards' as const

const taken = async (who: PostName, workbook: ReturnType<typeof book>, settings = {}): Promise<ImportShown> => {
  const { shown } = granted(await take(server.as(who), workbook, { kind, ...settings }))
  return carriedOut(server.as(who), shown)
}

const listed = async (search: string) =>
  granted(await server.as('regulator').call(listHazards, { query: { search, limit: 200 } })).items

describe('矿上的安全员把原有台账转入', () => {
  test('已销号的仍是已销号，没有销号的进入所载事实能到的最后一步；各给本系统的编号，原编号在旁边', async () => {
    const ended = await taken(
      'safetyOfficer',
      listOf([
        hazardLine(0),
        hazardLine(1, open),
        hazardLine(2, { ...open, 整改责任人: '', 整改措施: '', '整改资金（元）': '', 应急预案: '', 计划完成期限: '' }),
        hazardLine(3, { ...open, 等级: '重大' }),
        hazardLine(4, {
          ...open,
          整改责任人: 'crewLeader岗（crewLeader）',
          实际完成日期: { day: '2023-03-07' },
          状态: '已整改',
        }),
      ]),
    )
    expect(ended).toMatchObject({ kind, total: 5, outcomes: { added: 5, refused: 0 } })
    const rows = granted(
      await server
        .as('safetyOfficer')
        .call(listImportRows, { params: { tenantId: ended.tenantId, id: ended.id }, query: {} }),
    )
    expect(rows.items.map(({ outcome, said }) => [outcome, said])).toEqual(Array(5).fill(['done', undefined]))
    const items = (await listed('T01-2023')).toSorted((a, b) => a.foundOn.localeCompare(b.foundOn))
    expect(items.map(({ foundOn, status, closedOn, legacy }) => [foundOn, status, closedOn, legacy])).toEqual([
      ['2023-03-01', 'closed', '2023-03-03', true],
      ['2023-03-02', 'rectifying', undefined, true],
      ['2023-03-03', 'judged', undefined, true],
      ['2023-03-04', 'found', undefined, true],
      ['2023-03-05', 'accepted', undefined, true],
    ])
    const [first] = items
    if (!first) throw new Error('nothing')
    const page = await server.as('regulator').sees(first)
    expect(page.state).toMatchObject({
      status: 'closed',
      finding: { source: 'mineLedger', place: '北帮+1114平台', description: '北帮+1114平台护栏缺失' },
      legacy: { ledgerStatus: '已销号', category: '环境', doubts: [] },
      facts: { externalNumber: [{ system: '原台账', number: 'YH-2023-0001' }] },
    })
    expect(page.timeline.map(({ act, title }) => [act, title])).toEqual([['imported', '从原有台账转入']])
    expect(page.sourceTitle).toBe('企业原有台账')
    expect(unverified).toBe('未经本系统核验')
    const { rows: events } = await server.owner.query(
      "select distinct type, v from core.event where type like 'hazard.%'",
    )
    expect(events).toEqual([{ type: 'hazard.imported', v: 1 }])
  })

  test('姓名只用来找人，不写进记录；找不到的说出来', async () => {
    const workbook = listOf([
      hazardLine(20, { ...open, 整改责任人: '隐名crewLeader' }),
      hazardLine(21, { ...open, 整改责任人: '查无此人甲' }),
    ])
    const plan = await planned(server.as('safetyOfficer'), workbook, { kind })
    expect(plan.remarks.map(({ row, text }) => [row, text])).toEqual([
      [3, '整改责任人不在人员名录里，或者不止一人：姓名不写进记录，五定缺责任人'],
    ])
    await taken('safetyOfficer', workbook)
    const [one] = (await listed('T01-2023')).filter(({ foundOn }) => foundOn === '2023-03-21')
    if (!one) throw new Error('nothing')
    const { state } = await server.as('regulator').sees(one)
    expect(state.five.responsible?.value).toBe(server.as('crewLeader').personId)
    const { rows } = await server.owner.query(
      "select count(*)::int as told from core.event where body::text like '%隐名%' or body::text like '%查无此人%'",
    )
    expect(rows[0]?.told).toBe(0)
  })

  test('同一份再导一次：一样的说已经有了，一条不多；改过的两边摆在一起，不能改，只能照旧或者另外登记', async () => {
    const workbook = listOf([hazardLine(0), hazardLine(1, { ...open, 描述: '二号皮带走廊上浮石没有清理' })])
    const plan = await planned(server.as('safetyOfficer'), workbook, { kind })
    expect(plan.counts).toEqual({ good: 2, bad: 0, fresh: 0, same: 1, differing: 1 })
    expect(plan.found[1]).toMatchObject({ mayAdd: true, mayReplace: false })
    expect(plan.found[1]?.standing).toContain(names.mine)
    expect(plan.found[1]?.differences).toEqual([
      { title: '描述', standing: '二号皮带走廊浮石未清', given: '二号皮带走廊上浮石没有清理' },
    ])
    const before = (await listed('T01-2023')).length
    const replaced = await taken('safetyOfficer', workbook, { found: 'replace' })
    expect(replaced.outcomes).toMatchObject({ added: 0, replaced: 0, already: 1, kept: 1 })
    expect(await listed('T01-2023')).toHaveLength(before)
    const added = await taken('safetyOfficer', workbook, { choices: [{ sheet: '台账', rows: '3', as: 'add' }] })
    expect(added.outcomes).toMatchObject({ added: 1, already: 1 })
    expect(await listed('T01-2023')).toHaveLength(before + 1)
  })
})

describe('自相矛盾的行', () => {
  const line = hazardLine(8, { 计划完成期限: { day: '2023-01-05' } })

  test('没有人说明就不收；写明理由就收，矛盾和理由都留在记录里', async () => {
    const workbook = listOf([hazardLine(7), line])
    const plan = await planned(server.as('regulator'), workbook, { kind })
    expect(plan.faults).toEqual([
      expect.objectContaining({
        row: 3,
        title: '整改期限',
        mayStand: true,
        reason: '期限 2023-01-05 早于发现日期 2023-03-09',
      }),
    ])
    expect(refused(await take(server.as('regulator'), workbook, { kind })).code).toBe('import-has-faults')
    const words = [{ sheet: '台账', row: 3, reason: '上级交办时已经定了期限' }]
    const vouched = await planned(server.as('regulator'), workbook, { kind, words })
    expect(vouched.faults).toEqual([])
    expect(vouched.vouched).toMatchObject([{ row: 3, reason: '上级交办时已经定了期限' }])
    expect((await taken('regulator', workbook, { words })).outcomes).toMatchObject({ added: 2 })
    const [one] = (await listed('')).filter(({ foundOn }) => foundOn === '2023-03-09')
    if (!one) throw new Error('nothing')
    const { state, sourceTitle } = await server.as('regulator').sees(one)
    expect(state.legacy).toMatchObject({
      doubts: ['期限 2023-01-05 早于发现日期 2023-03-09'],
      word: '上级交办时已经定了期限',
    })
    expect(sourceTitle).toBe('部门原有台账')
  })

  test('人的话只管可以说明的：格子读不出来的、重复的，说了也不收', async () => {
    const workbook = listOf([hazardLine(9, { 等级: 'C' }), hazardLine(10), hazardLine(10)])
    const words = [2, 4].map((row) => ({ sheet: '台账', row, reason: '照收' }))
    const plan = await planned(server.as('regulator'), workbook, { kind, words })
    expect(plan.faults.map(({ row, mayStand }) => [row, mayStand])).toEqual([
      [2, undefined],
      [4, undefined],
    ])
  })

  test('文件里很像的两行，指给人看；说明是两条就收两条', async () => {
    const workbook = listOf([hazardLine(25), hazardLine(25, { 描述: '二号皮带走廊有浮石未清理干净' })])
    const plan = await planned(server.as('regulator'), workbook, { kind })
    expect(plan.faults).toEqual([expect.objectContaining({ row: 3, mayStand: true })])
    expect(plan.faults[0]?.reason).toContain('与第 2 行很像')
    const words = [{ sheet: '台账', row: 3, reason: '东西两侧各一处' }]
    expect((await taken('regulator', workbook, { words })).outcomes).toMatchObject({ added: 2 })
  })
})

describe('在用的台账，表头都认得', () => {
  const ledgers: Readonly<Record<string, readonly string[]>> = {
    矿山隐患排查治理台账系统: [
      '编号',
      '检查日期',
      '检查人',
      '位置',
      '描述',
      '类别',
      '等级',
      '整改措施',
      '整改责任人',
      '整改资金',
      '计划完成期限',
      '应急预案',
      '状态',
      '实际完成日期',
      '复查人',
      '复查日期',
      '复查结果',
      '闭环时间',
    ],
    标准化事故隐患排查治理台账: [
      '问题及隐患',
      '等级',
      '类型',
      '排查时间',
      '排查人员',
      '整改措施',
      '整改时间',
      '整改资金',
      '整改单位',
      '整改责任人',
      '完成情况',
      '验收人',
      '督办单位',
      '督办人员',
      '销号日期',
    ],
    建设集团的表: [
      '检查时间',
      '检查单位',
      '检查人',
      '检查项目',
      '检查工点',
      '问题描述',
      '等级',
      '整改要求（措施）',
      '整改期限',
      '责任单位',
      '整改责任人',
      '完成日期',
      '销号情况',
    ],
    县里的月报: [
      '单位名称',
      '内容',
      '落实治理目标任务',
      '落实经费物资',
      '落实机构人员',
      '落实时间要求',
      '落实安全措施应急预案',
      '挂牌级别',
      '备注',
    ],
    带治理方案六项的表: [
      '存在问题',
      '整改措施',
      '期限',
      '投入经费',
      '目标任务',
      '方法措施',
      '经费物资',
      '机构人员',
      '时限要求',
    ],
    部门的隐患表: ['排查时间', '内容', '等级', '有无控制措施', '有无整改方案', '治理资金', '完成时间', '完成情况'],
  }

  test.each(Object.entries(ledgers))('%s', async (_, headers) => {
    const plan = await planned(server.as('regulator'), book([headers]), { kind })
    const [sheet] = plan.sheets
    expect(sheet?.columns.filter(({ key }) => key === undefined)).toEqual([])
    expect(plan.faults.filter(({ reason }) => !reason.startsWith('没有“'))).toEqual([])
  })
})

describe('谁可以转入', () => {
  test('矿上只能转入自己矿的；邻县的矿，像没有一样', async () => {
    const workbook = listOf([hazardLine(0, { 矿山名称: names.sibling }), hazardLine(1, { 矿山名称: names.foreign })])
    const plan = await planned(server.as('principal'), workbook, { kind })
    expect(plan.counts).toMatchObject({ good: 0, bad: 2 })
    const aimed = await take(server.as('principal'), workbook, { kind, tenantId: server.ids.sibling })
    expect(refused(aimed).code).toBe('not-found')
  })

  test.each(['worker', 'crewLeader', 'townshipHead', 'expert', 'auditor'] as const)('%s 不能转入', async (who) => {
    expect(refused(await take(server.as(who), listOf([hazardLine(0)]), { kind })).status).toBe(403)
  })

  test('办公室收下同一件两遍，只登记一次', async () => {
    const workbook = listOf([hazardLine(27)])
    const settings = { importId: uuidv7(), commandId: uuidv7() }
    await taken('regulator', workbook, settings)
    await taken('regulator', workbook, settings)
    expect((await listed('')).filter(({ foundOn }) => foundOn === '2023-03-28')).toHaveLength(1)
  })
})

test('五千条隐患试导不超过五秒', async () => {
  const many = listOf(
    Array.from({ length: 5_000 }, (_, index) =>
      hazardLine(index, {
        编号: `L-${index}`,
        描述: `第${index}号部位${['护栏缺失', '浮石未清', '柜门未锁', '车挡不够高'][index % 4]}`,
        位置: `部位${index}`,
        检查日期: { day: `202${index % 3}-0${1 + (index % 9)}-${10 + (index % 18)}` },
        计划完成期限: '',
        实际完成日期: '',
        复查日期: '',
        闭环时间: { day: '2023-05-01' },
      }),
    ),
  )
  const [from, cpu] = [performance.now(), process.cpuUsage()]
  const plan = await planned(server.as('regulator'), many, { kind })
  const seconds = (performance.now() - from) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  const worked = (user + system) / 1e6
  console.log(`试导 5,000 条隐患：${seconds.toFixed(2)} 秒，其中计算 ${worked.toFixed(2)} 秒`)
  expect(plan.counts.good).toBe(5_000)
  expect(Math.min(seconds, worked)).toBeLessThan(5)
})
