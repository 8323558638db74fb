import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReceiptShown } from '#contract/receipt.ts'
import { may } from '#domain/access/policy.ts'
import { roleNames, roleTitle } from '#domain/access/role.ts'
import { everyStatus } from '#domain/hazard/status.ts'
import { hazardActs, transitions } from '#domain/hazard/transitions.ts'
import { docx, jpegPhoto, pdfDocument } from '#server/platform/files/sampleFiles.ts'
import { granted, type HazardPlace, newHazard, refused, startServer, type TestServer } from '#tests/support/district.ts'
import { bodiesOf, hazardIn } from '#tests/support/hazards.ts'
import { type Raw, send } from '#tests/support/send.ts'
import { upload } from '#tests/support/upload.ts'

let server: TestServer
let place: HazardPlace

beforeAll(async () => {
  server = await startServer()
  server.clock.stand('2023-07-03')
  place = await hazardIn(server, 'found')
})
afterAll(() => server.close())

const sendAs = (name: Parameters<TestServer['as']>[0], method: string, path: string, raw: Raw = {}) =>
  send(server.baseUrl + path, method, { token: server.as(name).token, ...raw })

const actPath = ({ tenantId, id }: HazardPlace, act: string) => `/api/hazards/${tenantId}/${id}/acts/${act}`

/** Who may for sure, in a case where a department found a general hazard. */
const ableFor = (act: string) => {
  const rows = transitions[act]?.who.filter(({ grade, foundBy }) => grade !== 'major' && foundBy !== 'mine') ?? []
  const [role] = rows.flatMap(({ roles }) => roles)
  if (!role || role === 'setup') throw new Error(`nobody may ${act}`)
  return role
}

describe('办理规则表：每一行的拒绝', () => {
  describe.each(hazardActs)('%s', (act) => {
    test('没有这项权限的岗位：403，说明由谁办', async () => {
      const body = bodiesOf(server)[act]
      const outsiders = roleNames
        .filter((role) => role !== 'setup')
        .filter((role) => {
          const { grant, homeTenantId, accountId } = server.as(role)
          return !may({ ...grant, homeTenantId, accountId }, `hazard.${act}`).ok
        })
      expect(outsiders.length).toBeGreaterThan(0)
      for (const role of outsiders) {
        const told = refused(await server.as(role).act(place, act, body))
        expect(told).toMatchObject({ status: 403, code: 'role-may-not' })
        expect(told.detail).toContain(roleTitle(role))
        expect(told.remedy).toMatch(/由.+办理/)
      }
    })
  })

  test.each(everyStatus)('在“%s”时不能办的事：422（已登记的再登记：409），说明现在的状态和哪一条', async (status) => {
    const stands = await hazardIn(server, status)
    const bodies = bodiesOf(server)
    const before = (await server.as('regulator').sees(stands)).version
    const barred = hazardActs.filter((act) => !transitions[act]?.from.includes(status))
    expect(barred.length).toBeGreaterThan(0)
    for (const act of barred) {
      const told = refused(await server.as(ableFor(act)).act(stands, act, bodies[act]))
      const begins = transitions[act]?.from.length === 0
      expect({ act, status: told.status, code: told.code }).toEqual(
        begins ? { act, status: 409, code: 'begun-already' } : { act, status: 422, code: 'not-in-this-state' },
      )
      expect(told.remedy).toBeTruthy()
      if (!begins) expect(told.clause).toBe(transitions[act]?.clause)
    }
    expect((await server.as('regulator').sees(stands)).version).toBe(before)
  })

  test('本案不归这个岗位办的：403（乡镇不能复查企业自查的重大隐患，矿上不能给部门发现的销号）', async () => {
    const rechecked = await hazardIn(server, 'rechecked')
    expect(refused(await server.as('principal').act(rechecked, 'closeOut'))).toMatchObject({
      status: 403,
      code: 'role-may-not',
      clause: '通知 四(一)2、四(二)6',
    })
    const accepted = await hazardIn(server, 'accepted')
    expect(refused(await server.as('safetyOfficer').act(accepted, 'recheck', bodiesOf(server).recheck))).toMatchObject({
      status: 403,
      code: 'role-may-not',
    })
  })

  test('缺的一次说全：重大隐患验收前八样都没有', async () => {
    const major = newHazard(server.ids.mine)
    const bodies = bodiesOf(server)
    await server.as('enforcer').does(major, 'report', { ...bodies.report, source: 'enforcement' })
    await server.as('enforcer').does(major, 'judge', { outcome: 'major', criteria: ['OP-06'], basis: '无报告' })
    await server.as('safetyOfficer').does(major, 'progress', { percent: 10 })
    const told = refused(await server.as('principal').act(major, 'accept', { conclusion: '完成' }))
    expect(told).toMatchObject({ status: 422, code: 'incomplete', clause: transitions.accept?.clause })
    expect(told.detail).toBe(
      '还缺：先期管控、公示、报告部门、报告职工大会或职代会、治理方案（六项）、五定：责任人、五定：措施、五定：资金、五定：期限、五定：预案、治理效果评估、整改后照片',
    )
    expect(told.details?.missing).toHaveLength(12)
  })

  test('没有这条隐患、没有这个办理事项', async () => {
    expect(
      refused(await server.as('regulator').act(newHazard(server.ids.mine), 'order', bodiesOf(server).order)),
    ).toMatchObject({
      status: 404,
      code: 'not-found',
    })
    expect(
      await sendAs('regulator', 'POST', actPath(place, 'vanish'), { body: { commandId: uuidv7(), body: {} } }),
    ).toMatchObject({
      status: 400,
      problem: { code: 'invalid-input' },
    })
  })

  test.each([
    ['judge', 'enforcer', 'found', { outcome: 'major', basis: '无依据' }, 'major-without-criterion'],
    ['judge', 'enforcer', 'found', { outcome: 'major', criteria: ['UG-01'], basis: '查' }, 'criterion-not-applicable'],
    ['judge', 'enforcer', 'found', { outcome: 'major', criteria: ['XX-99'], basis: '查' }, 'criterion-not-in-force'],
    ['judge', 'enforcer', 'found', { outcome: 'general', basis: '查', on: '2023-07-02' }, 'before-finding'],
    ['judge', 'enforcer', 'found', { outcome: 'general', basis: '查', on: '2023-07-04' }, 'in-the-future'],
    ['assign', 'safetyOfficer', 'judged', {}, 'nothing-assigned'],
    ['assign', 'safetyOfficer', 'rectifying', { deadline: '2023-07-04' }, 'deadline-moves-by-extension'],
    ['correct', 'enforcer', 'found', { reason: '没写' }, 'nothing-corrected'],
    ['delisting', 'enforcer', 'rechecked', {}, 'not-listed'],
    ['departmentReceipt', 'enforcer', 'judged', { department: '区局' }, 'no-report-to-receive'],
    ['extensionDecision', 'enforcer', 'rectifying', { granted: 'yes' }, 'no-extension-request'],
    ['extensionRequest', 'safetyOfficer', 'judged', { deadline: '2023-09-01', reason: '雨' }, 'no-deadline'],
    [
      'extensionRequest',
      'safetyOfficer',
      'rectifying',
      { deadline: '2023-07-03', reason: '雨' },
      'extension-not-later',
    ],
    ['listing', 'enforcer', 'judged', undefined, 'listing-for-major'],
    ['repeatLink', 'enforcer', 'found', undefined, 'repeat-unknown'],
    ['recheck', 'enforcer', 'accepted', { result: 'pass', officers: [], findings: '好' }, 'too-few-officers'],
    ['rejudge', 'safetyOfficer', 'judged', { outcome: 'major', basis: '无依据' }, 'major-without-criterion'],
  ] as const)('%s：%s 在 %s 时 %j → %s', async (act, name, status, body, code) => {
    const stands = await hazardIn(server, status)
    const told = refused(await server.as(name).act(stands, act, body ?? bodiesOf(server)[act]))
    expect(told).toMatchObject({ status: 422, code })
    expect(told.detail).toMatch(/\p{Script=Han}/u)
    expect(told.remedy).toBeTruthy()
  })

  test('整改责任人不能复查自己的整改', async () => {
    const stands = await hazardIn(server, 'accepted')
    const officers = [server.as('crewLeader').personId]
    expect(
      refused(await server.as('enforcer').act(stands, 'recheck', { result: 'pass', officers, findings: '好' })),
    ).toMatchObject({ status: 422, code: 'recheck-by-responsible', clause: '通知 四(一)2' })
  })
})

describe('管辖之外', () => {
  test('没有登录：401', async () => {
    expect(await send(`${server.baseUrl}/api/hazards`, 'GET')).toMatchObject({
      status: 401,
      problem: { code: 'not-signed-in', remedy: expect.stringContaining('登录') },
    })
  })

  test.each(['siblingPrincipal', 'foreignPrincipal', 'foreignRegulator'] as const)(
    '%s 看不到也办不了：回答与没有这条一样',
    async (name) => {
      expect((await sendAs(name, 'GET', `/api/hazards/${place.tenantId}/${place.id}`)).problem).toMatchObject({
        status: 404,
        code: 'not-found',
      })
      const there = refused(await server.as(name).act(place, 'correct', { place: '东', reason: '改' }))
      const nowhere = refused(
        await server.as(name).act({ tenantId: uuidv7(), id: place.id }, 'correct', { place: '东', reason: '改' }),
      )
      expect(there).toMatchObject({ status: 404, code: 'not-found' })
      expect(there).toEqual(nowhere)
    },
  )

  test('区局的人不能登记邻县的矿，也不能把矿登记到邻县', async () => {
    const { ids } = server
    const value = {
      code: 'T09',
      name: '新矿',
      companyId: ids.company,
      div: '140425100',
      township: '某乡',
      mineType: 'openPit',
      mineral: '石灰岩',
      scale: '10万吨/年',
      status: 'producing',
      inScope: true,
      scopeReason: '正常生产',
      staffOwn: 1,
      staffContracted: 0,
      facts: {},
    }
    const put = (id: string, div: string) =>
      sendAs('sectionChief', 'PUT', `/api/mines/${id}`, { body: { commandId: uuidv7(), value: { ...value, div } } })
    expect(await put(uuidv7(), '140425100')).toMatchObject({ status: 403, problem: { code: 'out-of-scope' } })
    expect(await put(ids.mine, '140425100')).toMatchObject({ status: 403, problem: { code: 'out-of-scope' } })
    const foreign = await put(ids.foreign, '140404102')
    expect(foreign.status).toBeGreaterThanOrEqual(400)
    expect(foreign.status).toBeLessThan(500)
  })
})

describe('重发与冲突', () => {
  test('打开之后别人办过：409，双方内容都在', async () => {
    const stands = await hazardIn(server, 'found')
    await server.as('worker').does(stands, 'control', { scope: 'none', where: '北帮' })
    const told = refused(
      await server.as('enforcer').act(stands, 'correct', { place: '西帮', reason: '写错' }, { expectedVersion: 1 }),
    )
    expect(told).toMatchObject({ status: 409, code: 'stale-version' })
    expect(told.details).toMatchObject({
      expectedVersion: 1,
      actualVersion: 2,
      yours: { place: '西帮' },
      theirs: [{ type: 'hazard.control', version: 2, body: { where: '北帮' } }],
    })
    granted(
      await server.as('enforcer').act(stands, 'correct', { place: '西帮', reason: '写错' }, { expectedVersion: 2 }),
    )
  })

  test('同一编号、另一份内容：409；换一个人用同一编号：409', async () => {
    const stands = await hazardIn(server, 'found')
    const commandId = uuidv7()
    granted(await server.as('enforcer').act(stands, 'correct', { place: '西帮', reason: '写错' }, { commandId }))
    const other = refused(
      await server.as('enforcer').act(stands, 'correct', { place: '东帮', reason: '写错' }, { commandId }),
    )
    expect(other).toMatchObject({ status: 409, code: 'command-id-reused' })
    const another = refused(
      await server.as('regulator').act(stands, 'correct', { place: '西帮', reason: '写错' }, { commandId }),
    )
    expect(another).toMatchObject({ status: 409, code: 'command-id-reused' })
    expect((await server.as('regulator').sees(stands)).version).toBe(2)
  })

  test.each(['一个接一个', '同时'])('同一办理%s发二十次：只办成一次，回执是同一张', async (how) => {
    const stands = newHazard(server.ids.mine)
    const commandId = uuidv7()
    const body = { mineId: server.ids.mine, source: 'workerReport', description: '浮石' }
    const one = () => server.as('worker').act(stands, 'report', body, { commandId })
    const twenty = Array.from({ length: 20 })
    const receipts: ReceiptShown[] = []
    if (how === '同时') receipts.push(...(await Promise.all(twenty.map(one))).map((answer) => granted(answer)))
    else for (const _ of twenty) receipts.push(granted(await one()))
    expect(receipts.filter(({ replayed }) => !replayed)).toHaveLength(1)
    const bare = receipts.map(({ replayed: _, ...receipt }) => JSON.stringify(receipt))
    expect(new Set(bare).size).toBe(1)
    const { rows } = await server.owner.query('select count(*)::int as n from core.event where stream_id = $1', [
      stands.id,
    ])
    expect(rows[0].n).toBe(1)
  })

  test('拒绝不记住：条件满足后，同一编号照样能办', async () => {
    const stands = await hazardIn(server, 'found')
    const commandId = uuidv7()
    const assign = () => server.as('safetyOfficer').act(stands, 'assign', { funds: 0 }, { commandId })
    expect(refused(await assign()).code).toBe('not-in-this-state')
    await server.as('enforcer').does(stands, 'judge', bodiesOf(server).judge)
    expect(granted(await assign()).replayed).toBe(false)
  })

  test('编号已是别种记录的：拒绝，记录不受影响', async () => {
    const { ids } = server
    const stands = await hazardIn(server, 'found')
    const asPerson = await sendAs('safetyOfficer', 'PUT', `/api/tenants/${ids.mine}/people/${stands.id}`, {
      body: { commandId: uuidv7(), value: { post: '安全员', active: true } },
    })
    expect(asPerson).toMatchObject({ status: 409, problem: { code: 'id-in-use' } })
    const person = { tenantId: ids.mine, id: server.as('worker').personId }
    expect(refused(await server.as('worker').act(person, 'report', bodiesOf(server).report))).toMatchObject({
      status: 409,
      code: 'id-in-use',
    })
    expect((await server.as('regulator').sees(stands)).version).toBe(1)
  })
})

describe('填写的内容', () => {
  const fieldOf = ({ problem: { details } }: { problem: { details?: Record<string, unknown> | undefined } }) =>
    details?.fields

  test.each([
    ['空字符', '边坡\u0000裂缝', '第3个字是不能保存的空字符（U+0000）'],
    ['半个字', '边坡\ud842裂缝', '第3个字不完整（U+D842'],
  ])('%s：400，说出哪一项、第几个字', async (_, description, message) => {
    // As an escape in the JSON text: a lone half survives no UTF-8 encoder.
    const body = JSON.stringify({
      commandId: uuidv7(),
      body: { mineId: server.ids.mine, source: 'workerReport', description },
    })
    const sent = await sendAs('worker', 'POST', actPath(newHazard(server.ids.mine), 'report'), { body })
    expect(sent).toMatchObject({ status: 400, problem: { code: 'invalid-input' } })
    expect(fieldOf(sent)).toEqual([{ field: 'description', message: expect.stringContaining(message) }])
  })

  test('所有错的项一次说全，都是中文', async () => {
    const sent = await sendAs('worker', 'POST', actPath(newHazard(server.ids.mine), 'report'), {
      body: {
        commandId: uuidv7(),
        body: { mineId: 'x', source: 'rumour', on: '2023-02-30', photos: 'no', tooDangerous: 1 },
      },
    })
    expect(sent.status).toBe(400)
    const fields = fieldOf(sent)
    expect(fields).toMatchObject([
      { field: 'on' },
      { field: 'source' },
      { field: 'mineId' },
      { field: 'photos' },
      { field: 'tooDangerous' },
    ])
    expect(sent.problem.detail).not.toMatch(/[A-Za-z]{4,} [a-z]/)
    for (const { message } of Array.isArray(fields) ? fields : []) expect(message).toMatch(/\p{Script=Han}/u)
  })

  test('表上没有的项：400，说出哪一项', async () => {
    const report = { mineId: server.ids.mine, source: 'workerReport', description: '浮石' }
    const path = actPath(newHazard(server.ids.mine), 'report')
    const inner = await sendAs('worker', 'POST', path, {
      body: { commandId: uuidv7(), body: { ...report, status: 'closed' } },
    })
    expect(inner).toMatchObject({
      status: 400,
      problem: { code: 'invalid-input', detail: expect.stringContaining('status') },
    })
    const outer = await sendAs('worker', 'POST', path, {
      body: { commandId: uuidv7(), body: report, role: 'principal' },
    })
    expect(outer).toMatchObject({ status: 400, problem: { detail: expect.stringContaining('role') } })
    const query = await sendAs('worker', 'GET', '/api/hazards?tenant=1')
    expect(query).toMatchObject({ status: 400, problem: { detail: expect.stringContaining('tenant') } })
  })

  test.each([
    ['不是 JSON', '{"commandId":', 400],
    ['空的', '', 400],
    ['数组', '[]', 400],
    ['污染原型', '{"commandId":"x","body":{},"__proto__":{"role":"principal"}}', 400],
    ['太大', JSON.stringify({ commandId: uuidv7(), body: { description: '长'.repeat(400_000) } }), 413],
  ])('%s：%#', async (_, body, status) => {
    const sent = await sendAs('worker', 'POST', actPath(newHazard(server.ids.mine), 'report'), { body })
    expect(sent.status).toBe(status)
    expect(sent.problem.detail).toMatch(/\p{Script=Han}/u)
    expect(sent.problem.remedy).toBeTruthy()
  })

  test('不是 JSON 的正文类型：415', async () => {
    const sent = await sendAs('worker', 'POST', actPath(newHazard(server.ids.mine), 'report'), {
      headers: { 'content-type': 'application/xml' },
      body: '<x/>',
    })
    expect(sent.status).toBe(415)
  })

  const nul = '%00'
  test.each([
    ['GET', `/api/mines?search=${nul}`],
    ['GET', `/api/mines?status=${nul}`],
    ['GET', `/api/mines?mineType=${nul}`],
    ['GET', `/api/hazards?search=${nul}`],
    ['GET', `/api/criteria?on=${nul}`],
    ['GET', '/api/criteria?on=2023-02-30'],
    ['GET', `/api/mines?after=${Buffer.from('["a","b"]').toString('base64url')}`],
    [
      'GET',
      `/api/mines?after=${Buffer.from('["\\u0000","00000000-0000-7000-8000-000000000000"]').toString('base64url')}`,
    ],
    ['GET', `/api/hazards?after=${Buffer.from('["2023-13-01","x"]').toString('base64url')}`],
    ['GET', '/api/hazards?after=zzz'],
    ['GET', '/api/hazards?limit=0'],
    ['GET', '/api/hazards?limit=1e9'],
    ['GET', '/api/mines/not-an-id'],
    ['GET', '/api/mines/%ff'],
  ])('%s %s：400，不是系统出错', async (method, path) => {
    const sent = await sendAs('regulator', method, path)
    expect(sent.status).toBe(400)
    expect(sent.problem.detail).toMatch(/\p{Script=Han}/u)
  })

  test.each([
    ['POST', '/api/session', { login: 'a\u0000', password: 'x' }],
    ['POST', '/api/setup', { bureauName: '局\u0000局', div: '140404', login: 'aa', password: 'x', code: 'y' }],
    ['POST', '/api/setup', { bureauName: '某局', div: '140404', login: 'a\u0000a', password: 'x', code: 'y' }],
  ])('公开的 %s %s 遇到空字符：400', async (method, path, body) => {
    expect((await send(server.baseUrl + path, method, { body })).status).toBe(400)
  })

  test.each([
    ['人数大得装不下', { staffOwn: 3_000_000_000 }],
    ['情况里有空字符', { facts: { note: 'a\u0000' } }],
    ['情况的名字里有半个字', { facts: { 'a\ud800': true } }],
    ['坐标不是数', { grid: { eastKm: '1', northKm: 2 } }],
    ['区划代码不对', { div: '14040410' }],
  ])('登记矿山，%s：拒绝，不是系统出错', async (_, part) => {
    const { ids } = server
    const value = {
      code: 'T10',
      name: '新矿',
      companyId: ids.company,
      div: '140404102',
      township: '荫城镇',
      mineType: 'openPit',
      mineral: '石灰岩',
      scale: '10万吨/年',
      status: 'producing',
      inScope: true,
      scopeReason: '正常生产',
      staffOwn: 1,
      staffContracted: 0,
      facts: {},
      ...part,
    }
    const sent = await sendAs('sectionChief', 'PUT', `/api/mines/${uuidv7()}`, { body: { commandId: uuidv7(), value } })
    expect([400, 422]).toContain(sent.status)
  })

  test('采集时间写成没有的年份：400', async () => {
    const sent = await sendAs('worker', 'POST', actPath(newHazard(server.ids.mine), 'report'), {
      body: { commandId: uuidv7(), capturedAt: '0000-01-01T00:00:00Z', body: bodiesOf(server).report },
    })
    expect(sent.status).toBe(400)
  })
})

describe('文件', () => {
  const put = (bytes: Uint8Array, claim: { name: string; type: string }) =>
    upload(server.baseUrl, server.as('safetyOfficer'), server.ids.mine, bytes, claim)

  test('内容不是名字所说的：415，说出内容是什么', async () => {
    const { status, problem } = await put(pdfDocument(), { name: '现场.jpg', type: 'image/jpeg' })
    expect({ status, code: problem?.code, detail: problem?.detail }).toEqual({
      status: 415,
      code: 'fileNotWhatItClaims',
      detail: '文件名是 .jpg，内容却是 PDF 文件',
    })
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 1)])
    expect((await put(program, { name: '报告.docx', type: '' })).status).toBe(415)
    expect((await put(docx(), { name: '程序.exe', type: '' })).status).toBe(415)
  })

  test('照片超过 20 MB：413；空文件、没有选文件：拒绝', async () => {
    const big = Buffer.concat([await jpegPhoto(), Buffer.alloc(21 * 1024 * 1024)])
    expect(await put(big, { name: '大.jpg', type: 'image/jpeg' })).toMatchObject({
      status: 413,
      problem: { code: 'fileTooLarge', detail: expect.stringContaining('20 MB') },
    })
    expect((await put(new Uint8Array(), { name: '空.jpg', type: 'image/jpeg' })).problem?.code).toBe('fileEmpty')
    const path = `/api/tenants/${server.ids.mine}/files`
    expect(await sendAs('safetyOfficer', 'POST', path, { body: {} })).toMatchObject({ status: 400 })
    expect(
      await sendAs('safetyOfficer', 'POST', path, { headers: { 'content-type': 'multipart/form-data' }, body: 'x' }),
    ).toMatchObject({ status: 400 })
  })

  test('文件名带空字符也收得下，名字去掉它', async () => {
    const { file } = await put(await jpegPhoto(33, 33), { name: '现\u0000场.jpg', type: 'image/jpeg' })
    expect(file?.name).not.toContain('\u0000')
  })

  test('不在管辖范围的单位：404，与没有这个单位一样', async () => {
    const there = await upload(server.baseUrl, server.as('siblingPrincipal'), server.ids.mine, await jpegPhoto(), {
      name: 'a.jpg',
      type: 'image/jpeg',
    })
    expect(there).toMatchObject({ status: 404, problem: { code: 'not-found' } })
  })
})

describe('从别处来的请求', () => {
  const cookie = () => ({ cookie: `bihuan=${server.as('worker').token}` })

  test.each(['https://evil.example', 'null', 'not a url'])('带登录凭据、来自 %s 的提交：403', async (origin) => {
    const sent = await send(server.baseUrl + actPath(newHazard(server.ids.mine), 'report'), 'POST', {
      headers: { ...cookie(), origin },
      body: { commandId: uuidv7(), body: bodiesOf(server).report },
    })
    expect(sent).toMatchObject({ status: 403, problem: { code: 'foreign-origin' } })
  })

  test('浏览器说是跨站而没有来源的：403；自己的页面：办成', async () => {
    const submit = (headers: Record<string, string>) =>
      send(server.baseUrl + actPath(newHazard(server.ids.mine), 'report'), 'POST', {
        headers: { ...cookie(), ...headers },
        body: { commandId: uuidv7(), body: bodiesOf(server).report },
      })
    expect((await submit({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await submit({ origin: server.baseUrl })).status).toBe(200)
  })

  test('没有这个地址：404；没有这种方法：404', async () => {
    for (const [method, path] of [
      ['GET', '/api/nothing'],
      ['POST', '/api/nothing'],
      ['DELETE', '/api/hazards'],
      ['POST', '/nothing'],
    ] as const)
      expect(await sendAs('worker', method, path)).toMatchObject({ status: 404, problem: { code: 'not-found' } })
  })
})
