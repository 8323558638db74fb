import { addDays, addMonths, type CalendarDate, daysBetween } from '#domain/calendarDate.ts'

/** The rhythms that divide the calendar: every day lies in exactly one period of each. */
export const periodLengths = ['day', 'week', 'month', 'quarter', 'halfYear', 'year'] as const
export type PeriodLength = (typeof periodLengths)[number]

/** `key` names the period for a person and a record: 2023-07-31, 2023-W31, 2023-07, 2023-Q3, 2023-H2, 2023. */
export type Period = { readonly key: string; readonly from: CalendarDate; readonly to: CalendarDate }

const aMonday = '1970-01-05'

const weekOf = (date: CalendarDate): Period => {
  const from = addDays(date, -(((daysBetween(aMonday, date) % 7) + 7) % 7))
  // ISO 8601: a week belongs to the year its Thursday lies in.
  const thursday = addDays(from, 3)
  const year = thursday.slice(0, 4)
  const number = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1
  return { key: `${year}-W${String(number).padStart(2, '0')}`, from, to: addDays(from, 6) }
}

/** The period of `months` months, counted from January, in which the day lies. */
const monthsOf = (date: CalendarDate, months: number, keyOf: (year: string, number: number) => string): Period => {
  const year = date.slice(0, 4)
  const index = Math.floor((Number(date.slice(5, 7)) - 1) / months)
  const from = addMonths(`${year}-01-01`, index * months)
  return { key: keyOf(year, index + 1), from, to: addDays(addMonths(from, months), -1) }
}

export const periodOf = (length: PeriodLength, date: CalendarDate): Period => {
  switch (length) {
    case 'day':
      return { key: date, from: date, to: date }
    case 'week':
      return weekOf(date)
    case 'month':
      return monthsOf(date, 1, (year, number) => `${year}-${String(number).padStart(2, '0')}`)
    case 'quarter':
      return monthsOf(date, 3, (year, number) => `${year}-Q${number}`)
    case 'halfYear':
      return monthsOf(date, 6, (year, number) => `${year}-H${number}`)
    case 'year':
      return monthsOf(date, 12, (year) => year)
  }
}

/** The periods that touch the days from `from` to `to`, in order; none when `to` is earlier. */
export const periodsTouching = (length: PeriodLength, from: CalendarDate, to: CalendarDate): readonly Period[] => {
  const periods: Period[] = []
  for (let next = from; next <= to; ) {
    const period = periodOf(length, next)
    periods.push(period)
    next = addDays(period.to, 1)
  }
  return periods
}
