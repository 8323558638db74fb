import type { CalendarDate } from '#domain/calendarDate.ts'

/** The only source of `now`: a demo, a test and an audit can stand on any day. */
export type Clock = { readonly now: () => Date }

export const realClock: Clock = { now: () => new Date() }

/** A clock that stands still. `iso` carries its zone, e.g. '2023-09-15T09:00:00+08:00'. */
export const fixedClock = (iso: string): Clock => {
  const instant = Date.parse(iso)
  if (Number.isNaN(instant)) throw new RangeError(`not an instant: ${iso}`)
  if (!/(Z|[+-]\d{2}:\d{2})$/.test(iso)) throw new RangeError(`an instant needs its zone: ${iso}`)
  return { now: () => new Date(instant) }
}

const shanghai = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The day an instant falls on where deadlines are counted: Asia/Shanghai, whatever the server's own zone. */
export const businessDate = (instant: Date): CalendarDate => shanghai.format(instant)

const shanghaiTime = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })

/** The time of day in Asia/Shanghai, '14:05'. */
export const businessTime = (instant: Date): string => shanghaiTime.format(instant)
