import { z } from 'zod'
import { type CalendarDate, lastDayOfMonth } from '#domain/calendarDate.ts'

/** 'YYYY-MM': the month that a self-check is of. */
export const month = z
  .string()
  .regex(/^[1-9]\d{3}-(0[1-9]|1[0-2])$/, '月份写成 2023-09 的样子')
  .describe('月份')

export type Month = z.infer<typeof month>

export const monthOf = (day: CalendarDate): Month => day.slice(0, 7)

export const lastDayOf = (of: Month): CalendarDate => lastDayOfMonth(`${of}-01`)

export const monthBefore = (of: Month): Month => {
  const [year = 0, number = 0] = of.split('-').map(Number)
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`
}

/** Which rules a month's sheet asks by: those of today while it runs, those of its last day once it is over. */
export const askedOn = (of: Month, today: CalendarDate): CalendarDate =>
  today <= lastDayOf(of) ? today : lastDayOf(of)
