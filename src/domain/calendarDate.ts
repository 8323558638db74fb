import { z } from 'zod'

/**
 * A legal deadline is a day of the calendar (Asia/Shanghai), not an instant: it is kept as
 * 'YYYY-MM-DD' and never becomes a Date with a time zone on the way.
 */
export type CalendarDate = string

const form = /^(\d{4})-(\d{2})-(\d{2})$/
const msPerDay = 86_400_000

type Ymd = { readonly year: number; readonly month: number; readonly day: number }

const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

const read = (value: string): Ymd | undefined => {
  const match = form.exec(value)
  if (match === null) return undefined
  const ymd = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  // Year 0 is no year, and Date.UTC reads years below 100 as 19xx.
  if (ymd.year < 1000 || ymd.month < 1 || ymd.month > 12) return undefined
  if (ymd.day < 1 || ymd.day > daysInMonth(ymd.year, ymd.month)) return undefined
  return ymd
}

const write = ({ year, month, day }: Ymd): CalendarDate => {
  if (year < 1000 || year > 9999) throw new RangeError(`calendar date out of range: year ${year}`)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

const mustRead = (value: CalendarDate): Ymd => {
  const ymd = read(value)
  if (ymd === undefined) throw new RangeError(`not a calendar date: ${value}`)
  return ymd
}

const dayNumber = (value: CalendarDate): number => {
  const { year, month, day } = mustRead(value)
  return Date.UTC(year, month - 1, day) / msPerDay
}

export const isCalendarDate = (value: string): boolean => read(value) !== undefined

const complaint = (value: string): string => {
  if (!form.test(value)) return `“${value.slice(0, 20)}”不是日期，请写成 2023-09-15 的样子`
  const [, year, month] = form.exec(value) ?? []
  if (Number(year) < 1000) return `“${value}”的年份不对，请写四位年份，如 2023-09-15`
  if (Number(month) < 1 || Number(month) > 12) return `“${value}”没有这个月份，月份是 01 到 12`
  return `“${value}”没有这一天，${Number(year)}年${Number(month)}月只有${daysInMonth(Number(year), Number(month))}天（01 起）`
}

/** zod schema of a real day, 'YYYY-MM-DD', years 1000 to 9999. */
export const calendarDate = (rules: { readonly label?: string } = {}) => {
  const name = rules.label === undefined ? '' : `“${rules.label}”`
  return z
    .string({
      error: (issue) => `${name}${issue.input === undefined ? '没有填写，请填写日期' : '应是日期，如 2023-09-15'}`,
    })
    .superRefine((value, context) => {
      if (!isCalendarDate(value)) context.addIssue({ code: 'custom', message: `${name}${complaint(value)}` })
    })
    .meta({ format: 'date' })
}

/** The day `days` later (earlier when negative). Throws RangeError on what is no date or leaves 1000–9999. */
export const addDays = (date: CalendarDate, days: number): CalendarDate => {
  if (!Number.isInteger(days)) throw new RangeError(`whole days only: ${days}`)
  const moved = new Date((dayNumber(date) + days) * msPerDay)
  return write({ year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() })
}

/** Days from `from` to `to`: negative when `to` is earlier. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number => dayNumber(to) - dayNumber(from)

/** -1, 0 or 1. The text form sorts by itself; this says so where a comparator is wanted. */
export const compareDates = (a: CalendarDate, b: CalendarDate): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0)

/** Last day of the month in which `date` lies. */
export const lastDayOfMonth = (date: CalendarDate): CalendarDate => {
  const { year, month } = mustRead(date)
  return write({ year, month, day: daysInMonth(year, month) })
}

/**
 * Same day `months` later; where that month is shorter, its last day: terms counted in months end so by
 * 民法典 202 (没有对应日的，月末日为期间的最后一日).
 */
export const addMonths = (date: CalendarDate, months: number): CalendarDate => {
  if (!Number.isInteger(months)) throw new RangeError(`whole months only: ${months}`)
  const { year, month, day } = mustRead(date)
  const index = year * 12 + (month - 1) + months
  const target = { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 }
  return write({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) })
}

const shanghaiOffsetMs = 8 * 3_600_000

/** The legal day of an instant. China has kept +08:00 without summer time since 1991, so plain arithmetic is right. */
export const legalDay = (instant: string): CalendarDate =>
  new Date(Date.parse(instant) + shanghaiOffsetMs).toISOString().slice(0, 10)
