import { z } from 'zod'
import type { HomeFigures, HomeMatter } from '#contract/home.ts'
import { daysBetween } from '#domain/calendarDate.ts'
import { type HazardFigure, hazardFigureNames } from '#domain/hazard/figures.ts'
import { notDone } from '#domain/hazard/matters.ts'
import { justFoundSince, movingSlope, rising } from '#domain/hazard/rising.ts'
import { mineFigureNames } from '#domain/org/mineFigures.ts'
import { talliedFigure } from '#server/hazard/figures.ts'
import { mineFigureCondition } from '#server/org/mineFigures.ts'
import { exactTotalLimit } from '#server/platform/cursor.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { isWide, walking } from '#server/platform/wide.ts'

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
const sum = (name: HazardFigure): string => `'${name}', ${talliedFigure(name, '$1::date')}`

/**
 * The figures of the home page: of hazards out of the tally, one pass over the mines themselves. A division is left to
 * the policy alone: stated twice, the planner multiplies the two and takes the rows for fewer than they are.
 */
export const homeFigures = async (scope: ReadScope, today: string): Promise<HomeFigures> => {
  const hazards = await scope.client.query({
    name: 'home-hazards',
    text: `select json_build_object(${hazardFigureNames.map(sum).join(', ')}) as figures,
       coalesce(sum(t.funds_planned), 0)::float8 as funds_planned, coalesce(sum(t.funds_spent), 0)::float8 as funds_spent
     from read.hazard_tally t`,
    values: [today],
  })
  const mines = await scope.client.query({
    name: 'home-mines',
    text: `select json_build_object(${mineFigureNames.map((name) => count(name, mineFigureCondition(name))).join(', ')}) as figures,
       count(*)::int as mines, coalesce(sum(staff_own + staff_contracted), 0)::int as staff,
       (select count(*)::int from read.company) as companies
     from read.mine m`,
  })
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
  matter: z.object({
    title: z.string(),
    act: z.string(),
    clause: z.string(),
    since: z.string(),
    dueOn: z.string().optional(),
  }),
})

/** As many as a page shows, worst first, and how many there are; of very many that there are more. */
export type Matters = { readonly shown: HomeMatter[]; readonly total: number; readonly totalIsExact: boolean }

/** More than a person can work through in a day; the register holds the rest. */
const mostMatters = 100

/** So far along the order a wide scope is tried, before all that waits in it is fetched and sorted. */
const stepsAlongTheOrder = 2_000

/** `where` is a condition on `m` (read.hazard_matter); its first parameter is the side. */
type Wanted = {
  /** Names the statements, so that each is planned once a connection: planning took longer than running them. */
  readonly list: string
  readonly today: string
  readonly where: string
  readonly values: readonly unknown[]
  readonly most: number
  /** Counts to the end, however many there are. */
  readonly countAll?: boolean | undefined
}

const worstFirst = 'm.due_on, m.since, m.id'

const sources = {
  all: () => 'read.hazard_matter',
  // Stated beside the policy, for it alone lets no index be read without its rows.
  division: (next: number) => `(select * from read.hazard_matter m where m.div >= $${next} and m.div < $${next + 1})`,
  firstSteps: () =>
    `(select * from read.hazard_matter m where m.side = $1 order by ${worstFirst} limit ${stepsAlongTheOrder})`,
} as const

type From = keyof typeof sources

/** Where the matters of a scope lie, and the values that says it, after those of what is wanted. */
const fromScope = ({ bounds }: ReadScope, { values }: Wanted) => {
  const from: From = bounds.tenants.length > 0 ? 'all' : 'division'
  return {
    from,
    text: sources[from](values.length + 1),
    values: from === 'all' ? values : [...values, bounds.lo, bounds.hi],
  }
}

/** What is wanted within `from`, with its hazard and mine: past due, then soonest due, then longest waiting. */
const matterRows = async (scope: ReadScope, wanted: Wanted, steps: boolean) => {
  const { list, where, most } = wanted
  const { from, text, values } = steps
    ? { from: 'firstSteps', text: sources.firstSteps(), values: wanted.values }
    : fromScope(scope, wanted)
  const { rows } = await scope.client.query({
    name: `home-${list}-${from}-${most}`,
    text: `select h.tenant_id, h.id, h.number, h.mine_id, n.name as mine_name, h.place, h.grade, h.matters -> (m.place - 1) as matter
     from (select * from ${text} m where m.side = $1 and ${where} order by ${worstFirst} limit ${most}) m
     join read.hazard h on h.tenant_id = m.tenant_id and h.id = m.id
     left join read.mine n on n.tenant_id = h.mine_id and n.id = h.mine_id
     order by ${worstFirst}, m.place`,
    values: [...values],
  })
  return rows.map((row) => matterRow.parse(row))
}

const worstMatters = async (scope: ReadScope, wanted: Wanted) => {
  if (isWide(scope)) {
    const met = await walking(scope, () => matterRows(scope, wanted, true))
    if (met.length === wanted.most) return met
  }
  return matterRows(scope, wanted, false)
}

const countMatters = async (scope: ReadScope, wanted: Wanted): Promise<number> => {
  const { list, where, countAll } = wanted
  const { from, text, values } = fromScope(scope, wanted)
  const { rows } = await scope.client.query<{ total: number }>({
    name: `home-${list}-${from}-count${countAll ? '-all' : ''}`,
    text: `select count(*)::int as total from (
       select from ${text} m where m.side = $1 and ${where} ${countAll ? '' : `limit ${exactTotalLimit + 1}`}) few`,
    values: [...values],
  })
  return rows[0]?.total ?? 0
}

const mattersOf = async (scope: ReadScope, wanted: Wanted): Promise<Matters> => {
  const found = await worstMatters(scope, wanted)
  const total = found.length < wanted.most ? found.length : await countMatters(scope, wanted)
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
      ...(matter.dueOn && { daysLeft: daysBetween(wanted.today, matter.dueOn) }),
    }),
  )
  if (wanted.countAll || total <= exactTotalLimit) return { shown, total, totalIsExact: true }
  return { shown, total: exactTotalLimit, totalIsExact: false }
}

/** 未落实: what the mines in scope have not done. */
export const mattersNotDone = (scope: ReadScope, today: string): Promise<Matters> =>
  mattersOf(scope, {
    list: 'notDone',
    most: mostMatters,
    today,
    where: 'm.kind <> all($2::text[]) and (m.kind <> all($3::text[]) or m.due_on < $4::date)',
    values: ['mine', notDone.inHand, notDone.onlyWhenLate, today],
  })

type Waiting = {
  readonly side: 'mine' | 'bureau'
  readonly acts: readonly string[]
  readonly today: string
  /** Left out: as many as a page shows. */
  readonly most?: number
  readonly countAll?: boolean
}

/** 待我办: what waits on one side for whoever may do one of the acts. */
export const mattersFor = (
  scope: ReadScope,
  { side, acts, today, countAll, most = mostMatters }: Waiting,
): Promise<Matters> =>
  mattersOf(scope, {
    list: 'waiting',
    most,
    today,
    where: 'm.act = any($2::text[])',
    values: [side, acts],
    countAll,
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
  }>({
    name: 'home-rising',
    text: `select h.tenant_id, h.id, h.number, h.mine_id, n.name as mine_name, h.place, h.found_on,
       exists (select from unnest(h.criteria) as c where c like $1 || '%') as moving, (count(*) over ())::int as total
     from read.hazard h left join read.mine n on n.tenant_id = h.mine_id and n.id = h.mine_id
     where h.open and h.judged_grade = 'major'
       and (exists (select from unnest(h.criteria) as c where c like $1 || '%') or h.found_on >= $2::date)
     order by moving desc, h.found_on desc, h.id limit 50`,
    values: [movingSlope, justFoundSince(today)],
  })
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
  return { shown, total: rows[0]?.total ?? 0, totalIsExact: true }
}
