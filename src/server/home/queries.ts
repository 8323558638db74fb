import { z } from 'zod'
import type { HomeFigures, HomeMatter } from '#contract/home.ts'
import { daysBetween } from '#domain/calendarDate.ts'
import { notDone } from '#domain/hazard/matters.ts'
import { justFoundSince, movingSlope, rising } from '#domain/hazard/rising.ts'
import type { ReadScope } from '#server/platform/read.ts'

const inScope = (alias: string): string =>
  `((${alias}.div >= $1 and ${alias}.div < $2) or ${alias}.tenant_id = any($3::uuid[]))`

const scopeParameters = ({ bounds }: ReadScope) => [bounds.lo, bounds.hi, bounds.tenants]

const hazardFigures = z.object({
  major_found: z.number(),
  major_closed: z.number(),
  major_open: z.number(),
  major_overdue: z.number(),
  major_extended: z.number(),
  general_found: z.number(),
  general_closed: z.number(),
  general_open: z.number(),
  general_overdue: z.number(),
  general_repeated: z.number(),
  by_mine: z.number(),
  by_department: z.number(),
  listed: z.number(),
  delisted: z.number(),
  dual_reported: z.number(),
  funds_planned: z.number(),
  funds_spent: z.number(),
  stopped_whole: z.number(),
  stopped_partial: z.number(),
  not_established: z.number(),
  verifying: z.number(),
})

const mineFigures = z.object({
  mines: z.number(),
  companies: z.number(),
  in_scope: z.number(),
  watched: z.number(),
  staff: z.number(),
})

/** The figures of the home page: one pass over the hazards in scope, one over the mines. What goes on as another record counts there. */
export const homeFigures = async (scope: ReadScope, today: string): Promise<HomeFigures> => {
  const hazards = await scope.client.query(
    `with stops as (
       select bool_or(h.stop = 'whole') as whole from read.hazard h
       where ${inScope('h')} and h.stop is not null and not h.continued group by h.mine_id)
     select
       count(*) filter (where judged_grade = 'major')::int as major_found,
       count(*) filter (where judged_grade = 'major' and status = 'closed')::int as major_closed,
       count(*) filter (where judged_grade = 'major' and open)::int as major_open,
       count(*) filter (where judged_grade = 'major' and clock_runs and due_on < $4)::int as major_overdue,
       count(*) filter (where judged_grade = 'major' and open and extended)::int as major_extended,
       count(*) filter (where judged_grade = 'general')::int as general_found,
       count(*) filter (where judged_grade = 'general' and status = 'closed')::int as general_closed,
       count(*) filter (where judged_grade = 'general' and open)::int as general_open,
       count(*) filter (where judged_grade = 'general' and clock_runs and due_on < $4)::int as general_overdue,
       count(*) filter (where judged_grade = 'general' and repeated)::int as general_repeated,
       count(*) filter (where judged_grade = 'major' and found_by = 'mine')::int as by_mine,
       count(*) filter (where judged_grade = 'major' and found_by = 'department')::int as by_department,
       count(*) filter (where listed)::int as listed,
       count(*) filter (where listed and not listing_stands)::int as delisted,
       count(*) filter (where judged_grade = 'major' and dual_reported)::int as dual_reported,
       coalesce(sum(funds_planned) filter (where judged_grade = 'major'), 0)::float8 as funds_planned,
       coalesce(sum(funds_spent) filter (where judged_grade = 'major'), 0)::float8 as funds_spent,
       (select count(*) filter (where whole)::int from stops) as stopped_whole,
       (select count(*) filter (where not whole)::int from stops) as stopped_partial,
       count(*) filter (where status = 'notEstablished')::int as not_established,
       count(*) filter (where status = 'found' and found_by = 'department')::int as verifying
     from read.hazard h where ${inScope('h')} and not continued`,
    [...scopeParameters(scope), today],
  )
  const mines = await scope.client.query(
    `select count(*)::int as mines, count(distinct company_id)::int as companies,
       count(*) filter (where in_scope)::int as in_scope,
       count(*) filter (where status in ('longSuspended', 'constructionHalted'))::int as watched,
       coalesce(sum(staff_own + staff_contracted), 0)::int as staff
     from read.mine m where ${inScope('m')}`,
    scopeParameters(scope),
  )
  const h = hazardFigures.parse(hazards.rows[0])
  const m = mineFigures.parse(mines.rows[0])
  return {
    mines: m.mines,
    companies: m.companies,
    inScope: m.in_scope,
    watched: m.watched,
    staff: m.staff,
    openMajor: h.major_open,
    overdue: h.major_overdue,
    major: { found: h.major_found, closed: h.major_closed, open: h.major_open, extended: h.major_extended },
    general: {
      found: h.general_found,
      closed: h.general_closed,
      open: h.general_open,
      overdue: h.general_overdue,
      repeated: h.general_repeated,
    },
    majorFoundBy: { mine: h.by_mine, department: h.by_department },
    listed: h.listed,
    delisted: h.delisted,
    dualReported: h.dual_reported,
    fundsPlanned: h.funds_planned,
    fundsSpent: h.funds_spent,
    stopped: { whole: h.stopped_whole, partial: h.stopped_partial },
    notEstablished: h.not_established,
    verifying: h.verifying,
  }
}

const matterRow = z.object({
  tenant_id: z.string(),
  id: z.string(),
  number: z.string(),
  mine_id: z.string(),
  mine_name: z.string().nullable(),
  place: z.string().nullable(),
  grade: z.enum(['major', 'general']).nullable(),
  total: z.number(),
  matter: z.object({
    title: z.string(),
    act: z.string(),
    clause: z.string(),
    since: z.string(),
    dueOn: z.string().optional(),
  }),
})

/** As many as a page shows, worst first, and how many there are. */
export type Matters = { readonly shown: HomeMatter[]; readonly total: number }

/** More than a person can work through in a day; the register holds the rest. */
const mostMatters = 300

type Wanted = { readonly today: string; readonly where: string; readonly values: readonly unknown[] }

/** Worst first: past due, then soonest due, then longest waiting. */
const mattersOf = async (scope: ReadScope, { today, where, values }: Wanted): Promise<Matters> => {
  const { rows } = await scope.client.query(
    `select h.tenant_id, h.id, h.number, h.mine_id, n.name as mine_name, h.place, h.grade, m.matter,
       (count(*) over ())::int as total
     from read.hazard h
     cross join lateral jsonb_array_elements(h.matters) as m(matter)
     left join read.mine n on n.tenant_id = h.mine_id and n.id = h.mine_id
     where ${inScope('h')} and h.waits and ${where}
     order by m.matter ->> 'dueOn' nulls last, m.matter ->> 'since', h.id limit ${mostMatters}`,
    [...scopeParameters(scope), ...values],
  )
  const found = rows.map((row) => matterRow.parse(row))
  const shown = found.map(
    ({ matter, ...hazard }): HomeMatter => ({
      tenantId: hazard.tenant_id,
      hazardId: hazard.id,
      number: hazard.number,
      mineId: hazard.mine_id,
      mineName: hazard.mine_name ?? '',
      ...(hazard.place && { place: hazard.place }),
      ...(hazard.grade && { grade: hazard.grade }),
      ...matter,
      ...(matter.dueOn && { daysLeft: daysBetween(today, matter.dueOn) }),
    }),
  )
  return { shown, total: found[0]?.total ?? 0 }
}

/** 未落实: what the mines in scope have not done. */
export const mattersNotDone = (scope: ReadScope, today: string): Promise<Matters> =>
  mattersOf(scope, {
    today,
    where: `m.matter ->> 'side' = 'mine' and m.matter ->> 'kind' <> all($4::text[])
      and (m.matter ->> 'kind' <> all($5::text[]) or m.matter ->> 'dueOn' < $6)`,
    values: [notDone.inHand, notDone.onlyWhenLate, today],
  })

/** 待我办: what waits on one side for whoever may do one of the acts. */
export const mattersFor = (
  scope: ReadScope,
  { side, acts, today }: { readonly side: 'mine' | 'bureau'; readonly acts: readonly string[]; readonly today: string },
): Promise<Matters> =>
  mattersOf(scope, {
    today,
    where: `m.matter ->> 'side' = $4 and m.matter ->> 'act' = any($5::text[])`,
    values: [side, acts],
  })

/** Slopes that move (判定标准 八) and major hazards found in the last two weeks: where danger grows. */
export const risingHazards = async (scope: ReadScope, today: string): Promise<Matters> => {
  const { rows } = await scope.client.query<{
    tenant_id: string
    id: string
    number: string
    mine_id: string
    mine_name: string | null
    place: string | null
    found_on: string
    moving: boolean
    total: number
  }>(
    `select h.tenant_id, h.id, h.number, h.mine_id, n.name as mine_name, h.place, h.found_on,
       exists (select from unnest(h.criteria) as c where c like $4 || '%') as moving, (count(*) over ())::int as total
     from read.hazard h left join read.mine n on n.tenant_id = h.mine_id and n.id = h.mine_id
     where ${inScope('h')} and h.open and h.judged_grade = 'major'
       and (exists (select from unnest(h.criteria) as c where c like $4 || '%') or h.found_on >= $5::date)
     order by moving desc, h.found_on desc, h.id limit 50`,
    [...scopeParameters(scope), movingSlope, justFoundSince(today)],
  )
  const shown = rows.map((row) => ({
    tenantId: row.tenant_id,
    hazardId: row.id,
    number: row.number,
    mineId: row.mine_id,
    mineName: row.mine_name ?? '',
    ...(row.place && { place: row.place }),
    grade: 'major' as const,
    ...rising(row.moving),
    since: row.found_on,
  }))
  return { shown, total: rows[0]?.total ?? 0 }
}
