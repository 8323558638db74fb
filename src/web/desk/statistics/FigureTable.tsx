import { Link } from '@tanstack/react-router'
import type { StatisticsGroup, StatisticsShown } from '#contract/statistics.ts'
import type { FoundBy } from '#domain/hazard/source.ts'
import { type FigureName, filterOf, groupTitles, type Judged, judgedTitles } from '#domain/statistics/figures.ts'

/** Which figures stand under which grade; what is not judged yet has no deadline of its own to miss. */
const shown: readonly { readonly judged: Judged; readonly figures: readonly FigureName[] }[] = [
  { judged: 'major', figures: ['found', 'rectified', 'open', 'overdue', 'listed', 'delisted'] },
  { judged: 'general', figures: ['found', 'rectified', 'open', 'overdue'] },
  { judged: 'none', figures: ['found'] },
]

const short: Readonly<Record<FigureName, string>> = {
  found: '查出',
  rectified: '已整改',
  open: '未办结',
  overdue: '逾期',
  listed: '挂牌',
  delisted: '摘牌',
}

const sumOf = ({ blocks }: StatisticsGroup, judged: Judged, foundBy: FoundBy | undefined, figure: FigureName): number =>
  blocks
    .filter((block) => block.judged === judged && (foundBy === undefined || block.foundBy === foundBy))
    .reduce((sum, block) => sum + block[figure], 0)

const rateOf = (rectified: number, found: number): string =>
  found === 0 ? '—' : `${((rectified / found) * 100).toFixed(1)}%`

type RowProps = { group: StatisticsGroup; foundBy: FoundBy | undefined }

const Cells = ({ group, foundBy }: RowProps) =>
  shown.flatMap(({ judged, figures }) => {
    const count = (figure: FigureName): number => sumOf(group, judged, foundBy, figure)
    return [
      ...figures.map((figure) => (
        <td key={`${judged}-${figure}`} className={figure === figures[0] ? 'number first-of-block' : 'number'}>
          {count(figure) === 0 ? (
            <span className="soft">0</span>
          ) : (
            <Link
              to="/register"
              search={filterOf(group.filter, { judged, ...(foundBy && { foundBy }) }, figure)}
              aria-label={`${group.title}，${judgedTitles[judged]}，${short[figure]} ${count(figure)} 条，看这些`}
              className={figure === 'overdue' ? 'strong' : undefined}
            >
              {count(figure)}
            </Link>
          )}
        </td>
      )),
      ...(judged === 'none'
        ? []
        : [
            <td key={`${judged}-rate`} className="number">
              {rateOf(count('rectified'), count('found'))}
            </td>,
          ]),
    ]
  })

/** The figures, each a way to the rows behind it. */
export const FigureTable = ({ shown: told, foundBy }: { shown: StatisticsShown; foundBy: FoundBy | undefined }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by the keyboard too
  <section className="table-scroll" aria-label="统计表" tabIndex={0}>
    <table className="records statistics">
      <thead>
        <tr>
          <th rowSpan={2} scope="col">
            {groupTitles[told.by]}
          </th>
          {shown.map(({ judged, figures }) => (
            <th
              key={judged}
              scope="colgroup"
              colSpan={judged === 'none' ? figures.length : figures.length + 1}
              className="first-of-block"
            >
              {judgedTitles[judged]}
            </th>
          ))}
        </tr>
        <tr>
          {shown.flatMap(({ judged, figures }) => [
            ...figures.map((figure) => (
              <th
                key={`${judged}-${figure}`}
                scope="col"
                className={figure === figures[0] ? 'number first-of-block' : 'number'}
              >
                {short[figure]}
              </th>
            )),
            ...(judged === 'none'
              ? []
              : [
                  <th key={`${judged}-rate`} scope="col" className="number">
                    整改率
                  </th>,
                ]),
          ])}
        </tr>
      </thead>
      <tbody>
        {told.groups.map((group) => (
          <tr key={group.key}>
            <th scope="row">{group.title}</th>
            <Cells group={group} foundBy={foundBy} />
          </tr>
        ))}
      </tbody>
      {told.by !== 'all' && (
        <tfoot>
          <tr>
            <th scope="row">合计</th>
            <Cells group={told.total} foundBy={foundBy} />
          </tr>
        </tfoot>
      )}
    </table>
  </section>
)
