import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '#domain/calendarDate.ts'
import { periodLengths, periodOf, periodsTouching } from './period.ts'

const someDay = fc.integer({ min: 0, max: 36_524 }).map((days) => addDays('2000-01-01', days))
const length = fc.constantFrom(...periodLengths)

describe('a period of the calendar', () => {
  test.each([
    ['day', '2024-02-29', '2024-02-29', '2024-02-29', '2024-02-29'],
    ['week', '2023-01-01', '2022-W52', '2022-12-26', '2023-01-01'],
    ['week', '2024-12-30', '2025-W01', '2024-12-30', '2025-01-05'],
    ['week', '2026-12-31', '2026-W53', '2026-12-28', '2027-01-03'],
    ['month', '2024-02-10', '2024-02', '2024-02-01', '2024-02-29'],
    ['month', '2023-02-10', '2023-02', '2023-02-01', '2023-02-28'],
    ['quarter', '2023-05-31', '2023-Q2', '2023-04-01', '2023-06-30'],
    ['halfYear', '2023-07-01', '2023-H2', '2023-07-01', '2023-12-31'],
    ['year', '2024-12-31', '2024', '2024-01-01', '2024-12-31'],
  ] as const)('the %s of %s is %s, from %s to %s', (every, day, key, from, to) => {
    expect(periodOf(every, day)).toEqual({ key, from, to })
  })

  test('holds the day that was asked for, and each of its days names the same period', () => {
    fc.assert(
      fc.property(length, someDay, fc.nat(), (every, day, step) => {
        const period = periodOf(every, day)
        expect(period.from <= day && day <= period.to).toBe(true)
        const another = addDays(period.from, step % 366)
        if (another <= period.to) expect(periodOf(every, another)).toEqual(period)
      }),
    )
  })

  test('follows upon the one before without a gap, with a key of its own', () => {
    fc.assert(
      fc.property(length, someDay, fc.integer({ min: 0, max: 800 }), (every, from, days) => {
        const periods = periodsTouching(every, from, addDays(from, days))
        for (const [at, period] of periods.entries()) {
          const next = periods[at + 1]
          if (next) expect(next.from).toBe(addDays(period.to, 1))
        }
        expect(new Set(periods.map(({ key }) => key)).size).toBe(periods.length)
      }),
    )
  })

  test('nothing is touched by a span that ends before it begins', () => {
    expect(periodsTouching('month', '2023-08-01', '2023-07-31')).toEqual([])
  })
})
