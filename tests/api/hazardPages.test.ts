import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { actOnHazard, readRepeats } from '#contract/hazard.ts'
import { compareNumbers, listHazardNumbers, listNumberSystems } from '#contract/hazardNumbers.ts'
import { allRoutes } from '#server/web.ts'
import { granted, type HazardPlace, newHazard, refused, startServer, type TestServer } from '#tests/support/district.ts'
import { bodiesOf, hazardIn } from '#tests/support/hazards.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

/** A major hazard that the mine found itself, judged. */
const majorAt = async (place: string, on = '2023-07-03', criteria = ['OP-06']): Promise<HazardPlace> => {
  const hazard = newHazard(server.ids.mine)
  const source = 'principalCheck'
  await server
    .as('principal')
    .does(hazard, 'report', { mineId: server.ids.mine, source, place, description: '无稳定性分析', on })
  await server.as('principal').does(hazard, 'judge', { outcome: 'major', criteria, basis: '对照条款' })
  return hazard
}

describe('重复隐患', () => {
  test('同一部位同一判定标准，系统提出；人确认了才算，两边都看得到，数得清', async () => {
    server.clock.stand('2023-03-01')
    const first = await majorAt('南帮+1114平台', '2023-03-01')
    server.clock.stand('2023-05-01')
    const second = await majorAt('南帮+1114平台', '2023-05-01', ['OP-06'])
    const elsewhere = await majorAt('南帮+1126平台', '2023-05-01')
    const repeats = async (place: HazardPlace) =>
      granted(await server.as('regulator').call(readRepeats, { params: place }))
    const proposed = await repeats(second)
    expect(proposed.earlier).toEqual([])
    expect(proposed.proposed.map(({ id, why }) => [id, why])).toEqual([
      [first.id, '同一部位（南帮+1114平台），同一判定标准（OP-06）'],
    ])
    expect((await repeats(elsewhere)).proposed).toEqual([])
    expect((await repeats(first)).proposed).toEqual([])

    await server.as('safetyOfficer').does(second, 'repeatLink', { earlier: first.id, same: '同一部位，同一判定标准' })
    const linked = await repeats(second)
    expect([linked.earlier.map(({ id }) => id), linked.proposed]).toEqual([[first.id], []])
    expect((await repeats(first)).later.map(({ id, why }) => [id, why])).toEqual([
      [second.id, '同一部位，同一判定标准'],
    ])
    const { rows } = await server.owner.query('select repeated from read.hazard where id = $1', [second.id])
    expect(rows).toEqual([{ repeated: true }])
    expect(refused(await server.as('foreignRegulator').call(readRepeats, { params: second })).code).toBe('not-found')
  })
})

describe('申请延期', () => {
  test('到期前申请，应急局批，可以几次；过了期限不收，说明为什么', async () => {
    server.clock.stand('2023-07-03')
    const hazard = await majorAt('东帮')
    const five = { ...bodiesOf(server).assign, deadline: '2023-07-20' }
    await server.as('safetyOfficer').does(hazard, 'assign', five)
    const ask = (deadline: string) =>
      server.as('principal').act(hazard, 'extensionRequest', { deadline, reason: '雨季' })
    granted(await ask('2023-08-10'))
    expect(refused(await ask('2023-08-20'))).toMatchObject({ code: 'extension-pending' })
    expect(refused(await server.as('principal').act(hazard, 'extensionDecision', { granted: 'yes' })).status).toBe(403)
    await server.as('bureauDeputy').does(hazard, 'extensionDecision', { granted: 'yes', deadline: '2023-08-10' })
    server.clock.stand('2023-08-09')
    granted(await ask('2023-08-20'))
    await server.as('bureauDeputy').does(hazard, 'extensionDecision', { granted: 'no', reason: '理由不足' })
    expect((await server.as('principal').sees(hazard)).state).toMatchObject({ due: '2023-08-10' })
    server.clock.stand('2023-08-11')
    expect(refused(await ask('2023-08-31'))).toMatchObject({
      code: 'extension-after-expiry',
      detail: '期限 2023-08-10 已过，不能再申请延期',
    })
  })
})

describe('挂牌督办', () => {
  test.each([
    ['没有督办责任人', 'tracker'],
    ['没有期限', 'deadline'],
    ['没有文号', 'document'],
    ['没有级别', 'level'],
  ])('%s的，不收', async (_, field) => {
    server.clock.stand('2023-07-03')
    const hazard = await majorAt(`挂牌${field}`)
    const { [field]: _left, ...body } = bodiesOf(server).listing
    const problem = refused(await server.as('regulator').act(hazard, 'listing', body))
    expect(problem.status).toBe(400)
    expect(JSON.stringify(problem.details)).toContain(field)
  })

  test('复查合格之前不能摘牌', async () => {
    const hazard = await majorAt('挂牌')
    await server.as('regulator').does(hazard, 'listing', bodiesOf(server).listing)
    expect(refused(await server.as('regulator').act(hazard, 'delisting')).code).toBe('listed-until-rechecked')
  })
})

describe('其他系统编号', () => {
  test('哪些没有编号、哪些重号，各列出来；记了就从里面出去', async () => {
    const { as, ids } = server
    const places = await Promise.all([1, 2, 3].map(() => hazardIn(server, 'found')))
    const system = '国家系统'
    const counts = async () => {
      const { systems } = granted(await as('regulator').call(listNumberSystems, { query: { mineId: ids.mine } }))
      return systems.find((one) => one.system === system)
    }
    const before = await counts()
    expect(before).toMatchObject({ numbered: 0, doubled: 0 })
    const [a, b, c] = places
    if (!a || !b || !c) throw new Error('no hazards')
    await as('safetyOfficer').does(a, 'externalNumber', { system, number: '140404-1' })
    await as('regulator').does(b, 'externalNumber', { system, number: '140404-1' })
    await as('regulator').does(c, 'externalNumber', { system, number: '140404-3' })
    expect(await counts()).toEqual({ system, numbered: 3, doubled: 2, missing: (before?.missing ?? 0) - 3 })
    const list = async (standing: 'missing' | 'doubled' | 'numbered', limit = 200) =>
      granted(await as('regulator').call(listHazardNumbers, { query: { system, standing, limit } }))
    expect((await list('doubled')).items.map(({ id }) => id).sort()).toEqual([a.id, b.id].sort())
    expect((await list('missing')).items.map(({ id }) => id)).not.toContain(c.id)
    expect(await list('numbered', 2)).toMatchObject({ total: 3, totalIsExact: true })
    expect((await list('numbered', 2)).next).toBeTruthy()
    // The last one written down counts.
    await as('regulator').does(b, 'externalNumber', { system, number: '140404-2' })
    expect((await list('doubled')).items).toEqual([])
    const abroad = granted(
      await as('foreignRegulator').call(listHazardNumbers, { query: { system, standing: 'numbered' } }),
    )
    expect(abroad.items).toEqual([])
  })

  test('对账：对方的表和我们的摆在一起，什么也不写', async () => {
    const { as } = server
    const hazard = newHazard(server.ids.mine)
    const report = {
      mineId: server.ids.mine,
      source: 'enforcement',
      place: '配电室',
      description: '配电柜门未锁',
      on: '2023-06-20',
    }
    await as('enforcer').does(hazard, 'report', report)
    const other = newHazard(server.ids.mine)
    await as('enforcer').does(other, 'report', { ...report, place: '破碎口', description: '护栏缺失' })
    await as('regulator').does(hazard, 'externalNumber', { system: '省系统', number: 'S-1' })
    const csv = [
      '隐患编号,企业名称,排查时间,隐患地点,隐患内容,状态,销号日期',
      'S-1,测试一号石灰岩矿,2023-06-20,配电室,配电柜门未锁,已销号,2023-06-30',
      'S-2,测试一号石灰岩矿,2023/6/20,破碎口,破碎口护栏缺失,未销号,',
      'S-3,测试一号石灰岩矿,2023年6月31日,排土场,车挡不够,未销号,',
    ].join('\n')
    const before = await server.owner.query('select count(*) from core.event')
    const compared = granted(
      await as('regulator').upload(compareNumbers, {
        settings: { system: '省系统' },
        file: new Blob([csv]),
        fileName: '省系统.csv',
      }),
    )
    expect(compared.read).toBe(2)
    expect(compared.faults).toEqual([expect.objectContaining({ row: 4, reason: '没有“2023年6月31日”这一天' })])
    const { differing, onlyTheirs } = compared.found
    expect(differing.map(({ ours, differences }) => [ours.id, differences])).toEqual([
      [hazard.id, [{ title: '销号', ours: '未销号', theirs: '已销号 2023-06-30' }]],
    ])
    expect(onlyTheirs.map(({ theirs, perhaps }) => [theirs.number, perhaps.map(({ id }) => id)])).toEqual([
      ['S-2', [other.id]],
    ])
    expect(await server.owner.query('select count(*) from core.event').then(({ rows }) => rows)).toEqual(before.rows)
  })
})

describe('没有“全部销号”', () => {
  const actPath = '/api/hazards/:tenantId/:id/acts/:act'

  test('除了一条一条办的，没有别的接口能使隐患销号', () => {
    const routes = allRoutes(server.platform, { demoAccounts: [], setupCode: '' }).map(({ route }) => route)
    const writing = routes.filter(({ method, path }) => method !== 'GET' && path.includes('hazard'))
    expect(writing.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'POST /api/hazard-numbers/compare',
      `POST ${actPath}`,
    ])
    const named = routes.filter(({ body, settings }) =>
      [body, settings].some(
        (shape) =>
          shape && JSON.stringify(z.toJSONSchema(shape, { unrepresentable: 'any', io: 'input' })).includes('closeOut'),
      ),
    )
    // A paper to sign is printed for one act of one hazard, and does nothing itself.
    expect(named.map(({ path }) => path)).toEqual(['/api/tenants/:tenantId/papers/:id'])
  })

  test('一次只收一条：编号、内容里写几条都不收', async () => {
    const [a, b] = [await hazardIn(server, 'rechecked'), await hazardIn(server, 'rechecked')]
    const enforcer = server.as('enforcer')
    const both = { tenantId: a.tenantId, id: `${a.id},${b.id}` }
    expect(refused(await enforcer.act(both, 'closeOut')).status).toBe(400)
    const named = { ids: [a.id, b.id], hazards: [a.id, b.id], others: [b.id] }
    for (const body of [[{}, {}], named] as const)
      await fetch(`${server.baseUrl}/api/hazards/${a.tenantId}/${a.id}/acts/closeOut`, {
        method: 'POST',
        headers: { authorization: `Bearer ${enforcer.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ commandId: uuidv7(), body }),
      })
    expect((await enforcer.sees(b)).state.status).toBe('rechecked')
    expect(actOnHazard.path).toBe(actPath)
  })

  test('几条一起责令，也是一条一条记：一条不成，别的照记；同一个文书号', async () => {
    const open = await hazardIn(server, 'rectifying')
    const merged = await hazardIn(server, 'merged')
    const order = { document: '责改〔2023〕7号', demand: '限期整改', deadline: '2023-07-30' }
    granted(await server.as('enforcer').act(open, 'order', order))
    expect(refused(await server.as('enforcer').act(merged, 'order', order)).code).toBe('not-in-this-state')
    expect((await server.as('enforcer').sees(open)).state.facts.order?.at(-1)).toMatchObject(order)
  })
})

test('重新打开：写明谁、为什么；原来的销号留在经过里，期限重新定', async () => {
  const hazard = await hazardIn(server, 'closed')
  expect(refused(await server.as('enforcer').act(hazard, 'reopen', {})).status).toBe(400)
  await server.as('enforcer').does(hazard, 'reopen', { reason: '复查后护栏又被拆' })
  const { state, timeline } = await server.as('enforcer').sees(hazard)
  expect(state).toMatchObject({ status: 'rectifying', reopenings: [{ reason: '复查后护栏又被拆' }] })
  expect(state.due).toBeUndefined()
  expect(timeline.map(({ act }) => act).slice(-2)).toEqual(['closeOut', 'reopen'])
})
