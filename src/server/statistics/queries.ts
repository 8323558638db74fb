import { z } from 'zod'
import type { StatisticsAsked } from '#contract/statistics.ts'
import { divisionRange } from '#domain/divisionCode.ts'
import { openStatuses } from '#domain/hazard/status.ts'
import type { Figures, Grouping } from '#domain/statistics/figures.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { parameters, withinBounds } from '#server/register/conditions.ts'

const blockRow = z.object({
  key: z.string(),
  judged: z.enum(['major', 'general', 'none']),
  found_by: z.enum(['mine', 'department']),
  found: z.number(),
  rectified: z.number(),
  open: z.number(),
  overdue: z.number(),
  listed: z.number(),
  delisted: z.number(),
})

export type BlockRow = z.infer<typeof blockRow>

const keys: Readonly<Record<Grouping, string>> = {
  mine: 'p.mine_id::text',
  month: `to_char(p.found_on, 'YYYY-MM')`,
  division: 'left(p.div, 9)',
  all: `'all'`,
}

const openList = openStatuses.map((status) => `'${status}'`).join(', ')

/** The figures in SQL; what each means is said in src/domain/statistics/figures.ts, and a test holds the two together. */
const figures = (day: string): Readonly<Record<keyof Figures, string>> => ({
  found: 'true',
  rectified: `p.status = 'closed'`,
  open: `p.status in (${openList})`,
  overdue: `p.clock_runs and p.due_on < ${day}::date`,
  listed: 'p.listed',
  delisted: 'p.listed and not p.listing_stands',
})

/** One pass over the past of every hazard in scope, as of the day. */
export const statisticsBlocks = async (
  scope: ReadScope,
  { by, from, to, mineId, companyId, division }: StatisticsAsked,
  day: string,
): Promise<readonly BlockRow[]> => {
  const { values, bind } = parameters()
  const asOf = bind(day)
  const range = division && divisionRange(division)
  const where = [
    withinBounds(scope, 'p', bind),
    `not p.continued and p.status <> 'notEstablished'`,
    ...(from ? [`p.found_on >= ${bind(from)}::date`] : []),
    ...(to ? [`p.found_on <= ${bind(to)}::date`] : []),
    ...(mineId ? [`p.mine_id = ${bind(mineId)}::uuid`] : []),
    ...(companyId
      ? [`p.mine_id = any (array(select c.id from read.mine c where c.company_id = ${bind(companyId)}::uuid))`]
      : []),
    ...(range ? [`p.div >= ${bind(range.lo)} and p.div < ${bind(range.hi)}`] : []),
  ]
  const counted = Object.entries(figures(asOf)).map(
    ([name, condition]) => `count(*) filter (where ${condition})::int as ${name}`,
  )
  const { rows } = await scope.client.query(
    `select ${keys[by]} as key, coalesce(p.judged_grade, 'none') as judged, p.found_by, ${counted.join(', ')}
     from read.hazard_as_of(${asOf}::date) p where ${where.join(' and ')} group by 1, 2, 3`,
    values,
  )
  return rows.map((row) => blockRow.parse(row))
}

export type Named = { readonly key: string; readonly title: string; readonly order: string }

/** Names of the mines or townships that stand in the table, with what they are put into order by. */
export const titlesOf = async (
  { client }: ReadScope,
  by: Grouping,
  asked: readonly string[],
): Promise<ReadonlyMap<string, Named>> => {
  if (asked.length === 0 || (by !== 'mine' && by !== 'division')) return new Map()
  const { rows } =
    by === 'mine'
      ? await client.query<Named>(
          'select id::text as key, name as title, code as order from read.mine where id = any($1::uuid[])',
          [asked],
        )
      : await client.query<Named>(
          `select left(div, 9) as key, min(doc ->> 'township') as title, left(div, 9) as order
           from read.mine where left(div, 9) = any($1::text[]) group by 1, 3`,
          [asked],
        )
  return new Map(rows.map((row) => [row.key, row]))
}
