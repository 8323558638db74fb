import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postBoard, printBoard, publishBoard, readBoard, withdrawBoard } from '#contract/board.ts'
import { proofPath } from '#contract/ledger.ts'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { granted, newHazard, privateNameOf, refused, startServer, type TestServer } from '#tests/support/district.ts'
import { eventually } from '#tests/support/eventually.ts'
import { signedFor } from '#tests/support/signedFor.ts'
import { uploaded } from '#tests/support/upload.ts'
import { verifyBundle } from '#translog/bundle.ts'
import { policyOf } from '#translog/trust.ts'

let server: TestServer

const phone = '13812345678'
const tipped = '有人举报北帮有裂缝'

const majorHazard = async (): Promise<string> => {
  const { ids, as } = server
  const place = newHazard(ids.mine)
  await as('safetyOfficer').does(place, 'report', {
    mineId: ids.mine,
    source: 'safetyOfficerCheck',
    place: '采场北帮',
    description: `边坡没有稳定性分析，联系${privateNameOf('worker')} ${phone}`,
  })
  await as('principal').does(place, 'judge', { outcome: 'major', criteria: ['OP-06'], basis: '没有分析报告' })
  await as('principal').does(place, 'assign', {
    responsible: as('technicalHead').personId,
    measures: '坡脚停止作业，委托分析',
    funds: 18_600_000,
    deadline: '2023-08-31',
    contingencyPlan: '滑坡专项预案',
  })
  return place.id
}

let hazardId: string

beforeAll(async () => {
  server = await startServer({ sequence: true, work: true })
  hazardId = await majorHazard()
  const tip = newHazard(server.ids.bureau)
  await server
    .as('regulator')
    .does(tip, 'report', { mineId: server.ids.mine, source: 'publicReport', description: tipped })
})
afterAll(() => server.close())

const here = () => ({ mineId: server.ids.mine })
const board = async () => granted(await server.as('worker').call(readBoard, { params: here() }))
const print = async (digest: string, commandId = uuidv7()) =>
  server.as('safetyOfficer').call(printBoard, { params: here(), body: { commandId, digest } })

describe('公示牌', () => {
  test('矿上的人都看得到：编号、部位、内容、措施、责任岗位、期限、现状；没有电话，没有姓名，没有资金', async () => {
    const shown = await board()
    expect(shown.board.lines).toEqual([
      {
        number: 'T01-2023-001',
        place: '采场北帮',
        content: `边坡没有稳定性分析，联系隐${'*'.repeat(7)} 〔号码略〕`,
        measures: '坡脚停止作业，委托分析',
        responsible: 'technicalHead岗（technicalHead）',
        deadline: '2023-08-31',
        standing: '整改中',
        overdue: false,
      },
    ])
    const text = JSON.stringify(shown)
    for (const kept of [phone, tipped, hazardId, '18600000', privateNameOf('worker')]) expect(text).not.toContain(kept)
    expect(shown.board.hotline).toBe('12350')
  })

  test('只印看过的那一份：内容变了，摘要对不上，不印', async () => {
    expect(refused(await print('0'.repeat(64))).code).toBe('board-changed')
  })

  test('没有印过的不能记张贴', async () => {
    const posting = { commandId: uuidv7(), where: '矿门公示栏' }
    expect(refused(await server.as('principal').call(postBoard, { params: here(), body: posting })).code).toBe(
      'board-not-printed',
    )
  })

  test('印制入了存证：证明里有摘要和牌上的隐患，离线核验得过；再发一次还是那一份', async () => {
    const { digest, streamId } = await board()
    const commandId = uuidv7()
    const receipt = granted(await print(digest, commandId))
    expect(granted(await print(digest, commandId))).toMatchObject({ replayed: true, version: receipt.version })
    await signedFor(server)
    const record = { tenantId: server.ids.mine, streamId, version: receipt.version }
    const response = await fetch(server.baseUrl + proofPath(record, 'all'), {
      headers: { authorization: `Bearer ${server.as('worker').token}` },
    })
    const policy = policyOf({ log: server.platform.ledger.identity.signer.vkey, witnesses: [], quorum: 0 })
    if (!policy.ok) throw new Error(policy.fault.problem)
    const verdict = verifyBundle(await response.text(), policy.policy)
    expect(verdict.ok).toBe(true)
    expect(JSON.stringify(verdict)).toContain(digest)
    expect(JSON.stringify(verdict)).toContain('T01-2023-001')
    expect((await board()).printed).toMatchObject({ digest, version: receipt.version, on: '2023-07-03' })
  })

  test('张贴记一次，牌上每条隐患都记上公示，照片在里面', async () => {
    const { as, ids, baseUrl } = server
    const photo = await uploaded(baseUrl, as('safetyOfficer'), ids.mine, await jpegPhoto(50, 40), {
      name: '公示栏.jpg',
      type: 'image/jpeg',
    })
    const body = { commandId: uuidv7(), where: '矿门公示栏', photos: [photo] }
    granted(await as('safetyOfficer').call(postBoard, { params: here(), body }))
    granted(await as('safetyOfficer').call(postBoard, { params: here(), body }))
    const { state } = await eventually(async () => {
      const seen = await as('safetyOfficer').sees({ tenantId: ids.mine, id: hazardId })
      return seen.state.facts.posting ? seen : undefined
    })
    expect(state.facts.posting).toHaveLength(1)
    expect(state.facts.posting?.[0]).toMatchObject({ where: '矿门公示栏', photos: [photo], on: '2023-07-03' })
    expect((await board()).posted).toEqual({ on: '2023-07-03', where: '矿门公示栏' })
  })
})

describe('公示牌的网页', () => {
  const page = async (mineId: string) => {
    const response = await fetch(`${server.baseUrl}/board/${mineId}`)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const publish = (body: Record<string, string>, as: 'sectionChief' | 'regulator' | 'principal' = 'sectionChief') =>
    server.as(as).call(publishBoard, {
      params: here(),
      body: { commandId: uuidv7(), ...body } as { commandId: string; reference: string },
    })

  test('没有开的：404，和没有这座矿、不是编号一个样，什么也不说', async () => {
    const [closed, unknown, nonsense] = await Promise.all([page(server.ids.mine), page(uuidv7()), page('abc')])
    const told = ({ status, text, headers }: Awaited<ReturnType<typeof page>>) => [
      status,
      text,
      ...['content-type', 'content-length', 'cache-control', 'x-robots-tag'].map((name) => headers.get(name)),
    ]
    expect(told(closed)).toEqual([404, '404\n', 'text/plain; charset=utf-8', '4', 'no-store', 'noindex, nofollow'])
    expect(told(unknown)).toEqual(told(closed))
    expect(told(nonsense)).toEqual(told(closed))
  })

  test('没有信息公开审查文号不能上网；监管员、企业也不能', async () => {
    const problem = refused(await publish({ reference: '' }))
    expect(problem.code).toBe('invalid-input')
    expect(problem.detail).toContain('信息公开审查文号')
    for (const post of ['regulator', 'principal'] as const)
      expect(refused(await publish({ reference: '上应急公审〔2023〕12 号' }, post)).code).toBe('role-may-not')
    expect((await page(server.ids.mine)).status).toBe(404)
  })

  test('开了以后：人人可看，不被收录，只缓存一分钟；只有牌上的，没有电话姓名资金照片', async () => {
    granted(await publish({ reference: '上应急公审〔2023〕12 号' }))
    const { status, headers, text } = await page(server.ids.mine)
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('public, max-age=60, must-revalidate')
    expect(headers.get('x-robots-tag')).toBe('noindex, nofollow')
    for (const part of [
      'T01-2023-001',
      '采场北帮',
      '2023-08-31',
      '整改中',
      '12350',
      '上应急公审〔2023〕12 号',
      'noindex',
    ])
      expect(text).toContain(part)
    for (const kept of [phone, tipped, hazardId, '18600000', privateNameOf('worker'), '<img', '<script'])
      expect(text).not.toContain(kept)
    expect((await page(server.ids.sibling)).status).toBe(404)
  })

  test('写进描述的标签只是文字', async () => {
    const { as, ids } = server
    const place = newHazard(ids.mine)
    const description = '<script>alert(1)</script>"\'&'
    await as('safetyOfficer').does(place, 'report', { mineId: ids.mine, source: 'safetyOfficerCheck', description })
    await as('principal').does(place, 'judge', { outcome: 'major', criteria: ['OP-06'], basis: '没有分析报告' })
    const { text } = await page(ids.mine)
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;')
    expect(text).not.toContain('<script')
  })

  test('撤下要写原因；撤下以后又是 404', async () => {
    const withdraw = (reason: string) =>
      server.as('bureauHead').call(withdrawBoard, { params: here(), body: { commandId: uuidv7(), reason } })
    expect(refused(await withdraw('')).code).toBe('invalid-input')
    granted(await withdraw('审查意见变更'))
    expect((await page(server.ids.mine)).status).toBe(404)
    expect(refused(await withdraw('再撤一次')).code).toBe('board-not-published')
  })
})
