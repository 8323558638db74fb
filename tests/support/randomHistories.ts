import fc from 'fast-check'
import type { Role } from '#domain/access/role.ts'
import { addDays } from '#domain/calendarDate.ts'
import type { RecordedEvent } from '#domain/event.ts'
import type { HazardAct } from '#domain/hazard/transitions.ts'
import { attempt, bodies, type Told, tell } from '#tests/support/hazardStream.ts'

export const firstDay = '2023-03-01'

type Step = { readonly act: HazardAct; readonly by: Role; readonly days: number; readonly other: number }

/** Acts that statistics hang on, the common ones more often; most are refused where they come, as in life. */
const acts: readonly HazardAct[] = [
  'judge',
  'judge',
  'assign',
  'assign',
  'accept',
  'accept',
  'recheck',
  'recheck',
  'closeOut',
  'closeOut',
  'rejudge',
  'requestRecheck',
  'reopen',
  'listing',
  'delisting',
  'extensionRequest',
  'extensionDecision',
  'order',
  'correct',
  'merge',
  'transfer',
  'endByClosure',
  'control',
  'posting',
  'departmentReport',
  'workersReport',
  'plan',
  'evaluation',
]

const roles: readonly Role[] = ['principal', 'safetyOfficer', 'enforcer', 'bureauHead', 'technicalHead']

const step = fc.record<Step>({
  act: fc.constantFrom(...acts),
  by: fc.constantFrom(...roles),
  days: fc.constantFrom(0, 0, 0, 1, 3, 12),
  other: fc.nat(2),
})

/** Bodies with the grades, results and deadlines that a step chooses; days are near, so that some run out. */
const bodyOf = ({ act, other }: Step, day: string): Readonly<Record<string, unknown>> => {
  if (act === 'judge' || act === 'rejudge')
    return (
      [
        { ...bodies[act], outcome: 'major' },
        { outcome: 'general', basis: '不触及', criteria: [] },
        { outcome: 'notEstablished', basis: '不构成', criteria: [] },
      ][act === 'rejudge' ? other % 2 : other] ?? {}
    )
  if (act === 'assign') return { ...bodies.assign, deadline: addDays(day, 4 + other * 10) }
  if (act === 'recheck') return { ...bodies.recheck, result: other === 0 ? 'fail' : 'pass' }
  if (act === 'extensionRequest' || act === 'extensionDecision') return { ...bodies[act], deadline: addDays(day, 20) }
  if (act === 'correct') return { foundOn: addDays(firstDay, other), reason: '写错' }
  return bodies[act]
}

export type History = readonly RecordedEvent[]

/** The way to the close-out, as far as a history goes along it; what comes between is drawn. */
const wayOf = (found: Begun['found'], major: boolean): readonly Omit<Told, 'day'>[] => {
  const rechecks: Role = major || found === 'enforcer' ? 'enforcer' : 'safetyOfficer'
  const judged = major ? bodies.judge : { outcome: 'general', basis: '不触及', criteria: [] }
  return [
    { by: 'enforcer', act: 'judge', body: judged },
    ...(major ? (['control', 'posting', 'departmentReport', 'workersReport', 'plan'] as const) : []).map(
      (act) => ({ by: 'principal', act, body: bodies[act] }) as const,
    ),
    { by: 'principal', act: 'assign', body: bodies.assign },
    ...(major ? [{ by: 'principal', act: 'evaluation', body: bodies.evaluation } as const] : []),
    { by: 'principal', act: 'accept', body: bodies.accept },
    { by: rechecks, act: 'recheck', body: bodies.recheck },
    { by: rechecks, act: 'closeOut', body: bodies.closeOut },
  ]
}

const grow = ({ start, grade, found, along, steps }: Begun): History => {
  const begins = addDays(firstDay, start)
  const report: Told = {
    day: begins,
    by: found,
    act: 'report',
    body: {
      ...bodies.report,
      source: found === 'enforcer' ? 'enforcement' : 'principalCheck',
      ...(grade && { suspectedGrade: grade }),
      // Entered on the day or some days after: both happen.
      on: addDays(begins, -(start % 3)),
    },
  }
  const way = wayOf(found, grade === 'major').slice(0, along)
  let [day, come] = [begins, 0]
  return steps.reduce<readonly RecordedEvent[]>(
    (events, one) => {
      day = addDays(day, one.days)
      const next = way[come]
      if (next) {
        const body = next.act === 'assign' ? { ...next.body, deadline: addDays(day, 4 + one.other * 10) } : next.body
        const outcome = attempt(events, { ...next, day, ...(body && { body }) })
        if (outcome.ok) {
          come += 1
          return outcome.value
        }
      }
      const outcome = attempt(events, { day, by: one.by, act: one.act, body: bodyOf(one, day) })
      return outcome.ok ? outcome.value : events
    },
    tell([report]),
  )
}

type Begun = {
  readonly start: number
  readonly grade: 'major' | 'general' | undefined
  readonly found: 'principal' | 'enforcer'
  /** How many steps of the way are taken, wherever they can be. */
  readonly along: number
  readonly steps: readonly Step[]
}

/** Lawful histories of one hazard each, from March 2023 on. */
export const history: fc.Arbitrary<History> = fc
  .record<Begun>({
    start: fc.nat(75),
    grade: fc.constantFrom(undefined, 'major', 'general'),
    found: fc.constantFrom('principal', 'enforcer'),
    along: fc.nat(14),
    steps: fc.array(step, { minLength: 4, maxLength: 45 }),
  })
  .map(grow)
