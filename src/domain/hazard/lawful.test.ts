import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Role, roleNames } from '#domain/access/role.ts'
import { addDays } from '#domain/calendarDate.ts'
import type { RecordedEvent } from '#domain/event.ts'
import { can } from '#domain/hazard/can.ts'
import { decide } from '#domain/hazard/decide.ts'
import { evolve } from '#domain/hazard/evolve.ts'
import { isFact } from '#domain/hazard/facts.ts'
import { isComplete } from '#domain/hazard/five.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { everyStatus, type HazardStatus } from '#domain/hazard/status.ts'
import { type HazardAct, hazardActs, transitions } from '#domain/hazard/transitions.ts'
import { arbitraryBody } from '#tests/support/arbitraryBody.ts'
import {
  actorOf,
  bureauId,
  contextOf,
  led,
  mineId,
  otherHazardId,
  recorded,
  stateOf,
} from '#tests/support/hazardStream.ts'
import { illegal } from '#tests/support/illegal.ts'
import { arbitraryLedgerRow } from '#tests/support/ledgerRows.ts'

const sequences = 1000
const steps = 40

/** The posts that do most of the work; now and then anybody tries anything. */
const busy: readonly Role[] = ['principal', 'safetyOfficer', 'technicalHead', 'regulator', 'enforcer', 'sectionChief']
const starts = ['report', 'report', 'report', 'report', 'reportFixed'] as const
const oldLedger = 'imported'
const endings: readonly HazardAct[] = ['merge', 'transfer', 'handOver', 'endByClosure', 'reopen']
const towardsClosing: readonly HazardAct[] = [
  'judge',
  'control',
  'posting',
  'departmentReport',
  'workersReport',
  'plan',
  'assign',
  'evaluation',
  'accept',
  'recheck',
  'closeOut',
]

/** Answers that wait for a question: rare by chance alone, so whoever may give one is asked first. */
const answers: readonly HazardAct[] = ['extensionDecision', 'resumeDecision']

type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T
type Try = { readonly act: HazardAct; readonly by: Role }

const oneIn = (draw: Draw, many: number): boolean => draw(fc.nat({ max: many - 1 })) === 0

const offeredTo = (state: HazardState, by: Role): readonly Try[] =>
  can(state, actorOf(by)).flatMap(({ act, refusal }) => (refusal ? [] : [{ act, by }]))

const owed = (state: HazardState, { act }: Try): boolean => {
  if (!towardsClosing.includes(act)) return false
  if (act === 'assign') return !isComplete(state.five)
  return !(isFact(act) && state.facts[act])
}

/** The careful go towards the close-out; some of them forget one thing, and must not get there. */
type Temper = { readonly careful: boolean; readonly forgets: HazardAct | undefined }

/** What somebody tries next: something a careful mine and bureau would, something the page offers, or anything at all. */
const nextTry = (state: HazardState | undefined, draw: Draw, { careful, forgets }: Temper): Try => {
  if (!state && oneIn(draw, 10)) return { act: oldLedger, by: draw(fc.constantFrom(...busy)) }
  if (!state) return { act: draw(fc.constantFrom(...starts)), by: draw(fc.constantFrom(...busy)) }
  if (careful && !oneIn(draw, 5)) {
    const next = busy.flatMap((by) => offeredTo(state, by)).filter((one) => owed(state, one) && one.act !== forgets)
    if (next.length > 0) return draw(fc.constantFrom(...next))
  }
  const waiting = busy.flatMap((by) => offeredTo(state, by)).filter(({ act }) => answers.includes(act))
  if (waiting.length > 0 && oneIn(draw, 2)) return draw(fc.constantFrom(...waiting))
  if (oneIn(draw, 4)) return { act: draw(fc.constantFrom(...hazardActs)), by: draw(fc.constantFrom(...roleNames)) }
  const offered = offeredTo(state, draw(fc.constantFrom(...busy)))
  const onward = oneIn(draw, 6) ? offered : offered.filter(({ act }) => !endings.includes(act))
  if (onward.length === 0) return { act: draw(fc.constantFrom(...hazardActs)), by: draw(fc.constantFrom(...busy)) }
  return draw(fc.constantFrom(...onward))
}

type Reached = { readonly statuses: Set<HazardStatus>; readonly acts: Set<string>; closedMajor: boolean }
type Told = { accepted: number; refused: number }

/** A report from the public stands in the bureau's own register, every other in the mine's. */
const surroundings = (draw: Draw) => {
  const tenantId = oneIn(draw, 6) ? bureauId : mineId
  return {
    tenantId,
    otherHazard: {
      id: otherHazardId,
      tenantId,
      mineId,
      number: 'F01-2023-009',
      status: draw(fc.constantFrom(...everyStatus)),
      grade: draw(fc.constantFrom('major', 'general', undefined)),
    },
  } as const
}

const walk = (draw: Draw, told: Told): Reached => {
  const reached: Reached = { statuses: new Set(), acts: new Set(), closedMajor: false }
  const given = surroundings(draw)
  const temper: Temper = {
    careful: !oneIn(draw, 3),
    forgets: oneIn(draw, 3) ? draw(fc.constantFrom(...towardsClosing.filter(isFact))) : undefined,
  }
  let events: readonly RecordedEvent[] = []
  let state: HazardState | undefined
  let day = '2023-06-01'
  for (let step = 0; step < steps; step += 1) {
    day = addDays(day, draw(fc.integer({ min: 0, max: 3 })))
    const { act, by } = nextTry(state, draw, temper)
    const form = transitions[act]?.body ?? z.object({})
    const drawn: object = draw(act === oldLedger ? arbitraryLedgerRow(day) : arbitraryBody(form, day))
    const source = given.tenantId === bureauId && act !== oldLedger ? { source: 'publicReport' } : {}
    const body = 'mineId' in drawn ? { ...drawn, mineId, ...source } : drawn
    const decided = decide(state, { act, body }, contextOf({ today: day, role: by, ...given }))
    if (!decided.ok) {
      told.refused += 1
      expect(decided.refusal.message).toMatch(/\p{Script=Han}/u)
      expect(decided.refusal.remedy, decided.refusal.code).toMatch(/\p{Script=Han}/u)
      continue
    }
    told.accepted += 1
    const added = recorded(decided.value, { after: events.length, role: by, day })
    for (const event of added) state = evolve(state, event)
    events = [...events, ...added]
    if (!state) throw new Error(`${act} was accepted and nothing happened`)
    reached.acts.add(act)
    reached.statuses.add(state.status)
    const closedMajor = state.status === 'closed' && state.judgement?.grade === 'major'
    if (closedMajor) reached.closedMajor = true
  }
  const found = state ? illegal(state, events) : []
  if (found.length > 0) throw new Error(found.join('; '))
  return reached
}

describe('一千串随便的办理，到不了违法的状态', () => {
  test(`${sequences} 串，每串 ${steps} 步`, { timeout: 180_000 }, () => {
    const told = { accepted: 0, refused: 0 }
    const all: Reached[] = []
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        all.push(walk((arbitrary) => gen(() => arbitrary), told))
      }),
      { numRuns: sequences, seed: 20230915, endOnFailure: true },
    )
    const share = (holds: (one: Reached) => boolean): number => all.filter(holds).length / all.length
    const shares = Object.fromEntries(
      everyStatus.map((status) => [status, share(({ statuses }) => statuses.has(status))]),
    )
    const everDone = new Set(all.flatMap(({ acts }) => [...acts]))
    expect(all.length).toBe(sequences)
    expect(shares.closed).toBeGreaterThan(0.05)
    expect(share(({ closedMajor }) => closedMajor)).toBeGreaterThan(0.05)
    for (const status of everyStatus) expect(shares[status], status).toBeGreaterThan(0.01)
    expect([...everDone].sort()).toEqual([...hazardActs].sort())
    expect(told.refused).toBeGreaterThan(told.accepted / 10)
  })

  test('不变的规矩确实会叫：把复查从历史里拿掉、把罚款当作销号、把期限改晚，都说得出来', () => {
    const closed = led('closed')
    const lacking = (act: string) => closed.filter(({ type }) => type !== `hazard.${act}`)
    for (const act of [
      'posting',
      'departmentReport',
      'workersReport',
      'plan',
      'evaluation',
      'control',
      'accept',
      'recheck',
    ]) {
      const events = lacking(act)
      expect(illegal(stateOf(events), events), act).not.toEqual([])
    }
    expect(illegal(stateOf(closed), closed)).toEqual([])
    expect(illegal({ ...stateOf(closed), number: 'F01-2023-002' }, closed)).toContain(
      'the state is not the fold of its stream',
    )
  })
})
