import type { CalendarDate } from '#domain/calendarDate.ts'
import type { MineStatus, MineType } from '#domain/org/mine.ts'
import type { DutyActor, Rhythm } from '#rulebook/obligation.ts'
import type { PeriodLength } from './period.ts'

/** Which record counts: the month's self-check with the principal's signature, or a dated record of the duty itself. */
export type Fulfilment =
  | { readonly by: 'selfCheck' }
  | { readonly by: 'dutyRecord'; readonly signedByPrincipal: boolean; readonly files: boolean }

/** When an instance is due, beside the end of its period. */
export type DueRule =
  /** 次月15日前: so many days after the period's end. */
  | { readonly kind: 'afterPeriod'; readonly days: number }
  /** 汛期来临前: the day before this day of the year. */
  | { readonly kind: 'beforeDayOfYear'; readonly monthDay: string }

/** A rhythm that the calendar can count. */
export type CountedRhythm =
  | { readonly kind: 'periods'; readonly every: PeriodLength; readonly times: number; readonly due?: DueRule }
  | { readonly kind: 'once'; readonly from?: CalendarDate; readonly by?: CalendarDate }

/**
 * A duty as the calendar computes it: made from an obligation of a notice or of the law, its settings put in.
 * What happens on an occasion, without end, or without a stated rhythm (有事即做, 一直保持, 定期) has no instances of its
 * own and stands in `uncounted`, so that no page can take its absence for fulfilment.
 */
export type Duty = {
  readonly id: string
  readonly title: string
  readonly actor: DutyActor
  readonly counted: readonly CountedRhythm[]
  readonly uncounted: readonly Rhythm[]
  /** Statuses of a mine it binds; empty: it is no duty of a mine. */
  readonly statuses: readonly MineStatus[]
  /** Kinds of mine it binds; undefined: all. */
  readonly mineTypes: readonly MineType[] | undefined
  /** Only mines the campaign covers: a duty of the notice. Those of the law bind every mine. */
  readonly campaignOnly: boolean
  /** Nothing to be done while nobody works: under a stop order of the whole mine it is paused. */
  readonly presupposesWork: boolean
  readonly validFrom: CalendarDate
  readonly validTo: CalendarDate | undefined
  readonly phase: string | undefined
  readonly fulfilment: Fulfilment
}
