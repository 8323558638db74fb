import type { Role } from '#domain/access/role.ts'
import { addDays } from '#domain/calendarDate.ts'
import type { RecordedEvent } from '#domain/event.ts'
import type { HazardAct } from '#domain/hazard/transitions.ts'
import { beside, bodies, type Told, tell } from '#tests/support/hazardStream.ts'

const base = '2023-01-01'
const on = (days: number): string => addDays(base, days)

const did = (days: number, by: Role, act: HazardAct, body: Readonly<Record<string, unknown>> = {}): Told => ({
  day: on(days),
  by,
  act,
  body: { ...bodies[act], ...body },
})

const found = (suspectedGrade: 'major' | 'general'): Told =>
  did(0, suspectedGrade === 'major' ? 'principal' : 'safetyOfficer', 'report', {
    source: suspectedGrade === 'major' ? 'principalCheck' : 'safetyOfficerCheck',
    place: '〔部位〕',
    description: '〔描述〕',
    suspectedGrade,
  })

const general: readonly Told[] = [
  found('general'),
  did(0, 'safetyOfficer', 'judge', { outcome: 'general', criteria: [], basis: '不触及重大隐患判定标准' }),
  did(1, 'safetyOfficer', 'assign', {
    deadline: on(15),
    funds: 200_000,
    measures: '〔措施〕',
    contingencyPlan: '现场处置',
  }),
]

const major: readonly Told[] = [
  found('major'),
  ...beside.map((one) => ({ ...one, day: on(2) })),
  did(2, 'technicalHead', 'judge', { outcome: 'major' }),
  did(3, 'principal', 'assign', { deadline: on(60), measures: '〔措施〕' }),
]

/** A lawful life, from the table that decides, and how many in a thousand live it. */
const lives: readonly { readonly share: number; readonly told: readonly Told[] }[] = [
  {
    share: 400,
    told: [
      did(30, 'safetyOfficer', 'imported', {
        on: on(0),
        source: 'mineLedger',
        place: '〔部位〕',
        description: '〔描述〕',
        measures: '〔措施〕',
        grade: 'general',
        deadline: on(15),
        closedOn: on(12),
        state: 'closed',
      }),
    ],
  },
  {
    share: 170,
    told: [
      did(0, 'crewLeader', 'reportFixed', {
        place: '〔部位〕',
        description: '〔描述〕',
        measures: '〔措施〕',
        funds: 0,
      }),
    ],
  },
  {
    share: 320,
    told: [
      ...general,
      did(9, 'safetyOfficer', 'accept', { conclusion: '已按措施整改到位' }),
      did(11, 'safetyOfficer', 'recheck'),
      did(11, 'principal', 'closeOut'),
    ],
  },
  { share: 48, told: general },
  {
    share: 38,
    told: [
      ...major,
      did(40, 'technicalHead', 'evaluation'),
      did(42, 'principal', 'accept'),
      did(45, 'enforcer', 'recheck'),
      did(46, 'enforcer', 'closeOut'),
    ],
  },
  { share: 12, told: major },
  {
    share: 6,
    told: [...major, did(5, 'sectionChief', 'listing', { deadline: on(60) }), did(20, 'principal', 'progress')],
  },
  { share: 6, told: [found('general')] },
]

export type Template = { readonly until: number; readonly events: readonly RecordedEvent[] }

/** `until`: the history is lived by those whose share of the thousand lies below it and above the one before. */
export const templates = (): readonly Template[] => {
  let until = 0
  return lives.map(({ share, told }) => {
    until += share
    return { until, events: tell(told) }
  })
}

/** What each hazard has of its own, in the place of the template's. */
export type Own = {
  readonly days: number
  readonly names: ReadonlyMap<string, string>
  readonly texts: Readonly<Record<string, string>>
}

const marks = /〔部位〕|〔描述〕|〔措施〕|[Ff]01-2023-001|2023-\d\d-\d\d|018a0000-000[0-9]-7000-8000-[0-9a-f]{12}/g

/** Lines of a table, or words, with the hazard's own in the place of every mark. */
export const ownText = (text: string, { days, names, texts }: Own): string => {
  const dates = new Map<string, string>()
  const day = (date: string): string => {
    const known = dates.get(date) ?? addDays(date, days)
    dates.set(date, known)
    return known
  }
  return text.replace(marks, (mark) =>
    mark.startsWith('2023-') ? day(mark) : (texts[mark] ?? names.get(mark) ?? mark),
  )
}
