import { sideOf } from '#domain/access/role.ts'
import { addDays } from '#domain/calendarDate.ts'
import type { RecordedEvent } from '#domain/event.ts'
import { effectiveDeadline } from '#domain/hazard/deadline.ts'
import { evolve, fold } from '#domain/hazard/evolve.ts'
import { standingStop } from '#domain/hazard/standing.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import type { HazardStatus } from '#domain/hazard/status.ts'

/**
 * What may never be, said of a hazard and all that was recorded of it. Written from the law and PRACTICE A, without a look
 * at the transition table: where the two disagree, one of them is wrong.
 */

/** The arrows: by which record a hazard may come from one state to another. */
const arrows: Readonly<Record<string, readonly (readonly [HazardStatus, HazardStatus])[]>> = {
  judge: [
    ['found', 'judged'],
    ['found', 'notEstablished'],
  ],
  assign: [['judged', 'rectifying']],
  progress: [['judged', 'rectifying']],
  accept: [['rectifying', 'accepted']],
  recheck: [
    ['accepted', 'rechecked'],
    ['accepted', 'rectifying'],
  ],
  rejudge: [
    ['accepted', 'rectifying'],
    ['rechecked', 'rectifying'],
  ],
  closeOut: [['rechecked', 'closed']],
  merge: [
    ['found', 'merged'],
    ['judged', 'merged'],
    ['rectifying', 'merged'],
  ],
  transfer: [
    ['found', 'transferred'],
    ['judged', 'transferred'],
    ['rectifying', 'transferred'],
  ],
  handOver: [
    ['found', 'transferred'],
    ['judged', 'transferred'],
  ],
  endByClosure: [
    ['found', 'endedByClosure'],
    ['judged', 'endedByClosure'],
    ['rectifying', 'endedByClosure'],
    ['accepted', 'endedByClosure'],
    ['rechecked', 'endedByClosure'],
  ],
  reopen: [
    ['closed', 'rectifying'],
    ['notEstablished', 'found'],
    ['merged', 'found'],
    ['merged', 'judged'],
    ['merged', 'rectifying'],
    ['transferred', 'found'],
    ['transferred', 'judged'],
    ['transferred', 'rectifying'],
  ],
}

/** Records that are moves or corrections; all others are facts and must be found again in the log of facts. */
const notFacts = new Set([
  'report',
  'imported',
  'judge',
  'rejudge',
  'assign',
  'accept',
  'requestRecheck',
  'recheck',
  'closeOut',
  'merge',
  'transfer',
  'handOver',
  'endByClosure',
  'reopen',
  'correct',
])

const actOf = ({ type }: RecordedEvent): string => type.slice('hazard.'.length)
const departmentSources = new Set([
  'enforcement',
  'superiorInspection',
  'townshipPatrol',
  'publicReport',
  'guidanceVisit',
  'departmentLedger',
])

type Stretch = { readonly events: readonly RecordedEvent[]; readonly states: readonly HazardState[] }

const at = <T>(list: readonly T[], index: number): T | undefined => list[index]
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const wrongArrows = ({ events, states }: Stretch): string[] =>
  events.flatMap((event, index) => {
    const from = at(states, index - 1)?.status
    const to = at(states, index)?.status
    if (index === 0) {
      const lawful = actOf(event) === 'report' ? to === 'found' : actOf(event) === 'imported'
      return lawful ? [] : [`begun by ${event.type} as ${to}`]
    }
    if (from === to) return []
    const drawn = (arrows[actOf(event)] ?? []).some(([one, other]) => one === from && other === to)
    return drawn ? [] : [`${event.type} led from ${from} to ${to}`]
  })

/** The days the mine has change only by what it put down first, an earlier date, an order that is earlier, or a grant. */
const movedDeadlines = ({ events, states }: Stretch): string[] =>
  events.flatMap((event, index) => {
    const before = at(states, index - 1)
    const after = at(states, index)
    const old = before && effectiveDeadline(before)
    const now = after && effectiveDeadline(after)
    const act = actOf(event)
    if (old === now) return []
    if (act === 'reopen' && before?.status === 'closed' && now === undefined) return []
    if (act === 'extensionDecision' && event.body.granted === 'yes' && event.body.deadline === now) return []
    const named = (act === 'assign' || act === 'order' || act === 'imported') && event.body.deadline === now
    if (named && (old === undefined || (now !== undefined && now < old))) return []
    return [`${event.type} moved the deadline from ${old} to ${now}`]
  })

/** What an older ledger tells counts as if it had been done here, for what follows; it stays marked as unverified. */
const tellsOf: Readonly<Record<string, (body: RecordedEvent['body']) => boolean>> = {
  accept: ({ status }) => status === 'accepted' || status === 'rechecked',
  recheck: ({ status }) => status === 'rechecked',
  plan: (body) =>
    ['goal', 'method', 'resources', 'organisation', 'schedule', 'safeguards'].every((part) => body[part] !== undefined),
}

const tells = (event: RecordedEvent, act: string): boolean =>
  actOf(event) === act || (actOf(event) === 'imported' && tellsOf[act]?.(event.body) === true)

const lastIndex = (events: readonly RecordedEvent[], act: string, before = events.length): number =>
  events.slice(0, before).findLastIndex((event) => tells(event, act))

/** Of a ledger the grade counts where it cites what a major hazard must, or nothing. */
const ledgerGrade = ({ body }: RecordedEvent): unknown => {
  const cites = list(body.criteria).length > 0
  return (body.grade === 'major') === cites ? body.grade : undefined
}

const gradeAt = (events: readonly RecordedEvent[], before: number): unknown => {
  const judged = events.slice(0, before).findLast((event) => actOf(event) === 'judge' || actOf(event) === 'rejudge')
  const [first] = events
  if (judged) return judged.body.outcome
  return first && actOf(first) === 'imported' ? ledgerGrade(first) : undefined
}

/** Where the last work begins: after the last reopening of a hazard that had been closed. */
const workBegins = ({ events, states }: Stretch, before: number): number =>
  events
    .slice(0, before)
    .findLastIndex((event, index) => actOf(event) === 'reopen' && at(states, index - 1)?.status === 'closed')

const has = (events: readonly RecordedEvent[], act: string, from: number, before: number): boolean =>
  events.slice(from + 1, before).some((event) => tells(event, act))

const fiveAt = (stretch: Stretch, before: number): readonly string[] => {
  const begins = workBegins(stretch, before)
  const assigned = (name: string, from: number): boolean =>
    stretch.events
      .slice(from + 1, before)
      .some((event) => ['assign', 'imported'].includes(actOf(event)) && event.body[name] !== undefined)
  return [
    ...['responsible', 'measures', 'funds', 'contingencyPlan'].filter((name) => !assigned(name, -1)),
    ...(assigned('deadline', begins) ? [] : ['deadline']),
  ]
}

const wrongClosings = (stretch: Stretch): string[] => {
  const { events, states } = stretch
  return events.flatMap((event, index) => {
    if (actOf(event) !== 'closeOut') return []
    const wrong: string[] = []
    const accepted = lastIndex(events, 'accept', index)
    const rechecked = lastIndex(events, 'recheck', index)
    const recheck = at(events, rechecked)
    const told = recheck && actOf(recheck) === 'imported'
    const officers = new Set(told ? [recheck.body.rechecker ?? 'unnamed'] : list(recheck?.body.officers))
    const grade = gradeAt(events, index)
    const department = departmentSources.has(text(events[0]?.body.source))
    if (accepted < 0) wrong.push('closed without the acceptance of the mine')
    if (rechecked < accepted) wrong.push('closed without a recheck after the last acceptance')
    if (recheck?.body[told ? 'recheckResult' : 'result'] !== 'pass')
      wrong.push('closed though the last recheck did not pass')
    const responsible = at(states, rechecked - 1)?.five.responsible?.value
    if (responsible && officers.has(responsible)) wrong.push('rechecked by the person responsible')
    if (officers.size < 1) wrong.push('rechecked by nobody')
    if (fiveAt(stretch, index).length > 0) wrong.push(`closed without ${fiveAt(stretch, index).join(', ')}`)
    if (accepted < workBegins(stretch, index)) wrong.push('closed on the acceptance of work done before the reopening')
    if ((grade === 'major' || department) && sideOf(event.actor.role) === 'mine')
      wrong.push('closed by the mine, though the bureau has to')
    if (text(event.body.traceDueOn) !== addDays(text(event.body.on), 15))
      wrong.push('closed with a wrong day for the trace')
    if (grade !== 'major') return wrong
    if (officers.size < 2) wrong.push('a major hazard rechecked by fewer than two')
    if (recheck && sideOf(recheck.actor.role) !== 'bureau')
      wrong.push('a major hazard rechecked by another than the bureau')
    for (const act of ['control', 'posting', 'departmentReport', 'workersReport', 'plan'])
      if (!has(events, act, -1, index)) wrong.push(`a major hazard closed without ${act}`)
    if (!has(events, 'evaluation', workBegins(stretch, index), index))
      wrong.push('a major hazard closed without evaluation')
    return wrong
  })
}

const wrongVerdicts = ({ events }: Stretch): string[] =>
  events.flatMap((event, index) => {
    const act = actOf(event)
    const { outcome, criteria } = event.body
    if (act !== 'judge' && act !== 'rejudge') return []
    const wrong: string[] = []
    const byMine = sideOf(event.actor.role) === 'mine'
    const department = departmentSources.has(text(events[0]?.body.source))
    if (outcome === 'major' && list(criteria).length === 0) wrong.push('major without a criterion')
    if (outcome === 'general' && list(criteria).length > 0) wrong.push('general though it meets a criterion')
    if (act === 'judge' && byMine && department && outcome !== 'major')
      wrong.push('the mine played down what a department found')
    if (byMine && gradeAt(events, index) === 'major' && outcome === 'general')
      wrong.push('the mine lowered a major hazard')
    return wrong
  })

const wrongAcceptances = ({ events }: Stretch): string[] =>
  events.flatMap((event, index) => {
    if (actOf(event) !== 'accept') return []
    const signed = event.actor.role === 'principal' || list(event.body.paperSignature).length > 0
    const failed = events.slice(0, index).findLast((one) => actOf(one) === 'recheck' && one.body.result === 'fail')
    const wrong: string[] = []
    if (sideOf(event.actor.role) !== 'mine') wrong.push('accepted by another than the mine')
    if (gradeAt(events, index) === 'major' && !signed) wrong.push('a major hazard accepted without the principal')
    if (failed && text(event.body.on) < text(failed.body.on)) wrong.push('accepted before the recheck that failed')
    return wrong
  })

const lostRecords = ({ events }: Stretch, state: HazardState): string[] => {
  const kept = new Map(
    Object.values(state.facts)
      .flat()
      .map((fact) => [fact.eventId, fact]),
  )
  return events.flatMap((event) => {
    if (notFacts.has(actOf(event))) return []
    const fact = kept.get(event.id)
    if (!fact) return [`${event.type} ${event.id} is lost`]
    const same = Object.entries(event.body).every(
      ([name, value]) =>
        JSON.stringify(Object.entries(fact).find(([key]) => key === name)?.[1]) === JSON.stringify(value),
    )
    return same ? [] : [`${event.type} ${event.id} was altered`]
  })
}

const wrongDays = ({ events }: Stretch): string[] =>
  events.flatMap((event) =>
    text(event.body.on) > event.receivedAt.slice(0, 10) ? [`${event.type} in the future`] : [],
  )

/** A stop that nobody lifted stands as long as the hazard is open, and after it is closed. */
const forgottenStops = ({ events }: Stretch, state: HazardState): string[] => {
  const lifting = (event: RecordedEvent): boolean =>
    actOf(event) === 'controlLifted' || (actOf(event) === 'resumeDecision' && event.body.granted === 'yes')
  const since = events.findLastIndex(lifting)
  const liftedOn =
    events
      .filter(lifting)
      .map(({ body }) => text(body.on))
      .sort()
      .at(-1) ?? ''
  const imposed = events
    .slice(since + 1)
    .filter((event) => actOf(event) === 'control' && (event.body.scope === 'whole' || event.body.scope === 'partial'))
    .filter(({ body }) => text(body.on) >= liftedOn)
  const gone = ['notEstablished', 'merged', 'transferred', 'endedByClosure'].includes(state.status)
  if (imposed.length > 0 && !gone && standingStop(state) === undefined) return ['a stop that nobody lifted is gone']
  const whole = imposed.some(({ body }) => body.scope === 'whole')
  return whole && !gone && standingStop(state) !== 'whole' ? ['a stop of the whole mine shrank by itself'] : []
}

const wrongResumptions = ({ events, states }: Stretch): string[] =>
  events.flatMap((event, index) => {
    if (actOf(event) !== 'resumeDecision' || event.body.granted !== 'yes') return []
    const before = at(states, index - 1)
    const department = departmentSources.has(text(events[0]?.body.source))
    const bureaus = department || gradeAt(events, index) === 'major'
    return bureaus && before?.status !== 'rechecked' && before?.status !== 'closed'
      ? ['production resumed before the recheck']
      : []
  })

export const illegal = (state: HazardState, history: readonly RecordedEvent[]): readonly string[] => {
  const states: HazardState[] = []
  for (const event of history) states.push(evolve(states.at(-1), event))
  const stretch: Stretch = { events: history, states }
  const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
  return [
    ...wrongArrows(stretch),
    ...movedDeadlines(stretch),
    ...wrongClosings(stretch),
    ...wrongVerdicts(stretch),
    ...wrongAcceptances(stretch),
    ...lostRecords(stretch, state),
    ...wrongDays(stretch),
    ...forgottenStops(stretch, state),
    ...wrongResumptions(stretch),
    ...(states.some(({ number }) => number !== history[0]?.body.number) ? ['the number changed'] : []),
    ...(state.status === 'closed' && !state.closing ? ['closed without a close-out'] : []),
    ...(state.status !== 'closed' && state.closing ? ['a close-out on what is not closed'] : []),
    ...(same(state, states.at(-1)) ? [] : ['the state is not the fold of its stream']),
    ...(same(fold(history), fold(JSON.parse(JSON.stringify(history)))) ? [] : ['folding twice gives two states']),
  ]
}
