import { z } from 'zod'
import type { HomeFigures, HomeMatter } from '#contract/home.ts'
import { daysBetween } from '#domain/calendarDate.ts'
import { hazardFigureNames } from '#domain/hazard/figures.ts'
import { notDone } from '#domain/hazard/matters.ts'
import { justFoundSince, movingSlope, rising } from '#domain/hazard/rising.ts'
import { mineFigureNames } from '#domain/org/mineFigures.ts'
import { figureCondition } from '#server/hazard/figures.ts'
import { mineFigureCondition } from '#server/org/mineFigures.ts'
import type { ReadScope } from '#server/platform/read.ts'

const inScope = (alias: string): string =>
  `((${alias}.div >= $1 and ${alias}.div < $2) or ${alias}.tenant_id = any($3::uuid[]))`

const scopeParameters = ({ bounds }: ReadScope) => [bounds.lo, bounds.hi, bounds.tenants]

const hazardCounts = z.object({
  figures: z.record(z.enum(hazardFigureNames), z.number()),
  funds_planned: z.number(),
  funds_spent: z.number(),
})

const mineCounts = z.object({
  figures: z.record(z.enum(mineFigureNames), z.number()),
  mines: z.number(),
  staff: z.number(),
  companies: z.number(),
})

const count = (name: string, condition: string): string => `'${name}', count(*) filter (where ${condition})`

/** The figures of the home page, each by the condition that lists its rows: one pass over the hazards in scope, one over the mines. */
export const homeFigures = async (scope: ReadScope, today: string): Promise<HomeFigures> => {
  const hazards = await scope.client.query(
    `select json_build_object(${hazardFigureNames.map((name) => count(name, figureCondition(name, '$4::date'))).join(', ')}) as figures,
       coalesce(sum(funds_planned) filter (where ${figureCondition('majorFound', '$4::date')}), 0)::float8 as funds_planned,
       coalesce(sum(funds_spent) filter (where ${figureCondition('majorFound', '$4::date')}), 0)::float8 as funds_spent
     from read.hazard h where ${inScope('h')}`,
    [...scopeParameters(scope), today],
  )
  const mines = await scope.client.query(
    `select json_build_object(${mineFigureNames.map((name) => count(name, mineFigureCondition(name))).join(', ')}) as figures,
       count(*)::int as mines, coalesce(sum(staff_own + staff_contracted), 0)::int as staff,
       (select count(*)::int from read.company c where ${inScope('c')}) as companies
     from read.mine m where ${inScope('m')}`,
    scopeParameters(scope),
  )
  const { figures: h, ...funds } = hazardCounts.parse(hazards.rows[0])
  const { figures: m, mines: all, companies, staff } = mineCounts.parse(mines.rows[0])
  return {
    mines: all,
    companies,
    inScope: m.inScope,
    watched: m.watched,
    staff,
    openMajor: h.majorOpen,
    overdue: h.majorOverdue,
    major: { found: h.majorFound, closed: h.majorClosed, open: h.majorOpen, extended: h.majorExtended },
    general: {
      found: h.generalFound,
      closed: h.generalClosed,
      open: h.generalOpen,
      overdue: h.generalOverdue,
      repeated: h.generalRepeated,
    },
    majorFoundBy: { mine: h.majorByMine, department: h.majorByDepartment },
    listed: h.listed,
    delisted: h.delisted,
    dualReported: h.dualReported,
    fundsPlanned: funds.funds_planned,
    fundsSpent: funds.funds_spent,
    stopped: { whole: m.stoppedWhole, partial: m.stoppedPartial },
    notEstablished: h.notEstablished,
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
