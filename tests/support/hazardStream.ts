import type { Actor } from '#domain/access/actor.ts'
import { type Role, sideOf } from '#domain/access/role.ts'
import { addDays } from '#domain/calendarDate.ts'
import type { NewEvent, RecordedEvent } from '#domain/event.ts'
import type { HazardContext } from '#domain/hazard/context.ts'
import { decide } from '#domain/hazard/decide.ts'
import { fold } from '#domain/hazard/evolve.ts'
import type { HazardSource } from '#domain/hazard/source.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import type { Grade, HazardStatus } from '#domain/hazard/status.ts'
import type { HazardAct } from '#domain/hazard/transitions.ts'
import { type Outcome, ok } from '#domain/refusal.ts'
import { factBodies } from '#tests/support/factBodies.ts'

const uuid = (kind: number, number: number): string =>
  `018a0000-000${kind}-7000-8000-${String(number).padStart(12, '0')}`

export const mineId = uuid(1, 1)
export const bureauId = uuid(1, 2)
export const otherHazardId = uuid(2, 2)
export const openedHazardId = uuid(2, 3)
export const person = (number: number): string => uuid(3, number)
export const photo = 'a'.repeat(64)
export const paper = 'b'.repeat(64)

export const actorOf = (role: Role): Actor => ({
  accountId: uuid(4, 1),
  homeTenantId: sideOf(role) === 'mine' ? mineId : bureauId,
  role,
  scope: { kind: 'division', code: '140404' },
})

export const today = '2023-09-15'

export const contextOf = (given: Partial<HazardContext> & { readonly role?: Role } = {}): HazardContext => {
  const { role = 'principal', ...rest } = given
  return {
    today,
    actor: actorOf(role),
    tenantId: mineId,
    number: 'F01-2023-001',
    criterion: (code) => ({ code, packVersion: '2022-88', title: code, applies: true }),
    organisationOf: () => bureauId,
    handsOverAs: openedHazardId,
    settings: { traceDueDays: 15, recheckWithinDays: 10, verifyWithinDays: 8 },
    otherHazard: {
      id: otherHazardId,
      tenantId: mineId,
      mineId,
      number: 'F01-2023-009',
      status: 'found',
      grade: 'major',
    },
    ...rest,
  }
}

/** One act as it is told: the day it is entered, by which post, what. */
export type Told = {
  readonly day?: string
  readonly by: Role
  readonly act: HazardAct
  readonly body?: Readonly<Record<string, unknown>>
}

export const recorded = (
  events: readonly NewEvent[],
  given: { readonly after?: number; readonly role?: Role; readonly day?: string } = {},
): readonly RecordedEvent[] => {
  const { after = 0, role = 'principal', day = today } = given
  return events.map((event, index) => ({
    ...event,
    id: uuid(5, after + index + 1),
    version: after + index + 1,
    receivedAt: `${day}T01:00:00.000Z`,
    actor: { accountId: actorOf(role).accountId, role },
  }))
}

export const attempt = (
  events: readonly RecordedEvent[],
  { day = today, by, act, body = {} }: Told,
  given: Partial<HazardContext> = {},
): Outcome<readonly RecordedEvent[]> => {
  const decided = decide(fold(events), { act, body }, contextOf({ today: day, role: by, ...given }))
  return decided.ok ? ok([...events, ...recorded(decided.value, { after: events.length, role: by, day })]) : decided
}

/** Tells a story that the law allows; a refusal is a mistake of the test and says so. */
export const tell = (
  told: readonly Told[],
  given: Partial<HazardContext> = {},
  before: readonly RecordedEvent[] = [],
): readonly RecordedEvent[] =>
  told.reduce<readonly RecordedEvent[]>((events, one) => {
    const outcome = attempt(events, one, given)
    if (outcome.ok) return outcome.value
    throw new Error(`${one.act} by ${one.by}: ${outcome.refusal.code} ${outcome.refusal.message}`)
  }, before)

export const stateOf = (events: readonly RecordedEvent[]): HazardState => {
  const state = fold(events)
  if (!state) throw new Error('nothing happened yet')
  return state
}

/** A body that fits each act's form, with nothing in it that stands against the act. */
export const bodies: Readonly<Record<HazardAct, Readonly<Record<string, unknown>>>> = {
  ...factBodies,
  report: { mineId, source: 'principalCheck', description: '浮石' },
  reportFixed: {
    mineId,
    source: 'crewCheck',
    description: '护栏松动',
    responsible: person(1),
    measures: '紧固',
    checkedBy: person(2),
  },
  imported: { mineId, on: '2023-05-18', source: 'mineLedger', description: '浮石', state: 'open' },
  judge: { outcome: 'major', criteria: ['OP-06'], basis: '无稳定性分析报告' },
  rejudge: { outcome: 'major', criteria: ['OP-06', 'OP-03'], basis: '复核' },
  assign: { responsible: person(1), measures: '削坡', funds: 18_600_000, contingencyPlan: '滑坡专项预案' },
  accept: { conclusion: '完成', photos: [photo] },
  requestRecheck: {},
  recheck: { result: 'pass', officers: [person(8), person(9)], findings: '合格' },
  closeOut: {},
  merge: { other: otherHazardId, reason: '同一处' },
  transfer: { to: '自然资源局', reference: '移〔2023〕1号', reason: '不归本局管' },
  handOver: { visit: '到场核实属实' },
  endByClosure: { reference: '关〔2023〕1号', reason: '井口已封' },
  reopen: { reason: '又出现' },
  correct: { place: '西帮', reason: '写错' },
  control: { where: '北帮坡脚' },
  controlLifted: { where: '北帮坡脚', basis: '已处置' },
  posting: { where: '矿门公示栏' },
  departmentReport: { department: '区应急局', how: 'phone' },
  departmentReceipt: { department: '区应急局' },
  workersReport: { meeting: 'all' },
  plan: { goal: '一', method: '二', resources: '三', organisation: '四', schedule: '五', safeguards: '六' },
  order: { document: '责改〔2023〕1号', demand: '限期整改' },
  listing: { document: '督〔2023〕1号', level: 'district', tracker: person(8), deadline: '2023-10-31' },
  delisting: {},
  extensionRequest: { deadline: '2023-12-31', reason: '雨后受阻' },
  extensionDecision: { granted: 'yes', deadline: '2023-12-31' },
  progress: { percent: 60 },
  evaluation: { evaluator: 'own', conclusion: '有效' },
  repeatLink: { earlier: otherHazardId, same: '同一部位' },
  trace: { facts: '一', causes: '二', accountability: '三', duties: '四', cure: '五' },
  resumeRequest: { where: '北帮坡脚', content: '已完成' },
  resumeDecision: { granted: 'yes' },
  penalty: { document: '罚〔2023〕1号', against: 'company' },
  externalNumber: { system: '省系统', number: '1' },
}

const told = (by: Role, act: HazardAct, body: Readonly<Record<string, unknown>> = {}): Told => ({
  by,
  act,
  body: { ...bodies[act], ...body },
})

export type Kind = { readonly grade: Grade; readonly source: HazardSource }

/** What a major hazard needs beside the states, told once by whoever may. */
export const beside: readonly Told[] = [
  told('safetyOfficer', 'control', { scope: 'partial' }),
  told('safetyOfficer', 'posting'),
  told('safetyOfficer', 'departmentReport'),
  told('safetyOfficer', 'workersReport'),
  told('technicalHead', 'plan'),
]

const way = (
  { grade, source }: Kind,
  found: string,
  due: string,
): Readonly<Record<'judge' | 'rest', readonly Told[]>> & {
  readonly found: readonly Told[]
} => {
  const departments = source === 'enforcement' || source === 'publicReport'
  const recheckers: Role = grade === 'major' || departments ? 'enforcer' : 'safetyOfficer'
  return {
    found: [
      told(departments ? 'enforcer' : 'principal', 'report', { source, on: found, suspectedGrade: grade }),
      ...(grade === 'major' ? beside : []),
    ],
    judge: [
      told(departments ? 'enforcer' : 'technicalHead', 'judge', {
        outcome: grade,
        ...(grade === 'general' && { criteria: [] }),
      }),
    ],
    rest: [
      told('principal', 'assign', { deadline: due }),
      ...(grade === 'major' ? [told('technicalHead', 'evaluation')] : []),
      told('principal', 'accept'),
      told(recheckers, 'recheck'),
      told(recheckers, 'closeOut'),
    ],
  }
}

const endings: Partial<Record<HazardStatus, Told>> = {
  merged: told('enforcer', 'merge'),
  transferred: told('enforcer', 'transfer'),
  endedByClosure: told('bureauHead', 'endByClosure'),
}

const ledBefore = new Map<string, readonly RecordedEvent[]>()

/** A hazard of the kind, led by lawful acts to the status: found on 2023-09-01, due on 2023-10-31. */
export const led = (
  status: HazardStatus,
  kind: Kind = { grade: 'major', source: 'principalCheck' },
): readonly RecordedEvent[] => {
  const key = `${status} ${kind.grade} ${kind.source}`
  const events = ledBefore.get(key) ?? leading(status, kind)
  ledBefore.set(key, events)
  return events
}

const leading = (status: HazardStatus, kind: Kind): readonly RecordedEvent[] => {
  const given = kind.source === 'publicReport' ? { tenantId: bureauId } : {}
  const { found, judge, rest } = way(kind, '2023-09-01', '2023-10-31')
  if (status === 'notEstablished') {
    const by: Role = kind.source === 'principalCheck' ? 'technicalHead' : 'enforcer'
    return tell([...found, told(by, 'judge', { outcome: 'notEstablished', criteria: [] })], given)
  }
  const ending = endings[status]
  if (ending) return tell([...found, ending], given)
  let events = tell(found, given)
  for (const next of [...judge, ...rest]) {
    if (stateOf(events).status === status) return events
    events = tell([next], given, events)
  }
  if (stateOf(events).status === status) return events
  throw new Error(`no way to ${status}`)
}

export const daysLater = (days: number): string => addDays(today, days)
