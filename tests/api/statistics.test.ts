import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { totalOfRegister } from '#contract/register.ts'
import { readStatistics, type StatisticsGroup, statisticsWorkbook } from '#contract/statistics.ts'
import { addDays, legalDay } from '#domain/calendarDate.ts'
import { timeliness } from '#domain/hazard/deadline.ts'
import { fold } from '#domain/hazard/evolve.ts'
import { foundBy } from '#domain/hazard/source.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { isOpen } from '#domain/hazard/status.ts'
import { figureNames, filterOf } from '#domain/statistics/figures.ts'
import { readWorkbook } from '#server/documents/readWorkbook.ts'
import { hazardCapability } from '#server/hazard/commands.ts'
import { readColumns, upsertText } from '#server/platform/project.ts'
import { divisions, granted, startServer, type TestServer } from '#tests/support/district.ts'
import { mineId as streamsMine } from '#tests/support/hazardStream.ts'
import { firstDay, type History, history } from '#tests/support/randomHistories.ts'

let server: TestServer
let kept: readonly { readonly mine: 'mine' | 'sibling'; readonly events: History }[] = []

/** As the sequencer of acts would leave them: the rows that the fold of each stream gives. */
const write = async (mine: 'mine' | 'sibling', events: History): Promise<History> => {
  const tenantId = server.ids[mine]
  const own: History = JSON.parse(JSON.stringify(events).replaceAll(streamsMine, tenantId))
  const streamId = uuidv7()
  const columns = await readColumns(server.owner)
  for (const { table, row } of hazardCapability.rows(own, { tenantId, streamId, version: own.length })) {
    const stored = { ...row, tenant_id: tenantId, id: streamId, div: divisions[mine] }
    await server.owner.query(upsertText(table, columns.get(table) ?? []), [JSON.stringify(stored)])
  }
  return own
}

beforeAll(async () => {
  server = await startServer()
  server.clock.stand('2024-12-31')
  const histories = fc.sample(history, { numRuns: 160, seed: 20230915 })
  const written: { mine: 'mine' | 'sibling'; events: History }[] = []
  for (const [at, events] of histories.entries()) {
    const mine = at % 3 === 0 ? 'sibling' : 'mine'
    written.push({ mine, events: await write(mine, events) })
  }
  kept = written
})
afterAll(() => server.close())

type Counted = Readonly<Record<(typeof figureNames)[number], number>>

/** The recount: every stream folded as far as it was received by that day, and asked the questions of the law. */
const recount = (day: string, wanted: (state: HazardState, mine: string) => boolean): Map<string, Counted> => {
  const blocks = new Map<string, Counted>()
  for (const { mine, events } of kept) {
    const state = fold(events.filter(({ receivedAt }) => legalDay(receivedAt) <= day))
    if (!state || state.status === 'notEstablished' || state.ending?.other !== undefined || !wanted(state, mine))
      continue
    const key = `${state.judgement?.grade ?? 'none'} ${foundBy(state.finding.source)}`
    const { found = 0, rectified = 0, open = 0, overdue = 0, listed = 0, delisted = 0 } = blocks.get(key) ?? {}
    const wasListed = (state.facts.listing?.length ?? 0) > 0
    const stands = (state.facts.listing?.length ?? 0) > (state.facts.delisting?.length ?? 0)
    blocks.set(key, {
      found: found + 1,
      rectified: rectified + Number(state.status === 'closed'),
      open: open + Number(isOpen(state.status)),
      overdue: overdue + Number(timeliness(state, day).kind === 'overdue'),
      listed: listed + Number(wasListed),
      delisted: delisted + Number(wasListed && !stands),
    })
  }
  return blocks
}

const asMap = ({ blocks }: Pick<StatisticsGroup, 'blocks'>): Map<string, Counted> =>
  new Map(blocks.map(({ judged, foundBy: by, ...figures }) => [`${judged} ${by}`, figures]))

const days = fc.sample(
  fc.nat(250).map((after) => addDays(firstDay, after - 3)),
  { numRuns: 12, seed: 3 },
)

describe('统计', () => {
  test.each(days)('截至 %s 的数，等于把那天以前的记录重放后逐条数的数', async (asOf) => {
    const regulator = server.as('regulator')
    const byMine = granted(await regulator.call(readStatistics, { query: { asOf, by: 'mine' } }))
    expect(asMap(byMine.total)).toEqual(recount(asOf, () => true))
    for (const mine of ['mine', 'sibling'] as const) {
      const group = byMine.groups.find(({ key }) => key === server.ids[mine])
      expect(asMap(group ?? { blocks: [] })).toEqual(recount(asOf, (_state, where) => where === mine))
    }
    const byMonth = granted(
      await regulator.call(readStatistics, { query: { asOf, by: 'month', from: '2023-03-15', to: '2023-05-10' } }),
    )
    for (const { key, blocks } of byMonth.groups)
      expect(asMap({ blocks })).toEqual(
        recount(asOf, ({ finding: { on } }) => on.startsWith(key) && on >= '2023-03-15' && on <= '2023-05-10'),
      )
    expect(asMap(byMonth.total)).toEqual(
      recount(asOf, ({ finding: { on } }) => on >= '2023-03-15' && on <= '2023-05-10'),
    )
  })

  test('今天的数也是逐条数的数', async () => {
    const shown = granted(await server.as('regulator').call(readStatistics, { query: { by: 'all' } }))
    expect(shown.asOf).toBe('2024-12-31')
    expect(asMap(shown.total)).toEqual(recount('2024-12-31', () => true))
  })

  test.each([undefined, '2023-04-20'])('每个数点开就是那么多条：截至 %s', async (asOf) => {
    const regulator = server.as('regulator')
    for (const by of ['mine', 'month', 'division'] as const) {
      const shown = granted(await regulator.call(readStatistics, { query: { by, ...(asOf && { asOf }) } }))
      for (const group of [...shown.groups, shown.total])
        for (const block of group.blocks)
          for (const figure of figureNames) {
            const query = filterOf(group.filter, { judged: block.judged, foundBy: block.foundBy }, figure)
            const { total } = granted(await regulator.call(totalOfRegister, { query }))
            expect({ group: group.title, figure, query, total }).toEqual({
              group: group.title,
              figure,
              query,
              total: block[figure],
            })
          }
    }
  })

  test('一座矿只看到自己的数', async () => {
    const { groups, total } = granted(await server.as('principal').call(readStatistics, { query: { by: 'mine' } }))
    expect(groups.map(({ key }) => key)).toEqual([server.ids.mine])
    expect(asMap(total)).toEqual(recount('2024-12-31', (_state, mine) => mine === 'mine'))
  })

  test('表格里是同样的数，末尾有合计和行数', async () => {
    const regulator = server.as('regulator')
    const shown = granted(await regulator.call(readStatistics, { query: { by: 'mine' } }))
    const file = await regulator.download(statisticsWorkbook, { query: { by: 'mine' } })
    if (!file.ok) throw new Error(JSON.stringify(file.problem))
    const bytes = new Uint8Array(await file.value.content.arrayBuffer())
    const text = JSON.stringify(await readWorkbook(bytes))
    expect(text).toContain('合计')
    expect(text).toContain(`共 ${shown.groups.length + 1} 行`)
  })
})
