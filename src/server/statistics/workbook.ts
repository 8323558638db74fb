import type { StatisticsGroup, StatisticsShown } from '#contract/statistics.ts'
import { foundByTitles } from '#domain/register/columns.ts'
import {
  type FigureName,
  figureNames,
  figureTitles,
  type Grouping,
  groupTitles,
  type Judged,
  judgedTitles,
} from '#domain/statistics/figures.ts'
import type { Export, ExportRow } from '#server/documents/exportTable.ts'

const foundBys = ['mine', 'department'] as const

/** Every figure of every block as a column of its own, as superiors' tables have it. */
const blocks = (Object.keys(judgedTitles) as Judged[]).flatMap((judged) =>
  foundBys.flatMap((foundBy) =>
    figureNames.map((figure) => ({ judged, foundBy, figure, key: `${judged} ${foundBy} ${figure}` })),
  ),
)

const figureIn = (
  group: StatisticsGroup,
  { judged, foundBy, figure }: { judged: Judged; foundBy: string; figure: FigureName },
) => group.blocks.find((block) => block.judged === judged && block.foundBy === foundBy)?.[figure] ?? 0

const rowOf = (group: StatisticsGroup): ExportRow => ({
  title: group.title,
  ...Object.fromEntries(blocks.map((block) => [block.key, figureIn(group, block)])),
})

async function* rowsOf({ groups, total }: StatisticsShown): AsyncGenerator<ExportRow> {
  for (const group of groups) yield rowOf(group)
  yield rowOf(total)
}

const heading = (by: Grouping): string => groupTitles[by]

export const statisticsTable = (shown: StatisticsShown): Export => ({
  sheet: '统计',
  title: `隐患统计（截至 ${shown.asOf}）`,
  columns: [
    { key: 'title', title: heading(shown.by), kind: 'text', width: 24 },
    ...blocks.map(({ key, judged, foundBy, figure }) => ({
      key,
      title: `${judgedTitles[judged]}·${foundByTitles[foundBy]}·${figureTitles[figure]}`,
      kind: 'number' as const,
      width: 12,
    })),
  ],
  rows: rowsOf(shown),
})
