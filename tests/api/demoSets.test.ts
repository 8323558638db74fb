import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listHazards } from '#contract/hazard.ts'
import { readHome } from '#contract/home.ts'
import { populateBench } from '#demo/bench.ts'
import { generalStories, generateGeneralHazards } from '#demo/generalHazards.ts'
import { type OpenDemo, openDemo } from '#tests/support/demo.ts'
import { granted } from '#tests/support/district.ts'

let demo: OpenDemo
beforeAll(async () => {
  demo = await openDemo()
})
afterAll(() => demo?.close())

const homeOf = async (post: string) => granted(await (await demo.as(post)).call(readHome, {}))

describe('补足台账', () => {
  test('补的一般隐患都合法办得下来，不动重大隐患的数，逾期仍是0，F10仍没有自查一般隐患', async () => {
    const before = (await homeOf('局/三股股长')).figures
    const count = await generateGeneralHazards(demo.platform, demo.clock, { seed: 7 })
    expect(count).toBe(generalStories(7).length)
    const { figures } = await homeOf('局/三股股长')
    expect(figures.general.found).toBe(before.general.found + count)
    expect(figures.general.overdue).toBe(0)
    expect(figures.major).toEqual(before.major)
    const closed = figures.general.closed / figures.general.found
    expect(closed).toBeGreaterThan(0.94)
    const { items } = granted(await (await demo.as('F10/矿长')).call(listHazards, { query: { limit: 200 } }))
    expect(items).toHaveLength(2)
    expect(demo.platform.clock.now().toISOString()).toBe('2023-09-15T01:00:00.000Z')
  })

  test('测速的区：要几座矿几条就有几条，各在各的矿', async () => {
    const mines = await populateBench(demo.platform, demo.clock, { mines: 3, hazardsPerMine: 12, seed: 1 })
    expect(mines).toHaveLength(3)
    const chief = await demo.as('局/三股股长')
    for (const { id, hazards } of mines) {
      const { items, total } = granted(await chief.call(listHazards, { query: { mineId: id, limit: 50 } }))
      expect(total).toBe(12)
      expect(items.map((one) => one.id).sort()).toEqual([...hazards].sort())
    }
  })
})
