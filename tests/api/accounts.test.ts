import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient } from '#contract/client.ts'
import { readHazard } from '#contract/hazard.ts'
import { listMines, listPeople, putAccount, putPerson, revealPerson, setCredentials } from '#contract/org.ts'
import { appInfo, currentSession, firstSetup, signIn, signOut, switchGrant } from '#contract/session.ts'
import type { Grant } from '#domain/access/actor.ts'
import { account } from '#domain/org/account.ts'
import {
  granted,
  newHazard,
  type PostName,
  privateNameOf,
  refused,
  startServer,
  type TestServer,
} from '#tests/support/district.ts'
import { send } from '#tests/support/send.ts'

const password = '北帮的裂缝要天天看'

const given = (grants: readonly Grant[]) => account.shape.grants.parse(grants)

describe('登录', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.close())

  /** Gives somebody a login by the administrator's hand, as it is done in a bureau. */
  const withLogin = async (name: PostName, grants?: readonly Grant[]): Promise<string> => {
    const { accountId, homeTenantId, personId, grant } = server.as(name)
    const admin = server.as('systemAdmin')
    const login = `${name}-${uuidv7().slice(-6)}`
    if (grants)
      granted(
        await admin.call(putAccount, {
          params: { tenantId: homeTenantId, id: accountId },
          body: { commandId: uuidv7(), value: { personId, disabled: false, grants: given(grants) } },
        }),
      )
    expect(grant.role).toBeTruthy()
    granted(
      await admin.call(setCredentials, {
        params: { tenantId: homeTenantId, id: accountId },
        body: { login, password },
      }),
    )
    return login
  }

  const enter = (login: string, typed = password, grant?: number) =>
    server.stranger.call(signIn, { body: { login, password: typed, ...(grant !== undefined && { grant }) } })

  const holding = (token: string) => createClient({ baseUrl: server.baseUrl, token: () => token })

  test('谁给哪个账号设了密码，记录在案；记录里没有账号名、密码和散列', async () => {
    const login = await withLogin('technicalHead')
    const { accountId, homeTenantId } = server.as('technicalHead')
    const { rows } = await server.owner.query(
      `select account_id, role, type, body from core.event where tenant_id = $1 and body ->> 'accountId' = $2`,
      [homeTenantId, accountId],
    )
    expect(rows).toEqual([
      {
        account_id: server.as('systemAdmin').accountId,
        role: 'systemAdmin',
        type: 'account.credentialsSet',
        body: { accountId },
      },
    ])
    const { rows: kept } = await server.owner.query(
      `select (select string_agg(e::text, '') from core.event e) || (select string_agg(c::text, '') from core.command c) as all`,
    )
    expect(kept[0].all).not.toContain(login)
    expect(kept[0].all).not.toContain('$argon2')
  })

  test('登录后说得出是谁、什么岗位、管哪里；退出后这次登录就作废', async () => {
    const login = await withLogin('safetyOfficer')
    const { session, token } = granted(await enter(login))
    expect(session).toMatchObject({
      login,
      homeName: '测试一号石灰岩矿',
      grant: { role: 'safetyOfficer', roleTitle: '安全员', scopeTitle: '测试一号石灰岩矿' },
    })
    const { call } = holding(token)
    granted(await call(currentSession, {}))
    granted(await call(signOut, {}))
    expect(refused(await call(currentSession, {}))).toMatchObject({ status: 401, code: 'not-signed-in' })
  })

  test('库里只有令牌的散列；cookie 页面脚本读不到、别的网站带不出', async () => {
    const login = await withLogin('worker')
    const response = await fetch(`${server.baseUrl}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    })
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^bihuan=[\w-]{43}; Max-Age=57600; Path=\/; HttpOnly; SameSite=Strict$/)
    const token = cookie.slice('bihuan='.length, cookie.indexOf(';'))
    const { rows } = await server.owner.query(`select s::text as row from machinery.session s`)
    const written = [token, Buffer.from(token).toString('hex')]
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ row }) => written.some((one) => String(row).includes(one)))).toEqual([])
    expect(
      (await send(`${server.baseUrl}/api/session`, 'GET', { headers: { cookie: `bihuan=${token}` } })).status,
    ).toBe(200)
  })

  test('连错五次停十五分钟，密码对了也不行；时间到了又能登录', async () => {
    const login = await withLogin('crewLeader')
    for (let time = 1; time <= 5; time += 1)
      expect(refused(await enter(login, '不对的密码'))).toMatchObject({ status: 401, code: 'wrong-password' })
    expect(refused(await enter(login))).toMatchObject({
      status: 429,
      code: 'locked-out',
      detail: expect.stringContaining('15 分钟'),
    })
    await server.owner.query(
      `update machinery.sign_in_attempt set locked_until = locked_until - interval '16 minutes' where login = $1`,
      [login],
    )
    granted(await enter(login))
    expect(refused(await enter(login, '不对的密码')).code).toBe('wrong-password')
    granted(await enter(login))
  })

  test('四次错、一次对，从头数起', async () => {
    const login = await withLogin('watcher')
    for (const round of [1, 2]) {
      for (let time = 1; time <= 4; time += 1)
        expect(refused(await enter(login, `不对${round}`)).code).toBe('wrong-password')
      granted(await enter(login))
    }
  })

  test('同时猜十二个密码，也只数到五个就停；停了以后猜错的不会把它解开', async () => {
    const login = await withLogin('expert')
    await Promise.all(Array.from({ length: 12 }, (_, index) => enter(login, `同时猜的第${index}个`)))
    expect(refused(await enter(login))).toMatchObject({ code: 'locked-out' })
  })

  test('没有的账号、错的密码、停用的账号，回答一字不差，时间相近', async () => {
    const login = await withLogin('technicalHead')
    const { accountId, homeTenantId, grant } = server.as('technicalHead')
    const timed = async (who: string, what: string) => {
      const start = performance.now()
      const told = refused(await enter(who, what))
      return { told, took: performance.now() - start }
    }
    const wrong = await timed(login, '不对的密码')
    const unknown = await timed('没有这个人', '不对的密码')
    granted(
      await server.as('systemAdmin').call(putAccount, {
        params: { tenantId: homeTenantId, id: accountId },
        body: { commandId: uuidv7(), value: { disabled: true, grants: given([grant]) } },
      }),
    )
    const disabled = await timed(login, password)
    expect(unknown.told).toEqual(wrong.told)
    expect(disabled.told).toEqual(wrong.told)
    // argon2 is what takes the time; an answer without it comes in a tenth.
    const times = await Promise.all(
      [login, '没有这个人', '也没有这个人'].map(async (who) => (await timed(who, '不对的密码')).took),
    )
    expect(Math.min(...times) * 5).toBeGreaterThan(Math.max(...times))
  })

  test('停用账号：正在用的登录立刻失效', async () => {
    const login = await withLogin('productionDeputy')
    const { accountId, homeTenantId, grant } = server.as('productionDeputy')
    const { call } = holding(granted(await enter(login)).token)
    granted(await call(listMines, {}))
    granted(
      await server.as('systemAdmin').call(putAccount, {
        params: { tenantId: homeTenantId, id: accountId },
        body: { commandId: uuidv7(), value: { disabled: true, grants: given([grant]) } },
      }),
    )
    expect(refused(await call(listMines, {})).status).toBe(401)
  })

  test('改了密码：原来的登录失效，旧密码不能再用', async () => {
    const login = await withLogin('safetyDeputy')
    const { accountId, homeTenantId } = server.as('safetyDeputy')
    const { call } = holding(granted(await enter(login)).token)
    granted(
      await server.as('systemAdmin').call(setCredentials, {
        params: { tenantId: homeTenantId, id: accountId },
        body: { login, password: '另外一句记得住的话' },
      }),
    )
    expect(refused(await call(currentSession, {})).status).toBe(401)
    expect(refused(await enter(login)).code).toBe('wrong-password')
    granted(await enter(login, '另外一句记得住的话'))
  })

  test('几个岗位之间切换，权限和管辖随之改变；收回正在用的岗位，登录立刻失效', async () => {
    const { ids } = server
    const inMine = { kind: 'tenants' as const, ids: [ids.mine] }
    const inSibling = { kind: 'tenants' as const, ids: [ids.sibling] }
    const two: Grant[] = [
      { role: 'safetyOfficer', scope: inMine },
      { role: 'worker', scope: inSibling },
    ]
    const login = await withLogin('legalRepresentative', two)
    const { token, session } = granted(await enter(login))
    expect(session.grants.map(({ scopeTitle }) => scopeTitle)).toEqual(['测试一号石灰岩矿', '测试二号石灰岩矿'])
    const { call } = holding(token)
    const seen = async () => granted(await call(listMines, {})).items.map(({ id }) => id)
    expect(await seen()).toEqual([ids.mine])
    expect(granted(await call(switchGrant, { body: { grant: 1 } })).grant).toMatchObject({ role: 'worker' })
    expect(await seen()).toEqual([ids.sibling])
    expect(refused(await call(switchGrant, { body: { grant: 2 } }))).toMatchObject({
      status: 422,
      code: 'no-such-grant',
    })
    expect(refused(await enter(login, password, 7)).code).toBe('no-such-grant')
    const direct = granted(await enter(login, password, 1))
    expect(direct.session.grant.role).toBe('worker')
    const { accountId, homeTenantId } = server.as('legalRepresentative')
    granted(
      await server.as('systemAdmin').call(putAccount, {
        params: { tenantId: homeTenantId, id: accountId },
        body: { commandId: uuidv7(), value: { disabled: false, grants: given(two.slice(0, 1)) } },
      }),
    )
    expect(refused(await call(listMines, {})).status).toBe(401)
  })

  test.each([
    ['太短', '1234567'],
    ['常见', 'Password1'],
    ['全是同一个字', '矿矿矿矿矿矿矿矿'],
    ['含账号名', 'x-weak-login-x'],
  ])('密码%s：不收', async (_, weak) => {
    const { accountId, homeTenantId } = server.as('auditor')
    const told = refused(
      await server.as('systemAdmin').call(setCredentials, {
        params: { tenantId: homeTenantId, id: accountId },
        body: { login: 'weak-login', password: weak },
      }),
    )
    expect(told).toMatchObject({ status: 422, code: 'weak-password', remedy: expect.any(String) })
  })

  test('账号名全系统只有一个：被占的不收，放开的可以再用', async () => {
    const login = await withLogin('auditor')
    const params = { tenantId: server.ids.bureau, id: server.as('legalReviewer').accountId }
    const take = (name: string) =>
      server.as('systemAdmin').call(setCredentials, { params, body: { login: name, password } })
    expect(refused(await take(login))).toMatchObject({ status: 409, code: 'already-taken' })
    await withLogin('auditor')
    granted(await take(login))
  })

  describe('谁也不能给出自己没有的', () => {
    const give = (grants: readonly Grant[], name: 'systemAdmin' | 'foreignAdmin' = 'systemAdmin') =>
      server.as(name).call(putAccount, {
        params: { tenantId: server.as(name).homeTenantId, id: uuidv7() },
        body: { commandId: uuidv7(), value: { disabled: false, grants: given(grants) } },
      })

    test('区里的管理员授不出市里、邻县、邻县的矿', async () => {
      for (const scope of [
        { kind: 'division' as const, code: '1404' },
        { kind: 'division' as const, code: '14' },
        { kind: 'division' as const, code: '140425' },
        { kind: 'tenants' as const, ids: [server.ids.foreign] },
        { kind: 'tenants' as const, ids: [server.ids.mine, server.ids.foreign] },
        { kind: 'tenants' as const, ids: [uuidv7()] },
      ])
        expect(refused(await give([{ role: 'regulator', scope }])), JSON.stringify(scope)).toMatchObject({
          status: 403,
          code: 'out-of-scope',
        })
      granted(await give([{ role: 'regulator', scope: { kind: 'division', code: '140404102' } }]))
      granted(await give([{ role: 'worker', scope: { kind: 'tenants', ids: [server.ids.mine] } }]))
    })

    test('安装程序这个角色授不出，不成样子的区划也授不出', async () => {
      const admin = server.as('systemAdmin')
      const put = (grants: unknown) =>
        send(`${server.baseUrl}/api/tenants/${server.ids.bureau}/accounts/${uuidv7()}`, 'PUT', {
          token: admin.token,
          body: { commandId: uuidv7(), value: { disabled: false, grants } },
        })
      const scope = { kind: 'division', code: '140404' }
      expect((await put([{ role: 'setup', scope }])).status).toBe(400)
      expect((await put([{ role: 'worker', scope: { ...scope, code: '14040' } }])).status).toBe(400)
      expect((await put([])).status).toBe(400)
    })

    test('管得比自己宽的账号，密码也改不了：否则就能拿它登录', async () => {
      const accountId = uuidv7()
      const wide = { role: 'cityOfficer', scope: { kind: 'division', code: '1404' } }
      const { setupActor } = await import('#server/accounts/setUp.ts')
      const opened = await server.platform.execute(setupActor('1404'), {
        id: uuidv7(),
        tenantId: server.ids.bureau,
        streamId: accountId,
        act: 'account.put',
        body: { disabled: false, grants: [wide] },
      })
      expect(opened.ok).toBe(true)
      const told = refused(
        await server.as('systemAdmin').call(setCredentials, {
          params: { tenantId: server.ids.bureau, id: accountId },
          body: { login: 'wide-login', password },
        }),
      )
      expect(told).toMatchObject({ status: 403, code: 'out-of-scope' })
    })
  })
})

describe('私人资料', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.close())

  test('姓名手机不进事件、不进读表、不进待发箱和回执；名单上只有遮住的', async () => {
    const { ids } = server
    const personId = uuidv7()
    const receipt = granted(
      await server.as('safetyOfficer').call(putPerson, {
        params: { tenantId: ids.mine, id: personId },
        body: {
          commandId: uuidv7(),
          value: { post: '潜孔钻工', active: true },
          private: { name: '欧阳试验', phone: '13912345678' },
        },
      }),
    )
    expect(receipt.version).toBe(1)
    const { items } = granted(await server.as('worker').call(listPeople, { params: { tenantId: ids.mine } }))
    expect(items.find(({ id }) => id === personId)).toEqual({
      id: personId,
      tenantId: ids.mine,
      version: 1,
      post: '潜孔钻工',
      active: true,
      name: '欧***',
      phone: '139****5678',
    })
    const { rows } = await server.owner.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`,
    )
    const holding: string[] = []
    for (const { name } of rows) {
      const found = await server.owner.query(
        `select 1 from ${name} t where t::text like any (array['%欧阳试验%', '%13912345678%', $1]) limit 1`,
        [`%${Buffer.from('欧阳试验').toString('hex')}%`],
      )
      if (found.rows.length > 0) holding.push(name)
    }
    expect(holding).toEqual(['private.person'])
  })

  test('只改姓名，手机不变；只改手机，姓名不变；只改岗位，两样都不变', async () => {
    const { ids } = server
    const personId = uuidv7()
    const put = async (post: string, kept?: { name?: string; phone?: string }): Promise<unknown> => {
      const params = { tenantId: ids.mine, id: personId }
      const body = { commandId: uuidv7(), value: { post, active: true }, ...(kept && { private: kept }) }
      granted(await server.as('safetyOfficer').call(putPerson, { params, body }))
      const { rows } = await server.owner.query('select name, phone from private.person where person_id = $1', [
        personId,
      ])
      return rows[0]
    }
    await put('潜孔钻工', { name: '甲某', phone: '13912340001' })
    expect(await put('潜孔钻工', { name: '乙某' })).toEqual({ name: '乙某', phone: '13912340001' })
    expect(await put('潜孔钻工', { phone: '13912340002' })).toEqual({ name: '乙某', phone: '13912340002' })
    expect(await put('安全员')).toEqual({ name: '乙某', phone: '13912340002' })
  })

  test('谁的名字都不在隐患页面上，只有岗位', async () => {
    const { ids } = server
    const place = newHazard(ids.mine)
    await server.as('worker').does(place, 'report', { mineId: ids.mine, source: 'workerReport', description: '浮石' })
    const shown = granted(await server.as('regulator').call(readHazard, { params: place }))
    expect(JSON.stringify(shown)).not.toContain('隐名')
    expect(shown.timeline[0]?.byPost).toBe('worker岗（worker）')
  })

  test('要看姓名手机：写理由，看一次记一次；没有这项权限的看不到', async () => {
    const { ids } = server
    const params = { tenantId: ids.mine, id: server.as('worker').personId }
    const reveal = (name: PostName, reason = '电话核实整改') =>
      server.as(name).call(revealPerson, { params, body: { commandId: uuidv7(), reason } })
    const seen = granted(await reveal('regulator'))
    expect(seen).toMatchObject({ name: privateNameOf('worker'), receipt: { version: 2 } })
    expect(granted(await reveal('safetyOfficer')).receipt.version).toBe(3)
    expect(refused(await reveal('worker')).status).toBe(403)
    expect(refused(await reveal('foreignRegulator'))).toMatchObject({ status: 404 })
    expect(refused(await reveal('regulator', '看')).status).toBe(400)
    const { rows } = await server.owner.query(
      'select type, body, role, account_id from core.event where stream_id = $1 order by version',
      [params.id],
    )
    expect(rows.slice(1)).toEqual([
      {
        type: 'person.reveal',
        body: { reason: '电话核实整改' },
        role: 'regulator',
        account_id: server.as('regulator').accountId,
      },
      {
        type: 'person.reveal',
        body: { reason: '电话核实整改' },
        role: 'safetyOfficer',
        account_id: server.as('safetyOfficer').accountId,
      },
    ])
    const people = granted(await server.as('regulator').call(listPeople, { params: { tenantId: ids.mine } }))
    expect(people.items.find(({ id }) => id === params.id)).toMatchObject({
      post: 'worker岗（worker）',
      name: '隐*******',
    })
  })
})

describe('首次设置', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer({ empty: true, setupCode: '窗口里的设置码' })
  })
  afterAll(() => server.close())

  const form = { bureauName: '某区应急管理局', div: '140404', login: 'bureau-admin', password, code: '窗口里的设置码' }
  const set = (part: Partial<typeof form> = {}) => server.stranger.call(firstSetup, { body: { ...form, ...part } })
  const needsSetup = async () => granted(await server.stranger.call(appInfo, {})).needsSetup

  test('设置码不对、密码太弱、区划不对：不办，也不留下半截', async () => {
    expect(await needsSetup()).toBe(true)
    expect(refused(await set({ code: '猜的' }))).toMatchObject({ status: 403, code: 'wrong-setup-code' })
    expect(refused(await set({ password: '12345678' })).code).toBe('weak-password')
    expect(refused(await set({ div: '990404' })).code).toBe('division-code')
    const { rows } = await server.owner.query('select count(*)::int as n from core.event')
    expect(rows[0].n).toBe(0)
    expect(await needsSetup()).toBe(true)
  })

  test('两个人同时设置：只有一个当上第一个管理员，之后谁也不能再设', async () => {
    const answers = await Promise.all([
      set(),
      set({ login: 'other-admin', bureauName: '另一个局' }),
      set({ login: 'third-admin' }),
    ])
    const done = answers.filter(({ ok }) => ok)
    expect(done).toHaveLength(1)
    expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.problem.code]))).toEqual([
      'set-up-already',
      'set-up-already',
    ])
    expect(await needsSetup()).toBe(false)
    expect(refused(await set())).toMatchObject({ status: 409, code: 'set-up-already' })
    const [first] = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
    expect(first?.session.grants.map(({ role }) => role)).toEqual(['systemAdmin', 'sectionChief'])
    const { rows } = await server.owner.query('select count(*)::int as n from read.tenant')
    expect(rows[0].n).toBe(1)
  })
})
