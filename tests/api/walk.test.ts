import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listHazards } from '#contract/hazard.ts'
import { readHome } from '#contract/home.ts'
import type { ReceiptShown } from '#contract/receipt.ts'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { granted, type HazardPlace, newHazard, refused, startServer, type TestServer } from '#tests/support/district.ts'
import { leafOf } from '#tests/support/leaf.ts'
import { uploaded } from '#tests/support/upload.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const photo = async (width: number): Promise<string> =>
  uploaded(server.baseUrl, server.as('safetyOfficer'), server.ids.mine, await jpegPhoto(width, 40), {
    name: '现场.jpg',
    type: 'image/jpeg',
  })

const six = {
  goal: '完成采场边坡、排土场边坡稳定性分析',
  method: '委托有资质的单位',
  resources: '18.6万元',
  organisation: '技术科',
  schedule: '7月底',
  safeguards: '分析完成前坡脚不安排作业',
}

const standingOf = async (place: HazardPlace): Promise<Record<string, string>> => {
  const { steps } = await server.as('regulator').sees(place)
  return Object.fromEntries(steps.map(({ title, standing }) => [title, standing]))
}

describe('重大隐患：企业自查发现边坡没有做稳定性分析（OP-06），走到销号', () => {
  let place: HazardPlace
  let beforePhoto: string
  const receipts: ReceiptShown[] = []
  const keep = (receipt: ReceiptShown) => receipts.push(receipt)

  beforeAll(async () => {
    place = newHazard(server.ids.mine)
    beforePhoto = await photo(64)
  })

  test('安全员拍照报告，得到回执：第一条，编号 T01-2023-001', async () => {
    server.clock.stand('2023-07-03')
    const receipt = await server.as('safetyOfficer').does(place, 'report', {
      mineId: server.ids.mine,
      source: 'safetyOfficerCheck',
      place: '采场北帮',
      description: '采场边坡没有稳定性分析报告',
      photos: [beforePhoto],
      suspectedGrade: 'major',
      suspectedCriteria: ['OP-06'],
    })
    keep(receipt)
    expect(receipt).toMatchObject({ version: 1, number: 1, replayed: false, streamId: place.id })
    expect(receipt.receivedAt).toBe('2023-07-03T01:00:00.000Z')
    const shown = await server.as('principal').sees(place)
    expect(shown.state).toMatchObject({ status: 'found', number: 'T01-2023-001' })
    expect(shown.files[beforePhoto]).toMatchObject({ name: '现场.jpg', mime: 'image/jpeg' })
    expect(shown.timeline[0]).toMatchObject({
      act: 'report',
      title: '报告隐患',
      on: '2023-07-03',
      roleTitle: '安全员',
      byPost: 'safetyOfficer岗（safetyOfficer）',
      enteredLater: false,
    })
  })

  test('判定之前，验收按钮是灰的并说明原因；工人看不到判定按钮', async () => {
    const { can } = await server.as('principal').sees(place)
    expect(can.find(({ act }) => act === 'judge')).toMatchObject({ title: '判定' })
    expect(can.find(({ act }) => act === 'judge')?.refusal).toBeUndefined()
    expect(can.find(({ act }) => act === 'accept')?.refusal).toMatchObject({ code: 'not-in-this-state' })
    const workers = await server.as('worker').sees(place)
    expect(workers.can.map(({ act }) => act)).toEqual(['control'])
  })

  test('先管控、后判定；两样都记下日期', async () => {
    keep(await server.as('safetyOfficer').does(place, 'control', { scope: 'partial', where: '北帮坡脚', withdrawn: 6 }))
    expect(await standingOf(place)).toMatchObject({ 发现: 'done', 管控: 'done', 判定: 'next' })
    server.clock.stand('2023-07-04')
    keep(
      await server.as('technicalHead').does(place, 'judge', {
        outcome: 'major',
        criteria: ['OP-06'],
        basis: '查阅资料，采场、排土场边坡均无稳定性分析报告',
      }),
    )
    const { state, criteria } = await server.as('regulator').sees(place)
    expect(state.judgement).toMatchObject({ grade: 'major', on: '2023-07-04' })
    expect(criteria).toMatchObject([{ code: 'OP-06', documentNumber: expect.stringContaining('88') }])
  })

  test('报告部门、公示、报告职工大会、治理方案并行，谁先谁后都行；不误写成先后', async () => {
    const officer = server.as('safetyOfficer')
    keep(await officer.does(place, 'departmentReport', { department: '区应急管理局', how: 'system' }))
    keep(await officer.does(place, 'posting', { where: '矿门公示栏' }))
    const { steps } = await officer.sees(place)
    expect(steps.find(({ name }) => name === 'disclosed')).toMatchObject({ note: '未报告职工大会' })
    keep(await officer.does(place, 'workersReport', { meeting: 'all', attended: 38 }))
    keep(await officer.does(place, 'plan', six))
    expect(await standingOf(place)).toMatchObject({ 报告公示: 'done', 五定: 'next' })
  })

  test('五定一项一项写下来，缺哪几项说得出来；期限写下后不能直接改晚', async () => {
    const deputy = server.as('safetyDeputy')
    keep(await deputy.does(place, 'assign', { responsible: server.as('technicalHead').personId }))
    const { steps, people } = await deputy.sees(place)
    expect(steps.find(({ name }) => name === 'assigned')?.note).toBe('缺措施、资金、期限、预案')
    expect(people[server.as('technicalHead').personId]).toBe('technicalHead岗（technicalHead）')
    keep(await deputy.does(place, 'assign', { measures: '委托编制稳定性分析报告', funds: 18_600_000 }))
    keep(await deputy.does(place, 'assign', { deadline: '2023-07-31' }))
    keep(await deputy.does(place, 'assign', { contingencyPlan: '边坡坍塌现场处置方案' }))
    const later = refused(await deputy.act(place, 'assign', { deadline: '2023-08-31' }))
    expect(later).toMatchObject({ status: 422, code: 'deadline-moves-by-extension', clause: '安全生产法 102' })
    expect(await standingOf(place)).toMatchObject({ 五定: 'done', 整改: 'next' })
  })

  test('监管员签收报告、责令限期整改、挂牌督办', async () => {
    const regulator = server.as('regulator')
    keep(await regulator.does(place, 'departmentReceipt', { department: '区应急管理局' }))
    keep(
      await regulator.does(place, 'order', { document: '责改〔2023〕1号', demand: '限期完成', deadline: '2023-07-31' }),
    )
    keep(
      await regulator.does(place, 'listing', {
        document: '督〔2023〕1号',
        level: 'district',
        tracker: regulator.personId,
        deadline: '2023-07-31',
      }),
    )
    const again = refused(
      await regulator.act(place, 'listing', {
        document: '督〔2023〕2号',
        level: 'district',
        tracker: regulator.personId,
        deadline: '2023-07-31',
      }),
    )
    expect(again.code).toBe('listed-already')
  })

  test('进度一半；评估没做，主要负责人验收被拒，缺什么一次说全', async () => {
    server.clock.stand('2023-07-20')
    keep(await server.as('crewLeader').does(place, 'progress', { percent: 50, note: '现场勘查完成', spent: 9_000_000 }))
    const refusal = refused(await server.as('principal').act(place, 'accept', { conclusion: '完成' }))
    expect(refusal).toMatchObject({ status: 422, code: 'incomplete', detail: '还缺：治理效果评估、整改后照片' })
    expect(refusal.remedy).toBe('补齐以上 2 项后再企业验收')
    const { timeliness } = await server.as('regulator').sees(place)
    expect(timeliness).toEqual({ kind: 'running', deadline: '2023-07-31', daysLeft: 11 })
  })

  test('评估后主要负责人验收，申请复查；复查最迟在十天后', async () => {
    server.clock.stand('2023-07-28')
    keep(
      await server
        .as('technicalHead')
        .does(place, 'evaluation', { evaluator: 'own', conclusion: '报告齐全，边坡稳定' }),
    )
    keep(await server.as('principal').does(place, 'accept', { conclusion: '同意', photos: [await photo(65)] }))
    keep(await server.as('safetyOfficer').does(place, 'requestRecheck', {}))
    const { state, timeliness } = await server.as('regulator').sees(place)
    expect(state).toMatchObject({ status: 'accepted', recheckRequest: { recheckDueOn: '2023-08-07' } })
    expect(timeliness).toEqual({ kind: 'inTime', deadline: '2023-07-31', finishedOn: '2023-07-28' })
  })

  test('两名执法人员复查不合格：回到整改中，从原期限起算逾期', async () => {
    server.clock.stand('2023-08-05')
    const officers = [server.as('enforcer').personId, server.as('secondEnforcer').personId]
    const alone = refused(
      await server.as('enforcer').act(place, 'recheck', { result: 'fail', officers: [officers[0]], findings: '缺' }),
    )
    expect(alone).toMatchObject({ code: 'too-few-officers', clause: '行政处罚法 42' })
    keep(
      await server.as('enforcer').does(place, 'recheck', {
        result: 'fail',
        officers,
        findings: '排土场边坡没有分析',
        orderedDeadline: '2023-08-20',
      }),
    )
    const shown = await server.as('regulator').sees(place)
    expect(shown.state).toMatchObject({ status: 'rectifying' })
    expect(shown.timeliness).toEqual({ kind: 'overdue', deadline: '2023-07-31', daysLate: 5 })
    const { items } = granted(await server.as('regulator').call(listHazards, { query: { overdue: 'true' } }))
    expect(items).toMatchObject([{ id: place.id, overdueDays: 5, deadline: '2023-07-31' }])
    const home = granted(await server.as('regulator').call(readHome, {}))
    expect(home.figures).toMatchObject({
      openMajor: 1,
      overdue: 1,
      listed: 1,
      dualReported: 1,
      fundsPlanned: 18_600_000,
    })
    expect(home.notDone.map(({ title, daysLeft }) => ({ title, daysLeft }))).toContainEqual({
      title: '整改',
      daysLeft: -5,
    })
  })

  test('再次验收：不合格之前的评估和照片不作数；主要负责人手签，安全员代录并附原件，时间线写明代录', async () => {
    server.clock.stand('2023-08-18')
    const officer = server.as('safetyOfficer')
    const withoutPaper = refused(await officer.act(place, 'accept', { conclusion: '完成', photos: [beforePhoto] }))
    expect(withoutPaper).toMatchObject({ status: 403, code: 'role-may-not' })
    expect(withoutPaper.remedy).toContain('附手签原件照片即可代录')
    const paper = { paperSignature: [await photo(67)] }
    const unproven = refused(await officer.act(place, 'accept', { conclusion: '完成', ...paper }))
    expect(unproven.detail).toBe('还缺：治理效果评估、整改后照片')
    keep(
      await server
        .as('technicalHead')
        .does(place, 'evaluation', { on: '2023-08-16', evaluator: 'own', conclusion: '补做降雨工况，边坡稳定' }),
    )
    keep(
      await officer.does(place, 'accept', {
        on: '2023-08-17',
        conclusion: '两处边坡都已分析',
        photos: [await photo(66)],
        ...paper,
      }),
    )
    const { timeline, state } = await officer.sees(place)
    expect(timeline.at(-1)).toMatchObject({ act: 'accept', onBehalf: true, enteredLater: true, on: '2023-08-17' })
    expect(timeline.filter(({ act }) => act === 'accept').map(({ onBehalf }) => onBehalf)).toEqual([false, true])
    expect(state.acceptance).toMatchObject({ signedOnPaper: true })
    keep(await officer.does(place, 'requestRecheck', { on: '2023-08-18' }))
  })

  test('两人复查合格后销号；溯源没写也不挡销号', async () => {
    server.clock.stand('2023-08-22')
    const officers = [server.as('enforcer').personId, server.as('secondEnforcer').personId]
    const tooEarly = refused(await server.as('regulator').act(place, 'closeOut', {}))
    expect(tooEarly).toMatchObject({ status: 422, code: 'not-in-this-state' })
    keep(await server.as('enforcer').does(place, 'recheck', { result: 'pass', officers, findings: '合格' }))
    expect(refused(await server.as('principal').act(place, 'closeOut', {}))).toMatchObject({ status: 403 })
    keep(await server.as('regulator').does(place, 'closeOut', { note: '同意销号' }))
    const { state, steps, timeliness } = await server.as('regulator').sees(place)
    expect(state).toMatchObject({ status: 'closed', closing: { on: '2023-08-22', traceDueOn: '2023-09-06' } })
    expect(steps.every(({ standing }) => standing === 'done')).toBe(true)
    expect(timeliness).toEqual({ kind: 'finishedLate', deadline: '2023-07-31', finishedOn: '2023-08-17', daysLate: 17 })
  })

  test('摘牌、恢复生产、溯源都是各自的事，销号之后办', async () => {
    keep(await server.as('regulator').does(place, 'delisting', { document: '摘〔2023〕1号' }))
    keep(await server.as('principal').does(place, 'resumeRequest', { where: '北帮坡脚', content: '已完成' }))
    keep(await server.as('bureauDeputy').does(place, 'resumeDecision', { granted: 'yes' }))
    keep(
      await server.as('principal').does(place, 'trace', {
        facts: '多年没有做',
        causes: '技术管理缺人',
        accountability: '约谈技术负责人',
        duties: '每年报告一次',
        cure: '列入年度计划',
      }),
    )
    const { state } = await server.as('principal').sees(place)
    expect(state.status).toBe('closed')
    expect(Object.keys(state.facts)).toContain('trace')
  })

  test('时间线与回执逐条对得上：版本相连，叶子哈希是所存事件的承诺', async () => {
    const { timeline, version } = await server.as('regulator').sees(place)
    expect(version).toBe(receipts.length)
    expect(timeline.map((entry) => entry.version)).toEqual(receipts.map((_, index) => index + 1))
    expect(receipts.map((receipt) => receipt.version)).toEqual(receipts.map((_, index) => index + 1))
    expect(timeline.map(({ leafHash }) => leafHash)).toEqual(
      receipts.flatMap(({ events }) => events.map(({ leafHash }) => leafHash)),
    )
    const recomputed = await Promise.all(timeline.map((entry) => leafOf(server.owner, place, entry.version)))
    expect(recomputed.map(({ hash }) => hash)).toEqual(timeline.map(({ leafHash }) => leafHash))
    expect(recomputed.every(({ inOutbox }) => inOutbox)).toBe(true)
  })

  test('台账编号不跳号', async () => {
    const numbers = await Promise.all(
      Array.from({ length: 6 }, () =>
        server.as('worker').does(newHazard(server.ids.mine), 'report', {
          mineId: server.ids.mine,
          source: 'workerReport',
          description: '浮石',
        }),
      ),
    )
    expect(numbers.map(({ number }) => number).sort()).toEqual([2, 3, 4, 5, 6, 7])
    const { items } = granted(await server.as('principal').call(listHazards, {}))
    expect(items.map(({ number }) => number).sort()).toEqual(
      Array.from({ length: 7 }, (_, index) => `T01-2023-00${index + 1}`),
    )
  })
})

describe('其他的路', () => {
  const reportedBy = async (name: 'worker' | 'enforcer' | 'safetyOfficer', body: Record<string, unknown>) => {
    const place = newHazard(server.ids.mine)
    await server.as(name).does(place, 'report', { mineId: server.ids.mine, description: '车挡高度不够', ...body })
    return place
  }

  const statusOf = async (place: HazardPlace) => (await server.as('regulator').sees(place)).state.status

  test('部门发现的一般隐患：企业整改、验收，乡镇复查、销号', async () => {
    server.clock.stand('2023-09-01')
    const place = await reportedBy('enforcer', { source: 'enforcement' })
    const declined = refused(
      await server.as('principal').act(place, 'judge', { outcome: 'notEstablished', basis: '不算' }),
    )
    expect(declined).toMatchObject({ status: 422, code: 'department-finding' })
    await server.as('enforcer').does(place, 'judge', { outcome: 'general', basis: '车挡不足设计高度' })
    await server.as('safetyOfficer').does(place, 'assign', {
      responsible: server.as('crewLeader').personId,
      measures: '加高',
      funds: 0,
      deadline: '2023-09-05',
      contingencyPlan: '现场处置',
    })
    await server.as('crewLeader').does(place, 'accept', { conclusion: '已加高', notPhotographable: true })
    expect(
      refused(
        await server.as('principal').act(place, 'recheck', {
          result: 'pass',
          officers: [server.as('principal').personId],
          findings: '好',
        }),
      ).status,
    ).toBe(403)
    await server.as('townshipHead').does(place, 'recheck', {
      result: 'pass',
      officers: [server.as('townshipHead').personId],
      findings: '合格',
    })
    await server.as('townshipHead').does(place, 'closeOut', {})
    expect(await statusOf(place)).toBe('closed')
  })

  test('当场整改一步办结：一个办理，六个事件，六片叶子，一个编号', async () => {
    const place = newHazard(server.ids.mine)
    const receipt = await server.as('crewLeader').does(place, 'reportFixed', {
      mineId: server.ids.mine,
      source: 'crewCheck',
      description: '护栏松动',
      responsible: server.as('worker').personId,
      measures: '重新紧固',
      checkedBy: server.as('crewLeader').personId,
    })
    expect(receipt).toMatchObject({ version: 6 })
    expect(receipt.events.map(({ type }) => type)).toEqual(
      ['report', 'judge', 'assign', 'accept', 'recheck', 'closeOut'].map((act) => `hazard.${act}`),
    )
    expect(new Set(receipt.events.map(({ leafHash }) => leafHash)).size).toBe(6)
    expect(await statusOf(place)).toBe('closed')
  })

  test('判定不构成，归档；重新打开回到已发现', async () => {
    const place = await reportedBy('worker', { source: 'workerReport' })
    await server.as('technicalHead').does(place, 'judge', { outcome: 'notEstablished', basis: '测量后符合设计' })
    expect(await statusOf(place)).toBe('notEstablished')
    expect(refused(await server.as('principal').act(place, 'assign', { funds: 0 }))).toMatchObject({
      status: 422,
      code: 'not-in-this-state',
      detail: '现在是“判定不构成（归档）”，不能五定（责任人、措施、资金、期限、预案）',
    })
    await server.as('technicalHead').does(place, 'reopen', { reason: '又发现新的情况' })
    expect(await statusOf(place)).toBe('found')
  })

  test('登记了两次的合并到另一条；并入自己、并入别矿的被拒', async () => {
    const first = await reportedBy('worker', { source: 'workerReport' })
    const second = await reportedBy('safetyOfficer', { source: 'safetyOfficerCheck' })
    const elsewhere = newHazard(server.ids.sibling)
    await server.as('siblingPrincipal').does(elsewhere, 'report', {
      mineId: server.ids.sibling,
      source: 'principalCheck',
      description: '裂缝',
    })
    const merge = (other: string) => server.as('safetyOfficer').act(second, 'merge', { other, reason: '同一处' })
    expect(refused(await merge(second.id)).code).toBe('merge-into-itself')
    expect(refused(await merge(elsewhere.id)).code).toBe('merge-target-unknown')
    expect(refused(await merge(uuidv7())).code).toBe('merge-target-unknown')
    granted(await merge(first.id))
    const { state } = await server.as('safetyOfficer').sees(second)
    expect(state).toMatchObject({ status: 'merged', ending: { other: first.id } })
    expect(await statusOf(first)).toBe('found')
  })

  test('移交其他部门要有文号', async () => {
    const place = await reportedBy('enforcer', { source: 'enforcement' })
    const bare = refused(await server.as('enforcer').act(place, 'transfer', { to: '自然资源局', reason: '越界' }))
    expect(bare).toMatchObject({ status: 400, code: 'invalid-input' })
    expect(bare.details).toMatchObject({ fields: [{ field: 'reference' }] })
    await server
      .as('enforcer')
      .does(place, 'transfer', { to: '自然资源局', reason: '越界', reference: '移〔2023〕1号' })
    expect(await statusOf(place)).toBe('transferred')
  })

  test('矿被关闭，隐患随之终结，没有整改的照实写', async () => {
    const place = await reportedBy('enforcer', { source: 'enforcement' })
    expect(
      refused(await server.as('regulator').act(place, 'endByClosure', { reference: '关〔2023〕1号', reason: '已关' }))
        .status,
    ).toBe(403)
    await server.as('bureauHead').does(place, 'endByClosure', { reference: '关〔2023〕1号', reason: '井口已封' })
    expect(await server.as('regulator').sees(place)).toMatchObject({
      statusTitle: '因关闭终结',
      timeliness: { kind: 'ended' },
    })
  })

  test('登记更正：新记录写在旧记录旁边，旧的还看得到', async () => {
    const place = await reportedBy('worker', { source: 'workerReport', place: '东帮' })
    await server.as('safetyOfficer').does(place, 'correct', { place: '西帮', reason: '写错' })
    const { state, timeline } = await server.as('safetyOfficer').sees(place)
    expect(state.finding.place).toBe('西帮')
    expect(timeline[0]?.body.place).toBe('东帮')
  })

  test('已销号的重新打开：回到整改中，期限要重新定', async () => {
    const place = newHazard(server.ids.mine)
    await server.as('crewLeader').does(place, 'reportFixed', {
      mineId: server.ids.mine,
      source: 'crewCheck',
      description: '警示牌倒伏',
      responsible: server.as('worker').personId,
      measures: '扶正',
      checkedBy: server.as('crewLeader').personId,
    })
    await server.as('safetyOfficer').does(place, 'reopen', { reason: '又倒了' })
    const { state, timeliness, steps } = await server.as('safetyOfficer').sees(place)
    expect(state.status).toBe('rectifying')
    expect(timeliness).toEqual({ kind: 'noDeadline' })
    expect(steps.find(({ name }) => name === 'assigned')?.note).toBe('缺期限')
  })

  test('群众举报记在局里：矿上的台账、首页、编号都看不到', async () => {
    const place = newHazard(server.ids.bureau)
    await server.as('regulator').does(place, 'report', {
      mineId: server.ids.mine,
      source: 'publicReport',
      description: '夜里偷采',
    })
    const mine = server.as('principal')
    const { items } = granted(await mine.call(listHazards, { query: { limit: 200 } }))
    expect(items.some(({ id }) => id === place.id)).toBe(false)
    expect(
      granted(await server.as('regulator').call(listHazards, { query: { search: '局-2023' } })).items,
    ).toMatchObject([{ id: place.id, mineName: '测试一号石灰岩矿', status: 'found' }])
    const atMine = refused(
      await server.as('regulator').act(newHazard(server.ids.mine), 'report', {
        mineId: server.ids.mine,
        source: 'publicReport',
        description: '夜里偷采',
      }),
    )
    expect(atMine).toMatchObject({ code: 'report-stays-with-bureau', clause: '安全生产法 73、74' })
    expect((await server.as('regulator').sees(place)).state.finding.verifyBy).toBe('2023-09-10')
  })
})
