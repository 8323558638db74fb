import type { StatisticsAsked, StatisticsGroup, StatisticsShown } from '#contract/statistics.ts'
import { lastDayOfMonth } from '#domain/calendarDate.ts'
import type { RegisterFilter } from '#domain/register/filter.ts'
import type { FigureName, Grouping } from '#domain/statistics/figures.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { type BlockRow, type Named, statisticsBlocks, titlesOf } from '#server/statistics/queries.ts'

const blockOf = ({ key: _key, found_by, ...block }: BlockRow): StatisticsGroup['blocks'][number] => ({
  ...block,
  foundBy: found_by,
})

const sumOf = (rows: readonly BlockRow[]): StatisticsGroup['blocks'] =>
  [...Map.groupBy(rows, ({ judged, found_by }) => `${judged} ${found_by}`).values()].flatMap((same) => {
    const [first] = same
    const sum = (figure: FigureName): number => same.reduce((total, row) => total + row[figure], 0)
    return first
      ? [
          blockOf({
            ...first,
            found: sum('found'),
            rectified: sum('rectified'),
            open: sum('open'),
            overdue: sum('overdue'),
            listed: sum('listed'),
            delisted: sum('delisted'),
          }),
        ]
      : []
  })

/** A month within the span that was asked for: the later start, the earlier end. */
const monthWithin = (month: string, { from, to }: StatisticsAsked): RegisterFilter => {
  const [first, last] = [`${month}-01`, lastDayOfMonth(`${month}-01`)]
  return {
    foundFrom: from !== undefined && from > first ? from : first,
    foundTo: to !== undefined && to < last ? to : last,
  }
}

const narrowed = (by: Grouping, key: string, asked: StatisticsAsked): RegisterFilter => {
  if (by === 'mine') return { mineId: key }
  if (by === 'division') return { division: key }
  return by === 'month' ? monthWithin(key, asked) : {}
}

const titleOf = (by: Grouping, key: string, named: Named | undefined): string => {
  if (by === 'month') return `${key.slice(0, 4)}年${Number(key.slice(5))}月`
  return named?.title ?? (by === 'division' ? key : '（名录以外）')
}

/** The table of figures as of a day, with what leads to the rows behind each. */
export const showStatistics = async (
  scope: ReadScope,
  asked: StatisticsAsked,
  today: string,
): Promise<StatisticsShown> => {
  const { by, asOf, from, to, mineId, companyId, division } = asked
  const day = asOf ?? today
  const rows = await statisticsBlocks(scope, asked, day)
  const byKey = Map.groupBy(rows, ({ key }) => key)
  const names = await titlesOf(scope, by, [...byKey.keys()])
  const common: RegisterFilter = {
    ...(mineId && { mineId }),
    ...(companyId && { companyId }),
    ...(division && { division }),
    ...(from && { foundFrom: from }),
    ...(to && { foundTo: to }),
    // Of today the register itself tells; only a day that is past needs the past.
    ...(asOf !== undefined && asOf !== today && { asOf }),
  }
  const orderOf = (key: string): string => names.get(key)?.order ?? key
  const groups = [...byKey].map(([key, found]) => ({
    key,
    title: titleOf(by, key, names.get(key)),
    blocks: found.map(blockOf),
    filter: { ...common, ...narrowed(by, key, asked) },
  }))
  groups.sort((a, b) => (orderOf(a.key) < orderOf(b.key) ? -1 : 1))
  return { asOf: day, by, groups, total: { key: 'all', title: '合计', blocks: sumOf(rows), filter: common } }
}
