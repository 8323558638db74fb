import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readHome } from '#contract/home.ts'
import type { Actor } from '#domain/access/actor.ts'
import type { HazardAct } from '#domain/hazard/transitions.ts'
import { granted, type HazardPlace, newHazard, startServer, type TestServer } from '#tests/support/district.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ work: true })
})
afterAll(() => server.close())

const homeOf = async (who: 'regulator' | 'principal') => granted(await server.as(who).call(readHome, {}))

const major = { outcome: 'major', criteria: ['OP-06'], basis: '没有稳定性分析' }

describe('一件事只算一条', () => {
  const reported = async (): Promise<HazardPlace> => {
    const place = newHazard(server.ids.mine)
    const body = { mineId: server.ids.mine, source: 'principalCheck', place: '北帮', suspectedGrade: 'major' }
    await server.as('principal').does(place, 'report', body)
    await server.as('technicalHead').does(place, 'judge', major)
    return place
  }

  test('合并的一条不再算：发现数、来源、资金都只算继续办的那一条', async () => {
    const twice = await reported()
    const once = await reported()
    await server.as('principal').does(twice, 'assign', { funds: 100 })
    await server.as('principal').does(once, 'assign', { funds: 700 })
    await server.as('regulator').does(twice, 'merge', { other: once.id, reason: '同一处边坡，登记了两次' })
    const { figures } = await homeOf('regulator')
    expect(figures).toMatchObject({ major: { found: 1, open: 1 }, majorFoundBy: { mine: 1, department: 0 } })
    expect(figures.fundsPlanned).toBe(700)
  })

  test('局里判定为重大之后移交企业台账的举报，只算企业台账里的那一条', async () => {
    const place = newHazard(server.ids.bureau)
    const regulator = server.as('regulator')
    await regulator.does(place, 'report', { mineId: server.ids.mine, source: 'publicReport', place: '南帮' })
    await regulator.does(place, 'judge', major)
    expect((await homeOf('regulator')).figures.major.found).toBe(2)
    await regulator.does(place, 'handOver', { visit: '到场核实：南帮没有稳定性分析' })
    const { state } = await regulator.sees(place)
    const opened = { tenantId: server.ids.mine, id: state.ending?.other ?? '' }
    await expect
      .poll(async () => (await regulator.act(opened, 'judge', major)).ok, { timeout: 15_000, interval: 200 })
      .toBe(true)
    const { figures } = await homeOf('regulator')
    expect(figures).toMatchObject({ major: { found: 2, open: 2 }, majorFoundBy: { mine: 1, department: 1 } })
  })
})

describe('未落实', () => {
  test('按期在改的再多，也挤不掉企业没有做的事；件数说的是全部', async () => {
    const before = await homeOf('regulator')
    const { accountId, personId, homeTenantId, grant } = server.as('principal')
    const principal: Actor = { accountId, personId, homeTenantId, ...grant }
    const acts = async (place: HazardPlace, act: HazardAct, body: Record<string, unknown>) => {
      const command = { id: uuidv7(), tenantId: place.tenantId, streamId: place.id, act: `hazard.${act}`, body }
      const done = await server.platform.execute(principal, command)
      if (!done.ok) throw new Error(JSON.stringify(done.refusal))
    }
    const rectifying = async () => {
      const place = newHazard(server.ids.mine)
      await acts(place, 'report', { mineId: server.ids.mine, source: 'principalCheck', place: '采场' })
      await acts(place, 'judge', { outcome: 'general', basis: '不触及判定标准' })
      await acts(place, 'assign', {
        responsible: personId,
        measures: '清理',
        funds: 0,
        deadline: '2023-12-31',
        contingencyPlan: '现场处置',
      })
    }
    for (let round = 0; round < 31; round += 1) await Promise.all(Array.from({ length: 10 }, rectifying))
    const late = newHazard(server.ids.mine)
    await acts(late, 'report', { mineId: server.ids.mine, source: 'principalCheck', place: '还没有判定的一处' })

    const bureau = await homeOf('regulator')
    expect(bureau.notDone.map(({ hazardId, title }) => ({ hazardId, title }))).toContainEqual({
      hazardId: late.id,
      title: '判定',
    })
    expect(bureau.totals.notDone).toBe(before.totals.notDone + 1)
    expect(bureau.totals.notDone).toBe(bureau.notDone.length)

    const mine = await homeOf('principal')
    expect(mine.mine).toHaveLength(100)
    expect(mine.totals.mine).toBeGreaterThan(310)
  }, 120_000)
})
