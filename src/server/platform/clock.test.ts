import { describe, expect, it } from 'vitest'
import { businessDate, businessTime, fixedClock, realClock } from './clock.ts'

const dateAt = (iso: string) => businessDate(new Date(iso))

describe('the business date', () => {
  it('turns at midnight in Shanghai, not at midnight UTC', () => {
    expect(dateAt('2023-09-14T15:59:59.999Z')).toBe('2023-09-14')
    expect(dateAt('2023-09-14T16:00:00.000Z')).toBe('2023-09-15')
    expect(dateAt('2023-09-15T00:00:00.000Z')).toBe('2023-09-15')
  })

  it('crosses month, leap day and year with it', () => {
    expect(dateAt('2024-02-28T16:00:00Z')).toBe('2024-02-29')
    expect(dateAt('2024-02-29T16:00:00Z')).toBe('2024-03-01')
    expect(dateAt('2023-12-31T15:59:59Z')).toBe('2023-12-31')
    expect(dateAt('2023-12-31T16:00:00Z')).toBe('2024-01-01')
  })

  it('knows the summer time China kept until 1991', () => {
    expect(dateAt('1988-07-01T14:59:59Z')).toBe('1988-07-01')
    expect(dateAt('1988-07-01T15:00:00Z')).toBe('1988-07-02')
  })
})

describe('the business time', () => {
  it('is read in Shanghai, with midnight as 00:00', () => {
    expect(businessTime(new Date('2023-09-15T06:05:59Z'))).toBe('14:05')
    expect(businessTime(new Date('2023-09-14T16:00:00Z'))).toBe('00:00')
    expect(businessTime(new Date('2023-09-14T15:59:59Z'))).toBe('23:59')
  })
})

describe('a clock', () => {
  it('that is fixed stands still and hands out no shared Date', () => {
    const clock = fixedClock('2023-09-15T09:00:00+08:00')
    clock.now().setFullYear(1999)
    expect(clock.now().toISOString()).toBe('2023-09-15T01:00:00.000Z')
  })

  it('is refused an instant without a zone, or no instant at all', () => {
    expect(() => fixedClock('2023-09-15T09:00:00')).toThrow(/zone/)
    expect(() => fixedClock('yesterday')).toThrow(/not an instant/)
  })

  it('that is real keeps the time of the machine', () => {
    const before = Date.now()
    const now = realClock.now().getTime()
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })
})
