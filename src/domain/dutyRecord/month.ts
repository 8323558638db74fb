import { addMonths } from '#domain/calendarDate.ts'

const firstDay = (one: string): string => `${one}-01`

/** The instants between which a month lies in Asia/Shanghai: from, and before. */
export const instantsOfMonth = (one: string): { readonly from: string; readonly before: string } => ({
  from: `${firstDay(one)}T00:00:00+08:00`,
  before: `${addMonths(firstDay(one), 1)}T00:00:00+08:00`,
})

/** Every month from one to another, both of them in it. */
export const monthsBetween = (from: string, until: string): readonly string[] => {
  const months: string[] = []
  for (let at = firstDay(from); at.slice(0, 7) <= until; at = addMonths(at, 1)) months.push(at.slice(0, 7))
  return months
}
