import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween } from '#domain/calendarDate.ts'
import type { RecordedEvent } from '#domain/event.ts'
import { effectiveDeadline, timeliness } from '#domain/hazard/deadline.ts'
import { attempt, beside, bodies, mineId, person, stateOf, type Told, tell } from '#tests/support/hazardStream.ts'

/** An act told on the day it happened. */
const on = (day: string, by: Told['by'], act: Told['act'], body: object = {}): Told => ({
  day: `2023-${day}`,
  by,
  act,
  body: { ...bodies[act], ...body },
})

/** A major hazard the mine found itself, everything beside the states in order, due on the day named. */
const self = (found: string, due: string): readonly RecordedEvent[] =>
  tell([
    on(found, 'principal', 'report', { mineId }),
    ...beside.map((told) => ({ ...told, day: `2023-${found}` })),
    on(found, 'technicalHead', 'judge'),
    on(found, 'principal', 'assign', { deadline: `2023-${due}` }),
  ])

const accepted = (day: string) => [on(day, 'technicalHead', 'evaluation'), on(day, 'principal', 'accept')]
const today = '2023-09-15'

describe('逾期（PRACTICE A13）：到期企业没有验收、也没有申请复查', () => {
  test('H07：期限06-30，06-29验收并申请；07-05复查、07-06销号都在期限之后，未逾期', () => {
    const events = tell(
      [
        ...accepted('06-29'),
        on('06-29', 'principal', 'requestRecheck'),
        on('07-05', 'enforcer', 'recheck'),
        on('07-06', 'regulator', 'closeOut'),
      ],
      {},
      self('06-20', '06-30'),
    )
    expect(timeliness(stateOf(events), today)).toEqual({
      kind: 'inTime',
      deadline: '2023-06-30',
      finishedOn: '2023-06-29',
    })
  })

  test('H01：08-28验收、08-30申请、09-05复查不合格，从原期限08-31起算，09-15逾期15天；重新责令到09-28不改期限', () => {
    const done = tell([...accepted('08-28'), on('08-30', 'principal', 'requestRecheck')], {}, self('06-14', '08-31'))
    expect(timeliness(stateOf(done), '2023-09-04')).toMatchObject({ kind: 'inTime', finishedOn: '2023-08-28' })
    const failed = tell(
      [
        on('09-05', 'enforcer', 'recheck', { result: 'fail', orderedDeadline: '2023-09-28' }),
        on('09-06', 'regulator', 'order', { deadline: '2023-09-28' }),
      ],
      {},
      done,
    )
    expect(timeliness(stateOf(failed), today)).toEqual({ kind: 'overdue', deadline: '2023-08-31', daysLate: 15 })
  })

  test('H01：复查不合格之后，不能把验收日期倒填到不合格之前', () => {
    const failed = tell(
      [...accepted('08-28'), on('09-05', 'enforcer', 'recheck', { result: 'fail' })],
      {},
      self('06-14', '08-31'),
    )
    const backdated = attempt(failed, on('09-10', 'principal', 'accept', { on: '2023-08-30' }))
    expect(backdated).toMatchObject({
      refusal: { code: 'before-what-it-answers', message: '日期 2023-08-30 早于复查不合格的日期 2023-09-05' },
    })
    const again = [on('09-18', 'technicalHead', 'evaluation'), on('09-20', 'principal', 'accept')]
    const late = tell(again, {}, failed)
    expect(timeliness(stateOf(late), '2023-09-20')).toEqual({
      kind: 'finishedLate',
      deadline: '2023-08-31',
      finishedOn: '2023-09-20',
      daysLate: 20,
    })
  })

  test('H03：08-25到期前申请，08-29批准到10-13，09-15还剩28天', () => {
    const asked = tell(
      [on('08-25', 'principal', 'extensionRequest', { deadline: '2023-10-13' })],
      {},
      self('07-11', '08-31'),
    )
    expect(effectiveDeadline(stateOf(asked))).toBe('2023-08-31')
    const granted = tell([on('08-29', 'bureauDeputy', 'extensionDecision', { deadline: '2023-10-13' })], {}, asked)
    expect(timeliness(stateOf(granted), today)).toEqual({ kind: 'running', deadline: '2023-10-13', daysLeft: 28 })
  })

  test('申请没有批准，不停止计时', () => {
    const refused = tell(
      [
        on('08-25', 'principal', 'extensionRequest', { deadline: '2023-10-13' }),
        on('08-29', 'bureauDeputy', 'extensionDecision', { granted: 'no', deadline: undefined }),
      ],
      {},
      self('07-11', '08-31'),
    )
    expect(timeliness(stateOf(refused), today)).toEqual({ kind: 'overdue', deadline: '2023-08-31', daysLate: 15 })
  })

  test('期限过了再申请延期，不收；批准的期限不比现在晚的，不算延期', () => {
    const events = self('07-11', '08-31')
    expect(attempt(events, on('09-01', 'principal', 'extensionRequest'))).toMatchObject({
      refusal: { code: 'extension-after-expiry' },
    })
    const asked = tell([on('08-25', 'principal', 'extensionRequest')], {}, events)
    expect(attempt(asked, on('08-26', 'bureauDeputy', 'extensionDecision', { deadline: '2023-08-31' }))).toMatchObject({
      refusal: { code: 'extension-not-later' },
    })
    expect(attempt(asked, on('08-26', 'principal', 'extensionRequest'))).toMatchObject({
      refusal: { code: 'extension-pending' },
    })
  })

  test('当天到期不算逾期，过一天才算', () => {
    const state = stateOf(self('07-11', '08-31'))
    expect(timeliness(state, '2023-08-31')).toEqual({ kind: 'running', deadline: '2023-08-31', daysLeft: 0 })
    expect(timeliness(state, '2023-09-01')).toEqual({ kind: 'overdue', deadline: '2023-08-31', daysLate: 1 })
  })

  test('企业没有自定期限，部门责令的期限照样计；责令更早的以责令为准，责令更晚的不顶替', () => {
    const judged = tell([
      on('08-24', 'enforcer', 'report', { source: 'enforcement' }),
      on('08-24', 'enforcer', 'judge'),
      on('08-24', 'enforcer', 'order', { deadline: '2023-09-10' }),
    ])
    expect(timeliness(stateOf(judged), today)).toMatchObject({ kind: 'overdue', daysLate: 5 })
    expect(attempt(judged, on('08-25', 'principal', 'assign', { deadline: '2023-10-20' }))).toMatchObject({
      refusal: { code: 'deadline-moves-by-extension', message: '期限已定为 2023-09-10，不能直接改晚' },
    })
    const later = tell([on('09-06', 'enforcer', 'order', { deadline: '2023-10-20' })], {}, judged)
    expect(effectiveDeadline(stateOf(later))).toBe('2023-09-10')
  })

  test('批准延期之后可以自己提前，提前了就以提前的为准', () => {
    const extended = tell(
      [
        on('08-25', 'principal', 'extensionRequest', { deadline: '2023-10-13' }),
        on('08-29', 'bureauDeputy', 'extensionDecision', { deadline: '2023-10-13' }),
        on('09-01', 'principal', 'assign', { responsible: person(1), deadline: '2023-10-01' }),
      ],
      {},
      self('07-11', '08-31'),
    )
    expect(effectiveDeadline(stateOf(extended))).toBe('2023-10-01')
  })

  test('重新打开已销号的，旧的期限和旧的延期都不算，要重新定', () => {
    const closed = tell(
      [
        on('08-25', 'principal', 'extensionRequest', { deadline: '2023-10-13' }),
        on('08-29', 'bureauDeputy', 'extensionDecision', { deadline: '2023-10-13' }),
        ...accepted('09-10'),
        on('09-11', 'enforcer', 'recheck'),
        on('09-12', 'regulator', 'closeOut'),
      ],
      {},
      self('07-11', '08-31'),
    )
    const reopened = tell([on('09-14', 'regulator', 'reopen')], {}, closed)
    expect(timeliness(stateOf(reopened), today)).toEqual({ kind: 'noDeadline' })
    const again = tell([on('09-14', 'principal', 'assign', { deadline: '2023-09-30' })], {}, reopened)
    expect(timeliness(stateOf(again), today)).toEqual({ kind: 'running', deadline: '2023-09-30', daysLeft: 15 })
  })

  test('因关闭终结的不再计时', () => {
    const ended = tell([on('09-10', 'bureauHead', 'endByClosure')], {}, self('07-11', '08-31'))
    expect(timeliness(stateOf(ended), today)).toEqual({ kind: 'ended' })
  })
})

describe('任何日期', () => {
  const days = fc.integer({ min: 0, max: 120 })
  const judged = tell([
    { day: '2023-06-01', by: 'principal', act: 'report', body: bodies.report },
    ...beside.map((told) => ({ ...told, day: '2023-06-01' })),
    { day: '2023-06-01', by: 'technicalHead', act: 'judge', body: bodies.judge },
    { day: '2023-06-01', by: 'technicalHead', act: 'progress', body: bodies.progress },
    { day: '2023-06-01', by: 'technicalHead', act: 'evaluation', body: bodies.evaluation },
  ])
  const day = (after: number): string => addDays('2023-06-01', after)

  test('在期限之前或当天验收的，复查什么时候来都不逾期；之后验收的，迟几天就是几天', () => {
    fc.assert(
      fc.property(days, days, days, (due, finished, waited) => {
        const events = tell(
          [
            { day: day(0), by: 'principal', act: 'assign', body: { ...bodies.assign, deadline: day(due) } },
            { day: day(finished), by: 'principal', act: 'accept', body: bodies.accept },
            { day: day(finished + waited), by: 'enforcer', act: 'recheck', body: bodies.recheck },
          ],
          {},
          judged,
        )
        const stands = timeliness(stateOf(events), day(finished + waited + 30))
        if (finished <= due) expect(stands).toMatchObject({ kind: 'inTime', finishedOn: day(finished) })
        else expect(stands).toMatchObject({ kind: 'finishedLate', daysLate: finished - due })
      }),
      { numRuns: 200 },
    )
  })

  test('没有验收的，过一天逾期就多一天，从不倒退', () => {
    fc.assert(
      fc.property(days, days, (due, looked) => {
        const state = stateOf(
          tell(
            [{ day: day(0), by: 'principal', act: 'assign', body: { ...bodies.assign, deadline: day(due) } }],
            {},
            judged,
          ),
        )
        const stands = timeliness(state, day(looked))
        const next = timeliness(state, day(looked + 1))
        if (stands.kind === 'overdue') expect(next).toMatchObject({ kind: 'overdue', daysLate: stands.daysLate + 1 })
        else expect(stands).toMatchObject({ kind: 'running', daysLeft: daysBetween(day(looked), day(due)) })
      }),
      { numRuns: 200 },
    )
  })

  test('复查不合格几次，期限都是原来的', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 4 }), (due, times) => {
        const rounds = Array.from({ length: times }, (_, round): Told[] => [
          { day: day(round * 10), by: 'technicalHead', act: 'evaluation', body: bodies.evaluation },
          { day: day(round * 10), by: 'principal', act: 'accept', body: bodies.accept },
          {
            day: day(round * 10 + 5),
            by: 'enforcer',
            act: 'recheck',
            body: { ...bodies.recheck, result: 'fail', orderedDeadline: day(300) },
          },
        ]).flat()
        const assigned: Told = {
          day: day(0),
          by: 'principal',
          act: 'assign',
          body: { ...bodies.assign, deadline: day(due) },
        }
        expect(effectiveDeadline(stateOf(tell([assigned, ...rounds], {}, judged)))).toBe(day(due))
      }),
      { numRuns: 100 },
    )
  })
})

describe('期限过后才补录的验收', () => {
  test('照样算按期（纸上先签、后来补录是允许的），但写明是哪天补录的', () => {
    const events = tell([
      { day: '2023-06-01', by: 'technicalHead', act: 'report', body: bodies.report },
      { day: '2023-06-01', by: 'technicalHead', act: 'judge', body: { outcome: 'general', basis: '不触及判定标准' } },
      { day: '2023-06-01', by: 'technicalHead', act: 'assign', body: { ...bodies.assign, deadline: '2023-06-30' } },
    ])
    const acceptedOn = (day: string) =>
      timeliness(
        stateOf(
          tell([{ day, by: 'principal', act: 'accept', body: { ...bodies.accept, on: '2023-06-29' } }], {}, events),
        ),
        '2023-07-10',
      )
    expect(acceptedOn('2023-06-29')).toEqual({ kind: 'inTime', deadline: '2023-06-30', finishedOn: '2023-06-29' })
    expect(acceptedOn('2023-07-05')).toEqual({
      kind: 'inTime',
      deadline: '2023-06-30',
      finishedOn: '2023-06-29',
      enteredOn: '2023-07-05',
    })
  })
})
