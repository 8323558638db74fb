import { addDays, type CalendarDate } from '#domain/calendarDate.ts'
import type { CountedRhythm, DueRule, Duty } from './duty.ts'
import { type Period, periodsTouching } from './period.ts'

/** One time a duty is to be done. `dueOn` undefined: the source gives no day, so it can be open but never late. */
export type DutyInstance = {
  readonly dutyId: string
  readonly key: string
  readonly from: CalendarDate
  readonly to: CalendarDate
  readonly dueOn: CalendarDate | undefined
  readonly times: number
}

export type Span = { readonly from: CalendarDate; readonly to: CalendarDate }

const dueOf = (period: Period, rule: DueRule | undefined): CalendarDate => {
  if (rule?.kind === 'afterPeriod') return addDays(period.to, rule.days)
  if (rule?.kind === 'beforeDayOfYear') return addDays(`${period.to.slice(0, 4)}-${rule.monthDay}`, -1)
  return period.to
}

/** Days a due date may lie outside its period: what must be looked at beside the span that is asked for. */
const reach = (rule: DueRule | undefined): number => (rule?.kind === 'afterPeriod' ? rule.days : 0)

const later = (a: CalendarDate, b: CalendarDate): CalendarDate => (a > b ? a : b)
const earlier = (a: CalendarDate, b: CalendarDate): CalendarDate => (a < b ? a : b)

/** What binds for only a part of the period counts from the first day on which it is in force to the last. */
const within = ({ validFrom, validTo }: Duty, { key, from, to }: Period): Period | undefined => {
  const cut = { key, from: later(from, validFrom), to: validTo === undefined ? to : earlier(to, validTo) }
  return cut.from <= cut.to ? cut : undefined
}

const periodic = (duty: Duty, rhythm: CountedRhythm & { kind: 'periods' }, span: Span): readonly DutyInstance[] => {
  const lookFrom = later(addDays(span.from, -reach(rhythm.due)), duty.validFrom)
  const lookTo = later(span.to, lookFrom)
  // A due day before the period's end (汛期来临前) lies in a period that the span touches anyway.
  return periodsTouching(rhythm.every, lookFrom, lookTo).flatMap((period) => {
    const binding = within(duty, period)
    if (!binding) return []
    const dueOn = dueOf(period, rhythm.due)
    // The day has passed before the duty came into force: nobody could have kept it.
    if (dueOn < binding.from || dueOn < span.from || dueOn > span.to) return []
    return [{ dutyId: duty.id, ...binding, dueOn, times: rhythm.times }]
  })
}

/** The instances of a duty that are due within the span, by due day: spans laid end to end repeat none and leave none out. */
export const instancesDue = (duty: Duty, span: Span): readonly DutyInstance[] =>
  duty.counted
    .flatMap((rhythm): readonly DutyInstance[] => {
      if (rhythm.kind === 'periods') return periodic(duty, rhythm, span)
      if (rhythm.by === undefined || rhythm.by < span.from || rhythm.by > span.to) return []
      return [onceOf(duty, rhythm)]
    })
    .toSorted((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1))

const onceOf = (duty: Duty, { from, by }: CountedRhythm & { kind: 'once' }): DutyInstance => ({
  dutyId: duty.id,
  key: 'once',
  from: from ?? duty.validFrom,
  // A mine that joins after the day still owes it, while the duty is in force.
  to: duty.validTo ?? by ?? duty.validFrom,
  dueOn: by,
  times: 1,
})

/** What is to be done once and for which no day is given. */
export const undatedOf = (duty: Duty): readonly DutyInstance[] =>
  duty.counted.flatMap((rhythm) => (rhythm.kind === 'once' && rhythm.by === undefined ? [onceOf(duty, rhythm)] : []))
