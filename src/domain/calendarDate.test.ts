import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, calendarDate, compareDates, daysBetween, lastDayOfMonth } from './calendarDate.ts'

const anyDate = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

const messageOf = (value: unknown) => calendarDate().safeParse(value).error?.issues[0]?.message

describe('a calendar date', () => {
  test('is a real day written YYYY-MM-DD', () => {
    for (const real of ['2023-09-15', '2024-02-29', '2000-02-29', '2023-12-31'])
      expect(calendarDate().parse(real)).toBe(real)
  })

  test('that does not exist is refused with the reason', () => {
    expect(messageOf('2023-02-29')).toBe('“2023-02-29”没有这一天，2023年2月只有28天（01 起）')
    expect(messageOf('1900-02-29')).toContain('只有28天')
    expect(messageOf('2023-04-31')).toContain('4月只有30天')
    expect(messageOf('2023-09-00')).toContain('没有这一天')
    expect(messageOf('2023-13-01')).toBe('“2023-13-01”没有这个月份，月份是 01 到 12')
    expect(messageOf('0099-01-01')).toContain('年份不对')
  })

  test('in another form is refused with an example', () => {
    for (const other of [
      '2023/9/15',
      '2023-9-15',
      '20230915',
      ' 2023-09-15',
      '2023-09-15T00:00:00Z',
      '2023-09-15\n',
      '',
    ])
      expect(messageOf(other)).toContain('请写成 2023-09-15 的样子')
    expect(calendarDate({ label: '期限' }).safeParse(undefined).error?.issues[0]?.message).toBe(
      '“期限”没有填写，请填写日期',
    )
    expect(messageOf(20230915)).toBe('应是日期，如 2023-09-15')
  })
})

describe('day arithmetic', () => {
  test('crosses months, leap days and years', () => {
    expect(addDays('2023-09-15', 16)).toBe('2023-10-01')
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2023-02-28', 1)).toBe('2023-03-01')
    expect(addDays('2024-01-01', -1)).toBe('2023-12-31')
    expect(daysBetween('2023-08-31', '2023-09-15')).toBe(15)
    expect(daysBetween('2023-09-15', '2023-08-31')).toBe(-15)
  })

  test('knows the last day of each month', () => {
    expect(['2023-02-10', '2024-02-10', '2023-09-30', '2023-12-01'].map(lastDayOfMonth)).toEqual([
      '2023-02-28',
      '2024-02-29',
      '2023-09-30',
      '2023-12-31',
    ])
  })

  test('a term in months ends on the last day where the month has no such day (民法典 202)', () => {
    expect(addMonths('2023-01-31', 1)).toBe('2023-02-28')
    expect(addMonths('2023-12-31', 2)).toBe('2024-02-29')
    expect(addMonths('2023-03-31', -1)).toBe('2023-02-28')
    expect(addMonths('2023-11-15', 14)).toBe('2025-01-15')
    expect(addMonths('2024-01-15', -1)).toBe('2023-12-15')
  })

  test('refuses what is no date instead of giving NaN', () => {
    expect(() => addDays('2023-02-30', 1)).toThrow(RangeError)
    expect(() => addDays('2023-02-01', 0.5)).toThrow(RangeError)
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError)
  })

  test('adding and counting days undo each other, on every day', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -100_000, max: 100_000 }), (date, days) => {
        const moved = addDays(date, days)
        expect(daysBetween(date, moved)).toBe(days)
        expect(compareDates(moved, date)).toBe(Math.sign(days))
        expect(calendarDate().safeParse(moved).success).toBe(true)
      }),
    )
  })

  test('every day of the calendar is a date and the last day of a month is followed by a first', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(calendarDate().parse(date)).toBe(date)
        expect(addDays(lastDayOfMonth(date), 1).endsWith('-01')).toBe(true)
        expect(lastDayOfMonth(date).slice(0, 7)).toBe(date.slice(0, 7))
      }),
    )
  })

  test('adding months moves exactly that many months and never past the day', () => {
    const monthIndex = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7))
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -1200, max: 1200 }), (date, months) => {
        const moved = addMonths(date, months)
        expect(monthIndex(moved) - monthIndex(date)).toBe(months)
        const sameDay = moved.slice(8) === date.slice(8)
        expect(sameDay || (moved === lastDayOfMonth(moved) && moved.slice(8) < date.slice(8))).toBe(true)
      }),
    )
  })
})
