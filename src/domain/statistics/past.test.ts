import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, legalDay } from '#domain/calendarDate.ts'
import { fold } from '#domain/hazard/evolve.ts'
import { figuresOf } from '#domain/statistics/figures.ts'
import { pastOf, pastRow, standingAt, standingOf, statesOf } from '#domain/statistics/past.ts'
import { led, stateOf } from '#tests/support/hazardStream.ts'
import { firstDay, history } from '#tests/support/randomHistories.ts'

const dayWithin = fc.nat(400).map((days) => addDays(firstDay, days - 5))

describe('截至某日的情形', () => {
  test('等于把截至那天收到的记录重放一遍', () => {
    fc.assert(
      fc.property(history, dayWithin, (events, day) => {
        const known = events.filter(({ receivedAt }) => legalDay(receivedAt) <= day)
        const replayed = fold(known)
        expect(standingAt(pastOf(statesOf(events)), day)).toEqual(replayed && standingOf(replayed))
      }),
      { numRuns: 300 },
    )
  })

  test('没有变化的日子不另记，各列一样长', () => {
    fc.assert(
      fc.property(history, (events) => {
        const past = pastOf(statesOf(events))
        for (const [at, { since, standing }] of past.entries()) {
          const before = past[at - 1]
          if (!before) continue
          expect(since > before.since).toBe(true)
          expect(standing).not.toEqual(before.standing)
        }
        const { mine_id: _mine, found_by: _foundBy, ...columns } = pastRow(statesOf(events), stateOf(events))
        expect(new Set(Object.values(columns).map(({ length }) => length))).toEqual(new Set([past.length]))
      }),
      { numRuns: 100 },
    )
  })

  test('随机的经历里，各种结局都有', () => {
    const ends = new Set(fc.sample(history, { numRuns: 400, seed: 7 }).map((events) => stateOf(events).status))
    expect([...ends]).toEqual(
      expect.arrayContaining([
        'found',
        'judged',
        'rectifying',
        'accepted',
        'closed',
        'notEstablished',
        'merged',
        'transferred',
      ]),
    )
  })
})

describe('统计的口径', () => {
  const standing = (status: Parameters<typeof led>[0], kind?: Parameters<typeof led>[1]) =>
    standingOf(stateOf(led(status, kind)))

  test('判定不构成的、由另一条继续的，不算查出', () => {
    const figures = figuresOf([standing('notEstablished'), standing('merged')], '2023-12-31')
    expect(figures).toEqual({ found: 0, rectified: 0, open: 0, overdue: 0, listed: 0, delisted: 0 })
  })

  test('企业没有验收又过了期限的才算逾期：验收以后等复查，不是企业的逾期', () => {
    expect(figuresOf([standing('rectifying')], '2023-10-31')).toMatchObject({ open: 1, overdue: 0 })
    expect(figuresOf([standing('rectifying')], '2023-11-01')).toMatchObject({ open: 1, overdue: 1 })
    expect(figuresOf([standing('accepted')], '2023-11-01')).toMatchObject({ open: 1, overdue: 0 })
  })

  test('因关闭终结的是查出的，但没有整改', () => {
    expect(figuresOf([standing('endedByClosure')], '2023-12-31')).toMatchObject({ found: 1, rectified: 0, open: 0 })
  })
})
