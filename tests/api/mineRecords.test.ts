import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listMineUnits, putMineUnit } from '#contract/mineUnit.ts'
import { listPeople, putMine, putPerson, readMineFacts, revealPerson } from '#contract/org.ts'
import { listPermitKinds, listPermits, listUnregisteredPermits, putPermit } from '#contract/permit.ts'
import { correctPresence, listPresence, readPresence, recordPresence, withdrawPresence } from '#contract/presence.ts'
import { mineUnitHistory, personHistory } from '#contract/registryHistory.ts'
import type { Permit } from '#domain/org/permit.ts'
import { presenceDayId } from '#server/presence/dayId.ts'
import { granted, mineValue, type Person, refused, startServer, type TestServer } from '#tests/support/district.ts'

let server: TestServer
let officer: Person
let chief: Person
beforeAll(async () => {
  server = await startServer()
  server.clock.stand('2023-09-15')
  officer = server.as('safetyOfficer')
  chief = server.as('sectionChief')
})
afterAll(() => server.close())

const command = <T>(value: T) => ({ commandId: uuidv7(), value })
const field = (name: string) => ({ details: { fields: [expect.objectContaining({ field: name })] } })

describe('车间、班组、岗位和外包外租', () => {
  const [workshop, crew, contractor] = [uuidv7(), uuidv7(), uuidv7()]
  const put = (id: string, value: Record<string, unknown>, expectedVersion?: number) =>
    officer.call(putMineUnit, {
      params: { mineId: server.ids.mine, id },
      body: {
        ...command({ kind: 'crew', name: '采剥一班', headCount: 9, active: true, ...value }),
        ...(expectedVersion !== undefined && { expectedVersion }),
      },
    })

  test('矿上自己登记，班组归在车间下，负责人是本矿的人', async () => {
    granted(await put(workshop, { kind: 'workshop', name: '采矿车间' }))
    const leaderId = server.as('crewLeader').personId
    expect(refused(await put(crew, { partOfId: uuidv7() }))).toMatchObject({
      code: 'invalid-input',
      ...field('partOfId'),
    })
    expect(refused(await put(crew, { leaderId: server.as('siblingPrincipal').personId }))).toMatchObject(
      field('leaderId'),
    )
    granted(await put(crew, { partOfId: workshop, leaderId }))
    const value = { kind: 'contractor', name: '某采剥工程公司', headCount: 31, work: '剥离、运输' }
    granted(await put(contractor, { ...value, agreementOn: '2022-01-05', agreementUntil: '2023-09-14' }))
    const { items } = granted(await chief.call(listMineUnits, { params: { mineId: server.ids.mine } }))
    expect(items.map(({ name, partOfName, agreement }) => [name, partOfName, agreement])).toEqual([
      ['采矿车间', undefined, undefined],
      ['采剥一班', '采矿车间', undefined],
      ['某采剥工程公司', undefined, 'expired'],
    ])
    expect(items[1]?.leaderPost).toBeTruthy()
  })

  test('没有看到别人已改的，不能盖过去；撤销的还在名录里，变更逐项留着', async () => {
    expect(refused(await put(crew, { name: '采剥二班' }, 0))).toMatchObject({ status: 409, code: 'stale-version' })
    granted(await put(crew, { name: '采剥二班', partOfId: workshop, active: false }, 1))
    const { items } = granted(await officer.call(listMineUnits, { params: { mineId: server.ids.mine } }))
    expect(items.find(({ id }) => id === crew)).toMatchObject({ name: '采剥二班', active: false, version: 2 })
    const history = granted(
      await chief.call(mineUnitHistory, { params: { mineId: server.ids.mine, id: crew }, query: {} }),
    )
    expect(history.items[0]).toMatchObject({
      version: 2,
      first: false,
      changes: [
        { label: '名称', before: '采剥一班', after: '采剥二班' },
        { label: '负责人', before: expect.any(String) },
        { label: '现状', before: '在册', after: '已撤销、退场' },
      ],
    })
    expect(history.items[1]).toMatchObject({ version: 1, first: true })
  })

  test('工人不能登记；外县的看不到也改不了', async () => {
    const value = command({ kind: 'crew', name: '探', headCount: 1, active: true } as const)
    const params = { mineId: server.ids.mine, id: uuidv7() }
    expect(refused(await server.as('worker').call(putMineUnit, { params, body: value })).status).toBe(403)
    const stranger = server.as('foreignRegulator')
    expect(refused(await stranger.call(putMineUnit, { params, body: value })).status).toBeGreaterThanOrEqual(403)
    expect(refused(await stranger.call(listMineUnits, { params })).code).toBe('not-found')
  })
})

describe('证照', () => {
  const base: Permit = { kind: 'safetyPermit', number: 'FM-1', issuer: '省应急管理厅', validUntil: '2023-12-08' }
  const put = (id: string, change: Partial<Permit> = {}, mineId = server.ids.mine) =>
    officer.call(putPermit, { params: { mineId, id }, body: command({ ...base, ...change }) })

  test('种类来自规则库；不在名目里的拒绝，并说有哪些', async () => {
    const { items, soonDays } = granted(await officer.call(listPermitKinds, {}))
    expect(items.find(({ key }) => key === 'safetyPermit')).toMatchObject({
      title: '安全生产许可证',
      renewMonthsBefore: 3,
      clause: expect.stringContaining('许可证条例'),
    })
    expect(soonDays).toBe(60)
    const told = refused(await put(uuidv7(), { kind: 'inventedPermit' }))
    expect(told).toMatchObject({ code: 'invalid-input', ...field('kind') })
    expect(told.remedy).toContain('采矿许可证')
  })

  test('名录里没有的写“未登记”，登记了就不再提示', async () => {
    const missing = async () =>
      granted(await chief.call(listUnregisteredPermits, { query: { mineId: server.ids.mine } })).items.map(
        ({ kindTitle }) => kindTitle,
      )
    expect(await missing()).toEqual(['采矿许可证', '安全生产许可证'])
    granted(await put(uuidv7()))
    expect(await missing()).toEqual(['采矿许可证'])
  })

  test('快到期、已过期、有效、长期、已失效：列表按到期先后，数目与各档一致', async () => {
    granted(await put(uuidv7(), { kind: 'miningLicence', number: 'C-1', validUntil: '2023-09-14' }))
    granted(await put(uuidv7(), { kind: 'miningLicence', number: 'C-2', validUntil: '2023-12-08' }))
    granted(await put(uuidv7(), { kind: 'blastingUnit', number: 'B-1', validUntil: undefined }))
    granted(
      await put(uuidv7(), {
        number: 'FM-0',
        validUntil: '2023-09-01',
        ended: { on: '2023-09-01', reason: '换发新证' },
      }),
    )
    const { items, totals } = granted(await chief.call(listPermits, { query: {} }))
    expect(items.map(({ number, standing }) => [number, standing])).toEqual([
      ['FM-0', 'ended'],
      ['C-1', 'expired'],
      ['FM-1', 'soon'],
      ['C-2', 'valid'],
      ['B-1', 'longTerm'],
    ])
    expect(items.map(({ validUntil }) => validUntil ?? '长期')).toEqual([
      '2023-09-01',
      '2023-09-14',
      '2023-12-08',
      '2023-12-08',
      '长期',
    ])
    expect(totals).toEqual({ expired: 1, soon: 1, valid: 1, longTerm: 1, ended: 1 })
    expect(items.find(({ number }) => number === 'FM-1')).toMatchObject({ renewBy: '2023-09-08', daysLeft: 84 })
    for (const standing of ['expired', 'soon', 'valid', 'longTerm', 'ended'] as const) {
      const one = granted(await chief.call(listPermits, { query: { standing } }))
      expect(one.items.map((permit) => permit.standing)).toEqual([standing])
    }
  })

  test('一页一页翻，一张不漏', async () => {
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = granted(await chief.call(listPermits, { query: { limit: 2, ...(after && { after }) } }))
      seen.push(...page.items.map(({ number }) => number))
      after = page.next
    } while (after)
    expect(seen.sort()).toEqual(['B-1', 'C-1', 'C-2', 'FM-0', 'FM-1'])
  })
})

describe('人员的职务', () => {
  const [owner, left] = [uuidv7(), uuidv7()]
  const put = (id: string, value: Parameters<typeof save>[1]) => save(id, value)
  const save = (id: string, value: { post: string; active?: boolean; offices?: string[]; unitId?: string }) =>
    officer.call(putPerson, {
      params: { tenantId: server.ids.mine, id },
      body: {
        commandId: uuidv7(),
        // The schema narrows the names; a wrong one is refused below.
        value: { active: true, ...value } as { post: string; active: boolean },
      },
    })

  test('一人可以兼任；不认识的职务、别矿的班组都拒绝', async () => {
    granted(await put(owner, { post: '投资人', offices: ['legalRepresentative', 'actualController'] }))
    granted(await put(left, { post: '矿长', offices: ['principal'] }))
    expect(refused(await put(uuidv7(), { post: '某', offices: ['king'] })).status).toBe(400)
    expect(refused(await put(uuidv7(), { post: '某', unitId: uuidv7() }))).toMatchObject(field('unitId'))
    const { items } = granted(await officer.call(listPeople, { params: { tenantId: server.ids.mine } }))
    expect(items.find(({ id }) => id === owner)).toMatchObject({ offices: ['legalRepresentative', 'actualController'] })
  })

  test('换了职务、离了岗都留着；看过姓名的也留着，理由不在这里说', async () => {
    granted(await put(left, { post: '矿长', active: false }))
    granted(
      await server.as('enforcer').call(revealPerson, {
        params: { tenantId: server.ids.mine, id: left },
        body: { commandId: uuidv7(), reason: '隐名某某要求' },
      }),
    )
    const params = { tenantId: server.ids.mine, id: left }
    const history = granted(await officer.call(personHistory, { params, query: {} }))
    expect(history.items.map(({ title, changes }) => title ?? changes.map(({ label }) => label))).toEqual([
      '显示过姓名和手机',
      ['在岗', '职务'],
      ['岗位', '在岗', '职务'],
    ])
    expect(JSON.stringify(history)).not.toContain('隐名某某')
    expect(refused(await server.as('enforcer').call(personHistory, { params, query: {} })).code).toBe('role-may-not')
    const first = granted(await officer.call(personHistory, { params, query: { limit: 1 } }))
    const rest = granted(await officer.call(personHistory, { params, query: { limit: 5, after: first.next } }))
    expect([...first.items, ...rest.items]).toEqual(history.items)
  })

  describe('关键人驻矿', () => {
    const on = '2023-09-12'
    const params = () => ({ mineId: server.ids.mine })
    const record = (body: { personId?: string; on?: string; matters?: string }, by = officer) =>
      by.call(recordPresence, {
        params: params(),
        body: { commandId: uuidv7(), personId: owner, on, matters: '带队查北帮', ...body },
      })
    const month = async () => granted(await chief.call(readPresence, { params: { ...params(), month: '2023-09' } }))

    test('没有记录的写缺什么；天数没有规定的，页面说得出来', async () => {
      const { items, missing, required } = granted(await chief.call(listPresence, { query: { missing: 'true' } }))
      expect(required).toMatchObject({ days: null, why: expect.stringContaining('没有规定天数') })
      expect(missing).toBe(2)
      expect(items.map(({ mineCode, offices }) => [mineCode, ...offices.map((one) => one.missing)])).toEqual([
        ['T01', '本月没有驻矿记录', '本月没有驻矿记录'],
        ['T02', '没有登记担任的人', '没有登记担任的人'],
      ])
    })

    test('矿上记，局里看；将来的、重复的、不是关键人的都拒绝', async () => {
      granted(await record({}))
      expect(refused(await record({}))).toMatchObject({ code: 'already-recorded' })
      expect(refused(await record({ on: '2023-09-16' }))).toMatchObject({ code: 'date-in-future' })
      expect(refused(await record({ personId: officer.personId, on: '2023-09-11' }))).toMatchObject({
        code: 'not-key-person',
      })
      expect(refused(await record({ on: '2023-09-11' }, chief)).status).toBe(403)
      const shown = await month()
      expect(shown.days).toMatchObject([
        { on, matters: '带队查北帮', stands: true, onBehalf: true, recordedOn: '2023-09-15', changes: [] },
      ])
      expect(shown.offices.map(({ days, missing }) => [days, missing])).toEqual([
        [1, undefined],
        [1, undefined],
      ])
      const listed = granted(await chief.call(listPresence, { query: { missing: 'true', month: '2023-09' } }))
      expect(listed.items.map(({ mineCode }) => mineCode)).toEqual(['T02'])
    })

    test('更正和作废都写理由，原来的写法留着；作废的不计天数，可以重记', async () => {
      const id = presenceDayId(server.ids.mine, owner, on)
      const change = { params: { ...params(), id } }
      granted(
        await officer.call(correctPresence, {
          ...change,
          body: { commandId: uuidv7(), expectedVersion: 1, matters: '带队查北帮和排土场', reason: '漏写排土场' },
        }),
      )
      expect(
        refused(
          await officer.call(correctPresence, {
            ...change,
            body: { commandId: uuidv7(), expectedVersion: 1, matters: '再改', reason: '没有看到上面的更正' },
          }),
        ).code,
      ).toBe('stale-version')
      granted(await officer.call(withdrawPresence, { ...change, body: { commandId: uuidv7(), reason: '记错了日子' } }))
      const shown = await month()
      expect(shown.offices.map(({ days }) => days)).toEqual([0, 0])
      expect(shown.days[0]).toMatchObject({
        stands: false,
        matters: '带队查北帮和排土场',
        changes: [
          { title: '更正驻矿记录', reason: '漏写排土场', before: '带队查北帮' },
          { title: '作废驻矿记录', reason: '记错了日子' },
        ],
      })
      granted(await record({ matters: '主持安全例会' }))
      expect((await month()).days[0]).toMatchObject({ stands: true, matters: '主持安全例会' })
    })
  })
})

describe('矿山登记', () => {
  const put = (change: object) =>
    chief.call(putMine, {
      params: { id: server.ids.mine },
      body: command({ ...mineValue(server.ids, 'mine'), ...change }),
    })

  test('正常生产的不能不纳入（通知 二）', async () => {
    expect(refused(await put({ inScope: false }))).toMatchObject({ code: 'producing-in-scope', clause: '通知 二' })
  })

  test('长期停产、不纳入的矿，落实的是盯守：不在关键人驻矿的名单里', async () => {
    const suspended = {
      status: 'longSuspended',
      watcher: { post: '盯守负责人' },
      watchUnit: '测试镇应急站',
      inScope: false,
      scopeReason: '无人作业，落实盯守',
    }
    const params = { id: server.ids.sibling }
    const entry = mineValue(server.ids, 'sibling')
    granted(await chief.call(putMine, { params, body: command({ ...entry, ...suspended } as typeof entry) }))
    const { items, missing } = granted(await chief.call(listPresence, { query: { month: '2023-06' } }))
    expect(items.map(({ mineCode }) => mineCode)).toEqual(['T01'])
    expect(missing).toBe(1)
  })

  test('情况带着来源和日期；没有答案的不能只写来源', async () => {
    const factSources = { hasWasteDump: { source: '现场核查', on: '2023-09-10' } }
    expect(refused(await put({ factSources }))).toMatchObject(field('factSources.hasWasteDump'))
    granted(await put({ facts: { hasWasteDump: true }, factSources }))
    const { items } = granted(await chief.call(readMineFacts, { params: { id: server.ids.mine } }))
    expect(items.find(({ key }) => key === 'hasWasteDump')).toMatchObject({
      value: true,
      source: { source: '现场核查', on: '2023-09-10' },
    })
    expect(items.find(({ key }) => key === 'pitSlopeHeightM')).toMatchObject({ words: '未知' })
  })
})
