import { divisionRange } from '#domain/divisionCode.ts'
import type { HazardFigure } from '#domain/hazard/figures.ts'
import { openStatuses } from '#domain/hazard/status.ts'
import type { RegisterFilter } from '#domain/register/filter.ts'
import type { Sought } from '#domain/register/words.ts'
import { figureCondition } from '#server/hazard/figures.ts'
import type { ReadScope } from '#server/platform/read.ts'

/** Values of a statement as its text is put together: `bind(value)` gives the place of the value. */
export const parameters = () => {
  const values: unknown[] = []
  return { values, bind: (value: unknown): string => `$${values.push(value)}` }
}

export type Bind = (value: unknown) => string

/** The rows that a search found, or the words to look for along the way, where they are too many to name. */
export type Found =
  | { readonly kind: 'rows'; readonly tenants: readonly string[]; readonly ids: readonly string[] }
  | { readonly kind: 'words'; readonly needles: Sought['needles'] }

export type Asked = {
  readonly filter: RegisterFilter
  readonly today: string
  readonly accountId: string
  readonly found: Found | undefined
}

/** Bounds of the scope as one condition, stated beside the policies for the planner. */
export const withinBounds = ({ bounds }: ReadScope, alias: string, bind: Bind): string =>
  bounds.tenants.length > 0
    ? `${alias}.tenant_id = any(${bind(bounds.tenants)}::uuid[])`
    : `${alias}.div >= ${bind(bounds.lo)} and ${alias}.div < ${bind(bounds.hi)}`

const withinDivision = (division: string, alias: string, bind: Bind): string => {
  const { lo, hi } = divisionRange(division)
  return `${alias}.div >= ${bind(lo)} and ${alias}.div < ${bind(hi)}`
}

const openList = openStatuses.map((status) => `'${status}'`).join(', ')

const listings = {
  standing: (at: string) => `${at}.listed and ${at}.listing_stands`,
  ever: (at: string) => `${at}.listed`,
  ended: (at: string) => `${at}.listed and not ${at}.listing_stands`,
  never: (at: string) => `not ${at}.listed`,
} as const

const yes = (value: string | undefined): boolean | undefined => (value === undefined ? undefined : value === 'true')

const unless = (wanted: boolean | undefined, condition: string): readonly string[] =>
  wanted === undefined ? [] : [wanted ? `(${condition})` : `not (${condition})`]

/** What a day decides: read from the row, or from the past where the register is asked for as of a day. */
const standingConditions = ({ filter, today }: Asked, bind: Bind): readonly string[] => {
  const past = filter.asOf !== undefined
  const at = past ? 'p' : 'h'
  const day = bind(filter.asOf ?? today)
  const open = past ? `p.status in (${openList})` : 'h.open'
  const grade = past ? 'p.judged_grade' : 'h.grade'
  return [
    ...(filter.status ? [`${at}.status = ${bind(filter.status)}`] : []),
    // A literal, so that the planner sees that the partial index holds all of them.
    ...(filter.grade ? [`${grade} = '${filter.grade}'`] : []),
    ...(filter.judged
      ? [filter.judged === 'none' ? `${at}.judged_grade is null` : `${at}.judged_grade = '${filter.judged}'`]
      : []),
    ...unless(yes(filter.open), open),
    ...unless(yes(filter.overdue), `${open} and ${at}.clock_runs and coalesce(${at}.due_on < ${day}::date, false)`),
    ...(filter.listed ? [`(${listings[filter.listed](at)})`] : []),
    ...unless(yes(filter.counted), `not ${at}.continued and ${at}.status <> 'notEstablished'`),
    ...(filter.foundFrom ? [`${at}.found_on >= ${bind(filter.foundFrom)}::date`] : []),
    ...(filter.foundTo ? [`${at}.found_on <= ${bind(filter.foundTo)}::date`] : []),
    ...(filter.dueFrom ? [`${at}.due_on >= ${bind(filter.dueFrom)}::date`] : []),
    ...(filter.dueTo ? [`${at}.due_on <= ${bind(filter.dueTo)}::date`] : []),
    `${day}::date is not null`,
  ]
}

const foundCondition = (found: Found, bind: Bind): string =>
  found.kind === 'rows'
    ? `(h.tenant_id, h.id) in (select * from unnest(${bind(found.tenants)}::uuid[], ${bind(found.ids)}::uuid[]))`
    : // A subquery that the planner leaves where it is: asked row by row along the list's own order, until the page is full.
      `(select bool_and(strpos(e.words, n) > 0) from read.hazard_entry e cross join unnest(${bind(found.needles)}::text[]) as n
        where e.tenant_id = h.tenant_id and e.id = h.id)`

/** Most figures ask for no day: said once more, the parameter has a type all the same. */
const ofFigure = (figure: HazardFigure, today: string): readonly string[] => [
  figureCondition(figure, today),
  `${today} is not null`,
]

/** Everything a register is narrowed by, as conditions on `h` (read.hazard) and, as of a day, `p` (its past). */
export const conditionsOf = (scope: ReadScope, asked: Asked, bind: Bind): readonly string[] => {
  const { filter, today, accountId, found } = asked
  return [
    // A division is left to the policy alone: stated twice, the planner multiplies the two, takes the rows for very few, and
    // fetches and sorts all of them where it should walk along the order until the page is full.
    ...(scope.bounds.tenants.length > 0 ? [withinBounds(scope, 'h', bind)] : []),
    ...(filter.division ? [withinDivision(filter.division, 'h', bind)] : []),
    ...(filter.mineId ? [`h.mine_id = ${bind(filter.mineId)}::uuid`] : []),
    ...(filter.companyId
      ? [`h.mine_id = any (array(select c.id from read.mine c where c.company_id = ${bind(filter.companyId)}::uuid))`]
      : []),
    ...standingConditions(asked, bind),
    ...(filter.source ? [`h.source = ${bind(filter.source)}`] : []),
    ...(filter.foundBy ? [`h.found_by = ${bind(filter.foundBy)}`] : []),
    ...(filter.criterion
      ? [
          `h.criteria <> '{}' and exists (select from unnest(h.criteria) as c
            where c = ${bind(filter.criterion)} or c like ${bind(`${filter.criterion}-%`)})`,
        ]
      : []),
    ...(filter.closedFrom ? [`h.closed_on >= ${bind(filter.closedFrom)}::date`] : []),
    ...(filter.closedTo ? [`h.closed_on <= ${bind(filter.closedTo)}::date`] : []),
    ...(filter.stop ? [filter.stop === 'any' ? 'h.stop is not null' : `h.stop = ${bind(filter.stop)}`] : []),
    ...unless(yes(filter.imported), 'h.legacy'),
    ...(filter.reportedByMe === 'true' ? [`h.reported_by = ${bind(accountId)}::uuid`] : []),
    ...(filter.figure ? ofFigure(filter.figure, `${bind(today)}::date`) : []),
    ...(found ? [foundCondition(found, bind)] : []),
  ]
}

/** read.hazard, with its past beside it where the register is asked for as of a day. */
export const hazardsAsked = ({ filter }: Asked, bind: Bind): string =>
  filter.asOf
    ? `read.hazard h join read.hazard_as_of(${bind(filter.asOf)}::date) p on p.tenant_id = h.tenant_id and p.id = h.id`
    : 'read.hazard h'
