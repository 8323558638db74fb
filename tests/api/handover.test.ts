import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  giveHandover,
  type HandoverShown,
  listHandovers,
  readHandover,
  readOpenItems,
  takeHandover,
  withdrawHandover,
} from '#contract/handover.ts'
import { granted, newHazard, type PostName, refused, startServer, type TestServer } from '#tests/support/district.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ work: true })
  server.clock.stand('2023-07-03')
})
afterAll(() => server.close())

const openItemsOf = async (who: PostName) => granted(await server.as(who).call(readOpenItems, { query: {} }))

const give = async (who: PostName, to: PostName, more: Record<string, unknown> = {}) => {
  const params = { tenantId: server.as(who).homeTenantId, id: uuidv7() }
  const body = { commandId: uuidv7(), to: server.as(to).personId, ...(await openItemsOf(who)), ...more }
  return { params, body, answer: await server.as(who).call(giveHandover, { params, body }) }
}

const seen = async (who: PostName, params: { tenantId: string; id: string }): Promise<HandoverShown> =>
  granted(await server.as(who).call(readHandover, { params }))

/** A general hazard that the person is to rectify. */
const responsible = async (who: PostName, place: string): Promise<string> => {
  const { as, ids } = server
  const hazard = newHazard(ids.mine)
  await as('principal').does(hazard, 'report', { mineId: ids.mine, source: 'principalCheck', place })
  await as('principal').does(hazard, 'judge', { outcome: 'general', basis: '不触及' })
  await as('principal').does(hazard, 'assign', {
    responsible: as(who).personId,
    measures: '清理',
    funds: 0,
    deadline: '2023-07-31',
    contingencyPlan: '现场处置',
  })
  return hazard.id
}

describe('岗位交接单', () => {
  test('列出名下没有办完的每一件；接收后五定责任人改为接收人，单子上写明去向', async () => {
    const { as, ids } = server
    const first = await responsible('safetyOfficer', '南帮')
    const second = await responsible('safetyOfficer', '北帮')
    await responsible('technicalHead', '别人的')
    const { params, answer } = await give('safetyOfficer', 'safetyDeputy', { note: '台账在值班室' })
    granted(answer)

    const before = await seen('safetyOfficer', params)
    const named = before.items.filter(({ kind }) => kind === 'responsible')
    expect(named.map(({ streamId }) => streamId).sort()).toEqual([first, second].sort())
    expect(before).toMatchObject({ status: 'given', onBehalf: false, can: { take: false, withdraw: true } })
    expect(before.items.every(({ fate }) => fate === 'pending')).toBe(true)

    expect(refused(await as('technicalHead').call(takeHandover, { params, body: { commandId: uuidv7() } })).code).toBe(
      'not-the-receiver',
    )
    granted(await as('safetyDeputy').call(takeHandover, { params, body: { commandId: uuidv7(), note: '收到' } }))
    await expect
      .poll(async () => (await seen('safetyDeputy', params)).items.filter(({ fate }) => fate === 'moved').length, {
        timeout: 15_000,
        interval: 200,
      })
      .toBe(2)
    for (const id of [first, second]) {
      const { state, timeline } = await as('regulator').sees({ tenantId: ids.mine, id })
      expect(state.five.responsible).toEqual({ value: as('safetyDeputy').personId, on: '2023-07-03' })
      expect(timeline.at(-1)).toMatchObject({ act: 'assign', byPost: expect.stringContaining('safetyDeputy') })
    }
    const shown = await seen('safetyDeputy', params)
    expect(shown).toMatchObject({ status: 'taken', ended: { on: '2023-07-03', words: '收到' } })
    expect((await openItemsOf('safetyOfficer')).items.filter(({ kind }) => kind === 'responsible')).toEqual([])
    expect((await openItemsOf('safetyDeputy')).items.filter(({ kind }) => kind === 'responsible')).toHaveLength(2)
  })

  test('看过之后有了变化的，退回再看；没看全的不能签', async () => {
    await responsible('productionDeputy', '东帮')
    const { params, answer } = await give('productionDeputy', 'technicalHead', { items: [], more: 0 })
    expect(refused(answer).code).toBe('open-items-changed')
    expect(refused(await server.as('productionDeputy').call(readHandover, { params })).code).toBe('not-found')
  })

  test('同一份发两次只开一份，哪怕其间清单变了', async () => {
    const { params, body, answer } = await give('technicalHead', 'safetyOfficer')
    const receipt = granted(answer)
    await responsible('technicalHead', '后来的')
    expect(granted(await server.as('technicalHead').call(giveHandover, { params, body }))).toMatchObject({
      events: receipt.events,
    })
    const other = refused(
      await server.as('technicalHead').call(giveHandover, { params, body: { ...body, commandId: uuidv7() } }),
    )
    expect(other.code).toBe('handover-given')
  })

  test('监管员：督办的隐患和岗位待办都在单子上，督办责任人要另定', async () => {
    const { as, ids } = server
    const hazard = newHazard(ids.mine)
    await as('principal').does(hazard, 'report', { mineId: ids.mine, source: 'principalCheck', place: '排土场' })
    await as('principal').does(hazard, 'judge', { outcome: 'major', criteria: ['OP-06'], basis: '没有稳定性分析' })
    await as('sectionChief').does(hazard, 'listing', {
      document: '督〔2023〕1号',
      level: 'district',
      tracker: as('regulator').personId,
      deadline: '2023-09-30',
    })
    const tip = newHazard(ids.bureau)
    await as('regulator').does(tip, 'report', { mineId: ids.mine, source: 'publicReport', place: '西帮' })
    const { params, answer } = await give('regulator', 'enforcer')
    granted(answer)
    granted(await as('enforcer').call(takeHandover, { params, body: { commandId: uuidv7() } }))
    const { items } = await seen('enforcer', params)
    expect(items.filter(({ kind }) => kind === 'tracker')).toMatchObject([{ streamId: hazard.id, fate: 'toDo' }])
    expect(items.some(({ kind, fate }) => kind === 'waiting' && fate === 'withPost')).toBe(true)
    expect(items.filter(({ kind }) => kind === 'responsible')).toEqual([])
  })

  test('接收前可以作废，作废的不能接收', async () => {
    const { params, answer } = await give('crewLeader', 'watcher')
    granted(answer)
    const body = { commandId: uuidv7(), reason: '接收人换了' }
    granted(await server.as('crewLeader').call(withdrawHandover, { params, body }))
    const late = await server.as('watcher').call(takeHandover, { params, body: { commandId: uuidv7() } })
    expect(refused(late).code).toBe('handover-ended')
  })

  test('交接单是本单位的事：别的矿、管着它的局都看不到', async () => {
    const mine = granted(await server.as('principal').call(listHandovers, { query: {} }))
    expect(mine.items.length).toBeGreaterThan(2)
    const [one] = mine.items
    if (!one) throw new Error('no hand-over')
    const params = { tenantId: one.tenantId, id: one.id }
    for (const who of ['siblingPrincipal', 'foreignRegulator', 'regulator'] as const) {
      expect(refused(await server.as(who).call(readHandover, { params })).code, who).toBe('not-found')
      const list = granted(await server.as(who).call(listHandovers, { query: {} }))
      expect(list.items.filter(({ tenantId }) => tenantId === server.ids.mine)).toEqual([])
    }
  })
})
