import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, createClient } from '#contract/client.ts'
import { actOnHazard, readHazard } from '#contract/hazard.ts'
import { listCriteria } from '#contract/notice.ts'
import {
  listAccounts,
  listCompanies,
  listMineFacts,
  listMines,
  listOrganisations,
  listPeople,
  listTenants,
  mineHistory,
  putAccount,
  putCompany,
  putMine,
  putOrganisation,
  putPerson,
  readAccount,
  readCompany,
  readMine,
  readMineFacts,
  readOrganisation,
  readTenant,
  setCredentials,
} from '#contract/org.ts'
import { appInfo, firstSetup, signIn, switchGrant } from '#contract/session.ts'
import type { Mine } from '#domain/org/mine.ts'
import { createWeb } from '#server/web.ts'
import { granted, mineValue, names, refused, startServer, type TestServer } from '#tests/support/district.ts'

const password = '北帮的裂缝要天天看'

/** Nobody's: the authority letter F is not assigned, and only a demo takes it. */
const creditCode = 'F1140404DEM0000143'
const otherCreditCode = 'F1140404DEM000022X'

describe('一个区从第一次启动到第一条隐患，全由接口办成', () => {
  let server: TestServer
  let admin: Client
  beforeAll(async () => {
    server = await startServer({ empty: true, setupCode: 'A1B2' })
  })
  afterAll(() => server.close())

  const [township, company, mine] = [uuidv7(), uuidv7(), uuidv7()]
  const [officer, principal] = [uuidv7(), uuidv7()]
  const holding = (token: string) => createClient({ baseUrl: server.baseUrl, token: () => token })
  const command = <T>(value: T) => ({ commandId: uuidv7(), value })

  const mineEntry = (change: Partial<Mine> = {}): Mine => ({
    code: 'S01',
    name: '首座石灰岩矿',
    companyId: company,
    div: '140404102',
    township: '荫城镇',
    mineType: 'openPit',
    mineral: '石灰岩',
    scale: '60万吨/年',
    status: 'producing',
    inScope: true,
    scopeReason: '正常生产',
    staffOwn: 31,
    staffContracted: 11,
    facts: {},
    ...change,
  })

  test('首次设置：设置码不对不行；对了就有了本局和第一个管理员，再来一次不行', async () => {
    expect(granted(await server.stranger.call(appInfo, {})).needsSetup).toBe(true)
    const body = { bureauName: '新区应急管理局', div: '140404', login: 'guanli', password, code: 'A1B2' }
    expect(refused(await server.stranger.call(firstSetup, { body: { ...body, code: '猜的' } })).code).toBe(
      'wrong-setup-code',
    )
    const { token, session } = granted(await server.stranger.call(firstSetup, { body }))
    admin = holding(token)
    expect(session.grant.role).toBe('systemAdmin')
    expect(refused(await server.stranger.call(firstSetup, { body })).code).toBe('set-up-already')
    const listed = granted(await admin.call(listOrganisations, { query: {} }))
    expect(listed.items).toMatchObject([{ name: '新区应急管理局', kind: 'districtBureau', div: '140404', version: 1 }])
  })

  test('登记乡镇应急站；区划代码不对、不在管辖范围都被拒绝', async () => {
    const value = { kind: 'township' as const, name: '荫城镇应急站', div: '140404102' }
    const put = (change: object) =>
      admin.call(putOrganisation, { params: { id: township }, body: command({ ...value, ...change }) })
    expect(refused(await put({ div: '14040' }))).toMatchObject({
      status: 400,
      details: { fields: [{ field: 'value.div' }] },
    })
    expect(refused(await put({ div: '140425100' }))).toMatchObject({ status: 403, code: 'out-of-scope' })
    granted(await put({}))
    expect(granted(await admin.call(readOrganisation, { params: { id: township } }))).toMatchObject(value)
  })

  test('改单位的名称；没有看到别人已改的不能盖过去', async () => {
    const change = (expectedVersion: number, name: string) =>
      admin.call(putOrganisation, {
        params: { id: township },
        body: { ...command({ kind: 'township', name, div: '140404102' } as const), expectedVersion },
      })
    granted(await change(1, '荫城镇应急管理站'))
    expect(refused(await change(1, '另一个名字'))).toMatchObject({ status: 409, code: 'stale-version' })
    const read = granted(await admin.call(readOrganisation, { params: { id: township } }))
    expect(read).toMatchObject({ name: '荫城镇应急管理站', version: 2 })
    expect(granted(await admin.call(readTenant, { params: { tenantId: township } })).name).toBe('荫城镇应急管理站')
  })

  test('登记企业；信用代码错、重复被拒绝；还没有矿的企业也在名录里，可以选', async () => {
    const value = { name: '首座石料有限公司', creditCode, div: '140404' }
    const put = (id: string, change: object = {}) =>
      admin.call(putCompany, { params: { id }, body: command({ ...value, ...change }) })
    expect(refused(await put(company, { creditCode: 'F1140404DEM0000144' }))).toMatchObject({ code: 'credit-code' })
    granted(await put(company))
    expect(refused(await put(uuidv7(), { name: '冒名的' }))).toMatchObject({ status: 409, code: 'already-taken' })
    for (const search of ['首座', 'F1140404DEM0000143', 'f1140404'])
      expect(granted(await admin.call(listCompanies, { query: { search } })).items).toMatchObject([
        { id: company, mines: 0 },
      ])
    expect(granted(await admin.call(listCompanies, { query: { search: '%' } })).items).toEqual([])
  })

  test('改企业：代码也能改，原来的代码随即放出来', async () => {
    const change = (code: string, expectedVersion: number) =>
      admin.call(putCompany, {
        params: { id: company },
        body: { ...command({ name: '首座石料有限公司', creditCode: code, div: '140404' }), expectedVersion },
      })
    granted(await change(otherCreditCode, 1))
    granted(await change(creditCode, 2))
    expect(granted(await admin.call(readCompany, { params: { id: company } }))).toMatchObject({
      creditCode,
      version: 3,
    })
  })

  test('登记矿山：企业没登记、长期停产没有盯守人员、情况答非所问，都被拒绝并说怎么改', async () => {
    const put = (value: Mine) => admin.call(putMine, { params: { id: mine }, body: command(value) })
    expect(refused(await put(mineEntry({ companyId: uuidv7() })))).toMatchObject({ code: 'company-unknown' })
    for (const status of ['longSuspended', 'constructionHalted'] as const) {
      const told = refused(await put(mineEntry({ status })))
      expect(told).toMatchObject({ status: 422, code: 'watcher-missing', clause: '通知 二' })
      expect(told.remedy).toContain('盯守人员')
    }
    const wrong = refused(await put(mineEntry({ facts: { hasWasteDump: '没有', pitSlopeHeightM: -3 } })))
    expect(wrong).toMatchObject({
      status: 400,
      details: { fields: [{ field: 'facts.pitSlopeHeightM' }, { field: 'facts.hasWasteDump' }] },
    })
    expect(granted(await admin.call(listMines, { query: {} })).items).toEqual([])
    granted(await put(mineEntry()))
    expect(granted(await admin.call(listMines, { query: { search: creditCode } })).items).toMatchObject([{ id: mine }])
  })

  test('要问的情况来自规则库；没填的都是未知，没有一条因此“不涉及”', async () => {
    const asked = granted(await admin.call(listMineFacts, {})).items
    expect(asked.find(({ key }) => key === 'hasWasteDump')).toMatchObject({
      kind: 'yesNo',
      options: { true: '有排土场', false: '没有排土场' },
      mineTypes: ['openPit'],
    })
    expect(asked.find(({ key }) => key === 'pitSlopeHeightM')).toMatchObject({ kind: 'number', unit: '米' })
    const facts = granted(await admin.call(readMineFacts, { params: { id: mine } })).items
    expect(facts.length).toBeGreaterThan(5)
    for (const fact of facts) {
      expect(fact).toMatchObject({ words: '未知', rulesOut: [] })
      expect(fact.value).toBeUndefined()
    }
    const criteria = granted(await admin.call(listCriteria, { query: { mineId: mine } })).items
    const own = criteria.filter(({ mineType }) => mineType === 'openPit')
    expect(own.filter(({ applies }) => applies === 'no')).toEqual([])
    expect(own.find(({ code }) => code === 'OP-13')).toMatchObject({ applies: 'unknown', missing: ['有排土场'] })
  })

  test('登记人员、开账号、设账号名和密码：列表说得出账号名，说不出密码', async () => {
    const people = [
      { id: officer, post: '安全员', name: '暗语甲', phone: '13800001234' },
      { id: principal, post: '矿长', name: '暗语乙', phone: '13800005678' },
    ]
    for (const { id, post, ...kept } of people)
      granted(
        await admin.call(putPerson, {
          params: { tenantId: mine, id },
          body: { ...command({ post, active: true }), private: kept },
        }),
      )
    const listed = granted(await admin.call(listPeople, { params: { tenantId: mine } })).items
    expect(listed.map(({ post, version, name }) => ({ post, version, name }))).toEqual(
      expect.arrayContaining([
        { post: '安全员', version: 1, name: '暗**' },
        { post: '矿长', version: 1, name: '暗**' },
      ]),
    )
    const accountId = uuidv7()
    const open = (id: string, tenantId: string, code: string) =>
      admin.call(putAccount, {
        params: { tenantId, id },
        body: command({
          personId: officer,
          disabled: false,
          grants: [
            { role: 'safetyOfficer', scope: code ? { kind: 'division', code } : { kind: 'tenants', ids: [mine] } },
          ],
        } as const),
      })
    expect(refused(await open(accountId, mine, '140425'))).toMatchObject({ status: 403, code: 'out-of-scope' })
    expect(refused(await open(accountId, uuidv7(), ''))).toMatchObject({ status: 404, code: 'not-found' })
    granted(await open(accountId, mine, ''))
    const before = granted(await admin.call(readAccount, { params: { tenantId: mine, id: accountId } }))
    expect(before).toMatchObject({ post: '安全员', tenantName: '首座石灰岩矿', reaches: [{ name: '首座石灰岩矿' }] })
    expect(before.login).toBeUndefined()
    const credentials = (login: string, typed = password) =>
      admin.call(setCredentials, { params: { tenantId: mine, id: accountId }, body: { login, password: typed } })
    expect(refused(await credentials('anquanyuan', '短'))).toMatchObject({ code: 'weak-password' })
    expect(refused(await credentials('guanli'))).toMatchObject({ status: 409, code: 'already-taken' })
    granted(await credentials('anquanyuan'))
    const { items } = granted(await admin.call(listAccounts, { query: { search: 'anquan' } }))
    expect(items).toMatchObject([{ id: accountId, login: 'anquanyuan', version: 1 }])
    expect(JSON.stringify(items)).not.toContain('argon2')
    expect(granted(await admin.call(listAccounts, { query: { search: '首座' } })).total).toBe(1)
  })

  test('单位、矿山、企业都能为它开账号：选单里一页一页翻得全', async () => {
    const found: string[] = []
    for (let after: string | undefined, pages = 0; pages < 9; pages += 1) {
      const page = granted(await admin.call(listTenants, { query: { limit: 1, ...(after && { after }) } }))
      expect(page.total).toBe(4)
      found.push(...page.items.map(({ kind }) => kind))
      after = page.next
      if (!after) break
    }
    expect(found.sort()).toEqual(['company', 'mine', 'organisation', 'organisation'])
    expect(refused(await admin.call(listTenants, { query: { after: '不是翻页位置' } }))).toMatchObject({ status: 400 })
  })

  test('安全员登录，报告本矿的第一条隐患', async () => {
    const { token, session } = granted(await server.stranger.call(signIn, { body: { login: 'anquanyuan', password } }))
    expect(session).toMatchObject({ homeName: '首座石灰岩矿', personId: officer })
    const { call } = holding(token)
    const place = { tenantId: mine, id: uuidv7() }
    granted(
      await call(actOnHazard, {
        params: { ...place, act: 'report' },
        body: {
          commandId: uuidv7(),
          body: { mineId: mine, source: 'safetyOfficerCheck', place: '东帮', description: '坡面有浮石' },
        },
      }),
    )
    expect(granted(await call(readHazard, { params: place })).state.status).toBe('found')
    expect(granted(await admin.call(readMine, { params: { id: mine } })).name).toBe('首座石灰岩矿')
    expect(refused(await call(listAccounts, { query: {} }))).toMatchObject({ status: 403, code: 'role-may-not' })
    expect(granted(await call(listOrganisations, { query: {} })).items).toEqual([])
  })

  test('换成股长：没有排土场，哪几条因此不涉及、谁填的，都看得到；变更记录最近的在前', async () => {
    const chief = granted(await admin.call(switchGrant, { body: { grant: 1 } }))
    expect(chief.grant.role).toBe('sectionChief')
    const put = (value: Mine, expectedVersion: number) =>
      admin.call(putMine, { params: { id: mine }, body: { ...command(value), expectedVersion } })
    server.clock.stand('2023-07-05')
    granted(await put(mineEntry({ facts: { hasWasteDump: false, pitSlopeHeightM: 84 } }), 1))
    server.clock.stand('2023-07-06')
    granted(await put(mineEntry({ facts: { hasWasteDump: false, pitSlopeHeightM: 90 }, staffOwn: 33 }), 2))
    const facts = granted(await admin.call(readMineFacts, { params: { id: mine } })).items
    const dump = facts.find(({ key }) => key === 'hasWasteDump')
    expect(dump).toMatchObject({
      value: false,
      words: '没有排土场',
      changed: { at: '2023-07-05T01:00:00.000Z', roleTitle: '监管股股长' },
    })
    expect(dump?.rulesOut).toEqual(expect.arrayContaining(['OP-11', 'OP-13']))
    expect(facts.find(({ key }) => key === 'pitSlopeHeightM')?.changed?.at).toBe('2023-07-06T01:00:00.000Z')
    const criteria = granted(await admin.call(listCriteria, { query: { mineId: mine } })).items
    expect(criteria.find(({ code }) => code === 'OP-13')).toMatchObject({
      applies: 'no',
      reason: '不涉及（没有排土场）',
    })

    const first = granted(await admin.call(mineHistory, { params: { id: mine }, query: { limit: 2 } }))
    expect(first).toMatchObject({
      total: 3,
      items: [
        {
          version: 3,
          first: false,
          changes: [
            { label: '本矿人数', before: '31 人', after: '33 人' },
            { label: '采场边坡高度', before: '84米', after: '90米' },
          ],
        },
        {
          version: 2,
          changes: [
            { label: '采场边坡高度', after: '84米' },
            { label: '有排土场', after: '没有排土场' },
          ],
        },
      ],
    })
    const second = granted(
      await admin.call(mineHistory, { params: { id: mine }, query: { limit: 2, after: first.next ?? '' } }),
    )
    expect(second.items).toMatchObject([{ version: 1, first: true, roleTitle: '系统管理员' }])
    expect(second.next).toBeUndefined()
    expect(refused(await admin.call(mineHistory, { params: { id: company }, query: {} }))).toMatchObject({
      status: 404,
    })
  })

  test('改成长期停产：盯守人员要么写岗位，要么选本矿登记过的人', async () => {
    const put = (watcher: Mine['watcher']) =>
      admin.call(putMine, {
        params: { id: mine },
        body: command(mineEntry({ status: 'longSuspended', inScope: false, scopeReason: '长期停产', watcher })),
      })
    expect(refused(await put({ post: '盯守负责人', personId: uuidv7() }))).toMatchObject({ code: 'watcher-unknown' })
    granted(await put({ post: '盯守负责人' }))
    granted(await put({ post: '安全员', personId: officer }))
    expect(granted(await admin.call(readMine, { params: { id: mine } })).watcher).toEqual({
      post: '安全员',
      personId: officer,
    })
  })

  test('改人员：没有看到别人已改的不能盖过去', async () => {
    const change = (expectedVersion: number, post: string) =>
      admin.call(putPerson, {
        params: { tenantId: mine, id: principal },
        body: { ...command({ post, active: true }), expectedVersion },
      })
    granted(await change(1, '矿长（主要负责人）'))
    expect(refused(await change(1, '副矿长'))).toMatchObject({ status: 409, code: 'stale-version' })
    const listed = granted(await admin.call(listPeople, { params: { tenantId: mine } })).items
    expect(listed.find(({ id }) => id === principal)).toMatchObject({ post: '矿长（主要负责人）', version: 2 })
  })
})

describe('各管各的', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.close())

  test('邻县的企业、单位、账号查不到也读不到', async () => {
    const { ids } = server
    const { call } = server.as('systemAdmin')
    const seen = granted(await call(listTenants, { query: { limit: 200 } })).items.map(({ name }) => name)
    expect(seen.sort()).toEqual([names.bureau, names.township, names.company, names.mine, names.sibling].sort())
    expect(granted(await call(listCompanies, { query: { search: names.otherCompany } }))).toMatchObject({ total: 0 })
    for (const read of [
      await call(readCompany, { params: { id: ids.otherCompany } }),
      await call(readOrganisation, { params: { id: ids.otherBureau } }),
      await call(readTenant, { params: { tenantId: ids.foreign } }),
      await call(readMineFacts, { params: { id: ids.foreign } }),
      await call(mineHistory, { params: { id: ids.foreign }, query: {} }),
      await call(readAccount, { params: { tenantId: ids.foreign, id: server.as('foreignPrincipal').accountId } }),
    ])
      expect(refused(read)).toMatchObject({ status: 404, code: 'not-found' })
  })

  test('矿上的人看得到本矿的变更，看不到是局里哪个岗位改的，只看到以什么身份', async () => {
    const { ids } = server
    const change = (staffOwn: number) => ({ commandId: uuidv7(), value: { ...mineValue(ids, 'mine'), staffOwn } })
    granted(await server.as('regulator').call(putMine, { params: { id: ids.mine }, body: change(40) }))
    const asMine = granted(await server.as('principal').call(mineHistory, { params: { id: ids.mine }, query: {} }))
    expect(asMine.items[0]).toMatchObject({ roleTitle: '监管员', changes: [{ before: '31 人', after: '40 人' }] })
    expect(asMine.items[0]?.post).toBeUndefined()
    const asBureau = granted(await server.as('sectionChief').call(mineHistory, { params: { id: ids.mine }, query: {} }))
    expect(asBureau.items[0]?.post).toBe('regulator岗（regulator）')
  })

  test('矿上的人不能登记单位、企业、矿山，也不能开账号', async () => {
    const { ids } = server
    const { call } = server.as('principal')
    const told = [
      await call(putMine, { params: { id: ids.mine }, body: { commandId: uuidv7(), value: mineValue(ids, 'mine') } }),
      await call(putCompany, {
        params: { id: ids.company },
        body: { commandId: uuidv7(), value: { name: '改名', creditCode, div: '140404' } },
      }),
      await call(putOrganisation, {
        params: { id: ids.bureau },
        body: { commandId: uuidv7(), value: { kind: 'districtBureau', name: '改名', div: '140404' } },
      }),
      await call(listAccounts, { query: {} }),
    ]
    for (const answer of told) expect(refused(answer)).toMatchObject({ status: 403, code: 'role-may-not' })
  })

  test('演示账号只有演示说，说的只有账号名、岗位、密码三样', async () => {
    const shown = { login: 'guzhang', title: '区局 · 三股股长', password }
    const given = { log: pino({ level: 'silent' }), setupCode: '', demoAccounts: [{ ...shown, post: '局/三股股长' }] }
    const told = async (demo: boolean): Promise<unknown> => {
      const web = await createWeb({ ...server.platform, demo }, given)
      const answer = await web.inject({ url: '/api/app' })
      await web.close()
      return answer.json().demoAccounts
    }
    expect(await told(true)).toEqual([shown])
    expect(await told(false)).toEqual([])
  })
})
