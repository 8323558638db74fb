import { legalDay } from '#domain/calendarDate.ts'
import type { RecordedEvent } from '#domain/event.ts'
import { effectiveDeadline, finishedOn } from '#domain/hazard/deadline.ts'
import { evolve } from '#domain/hazard/evolve.ts'
import { foundBy } from '#domain/hazard/source.ts'
import { listingStands } from '#domain/hazard/standing.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { isOpen } from '#domain/hazard/status.ts'
import type { Standing } from '#domain/statistics/figures.ts'

/** What statistics ask of a state. */
export const standingOf = (state: HazardState): Standing => {
  const open = isOpen(state.status)
  return {
    status: state.status,
    judged: state.judgement?.grade ?? 'none',
    foundBy: foundBy(state.finding.source),
    foundOn: state.finding.on,
    dueOn: effectiveDeadline(state),
    open,
    clockRuns: open && finishedOn(state) === undefined,
    listed: (state.facts.listing?.length ?? 0) > 0,
    listingStands: listingStands(state),
    continued: state.ending?.other !== undefined,
  }
}

/** An event with the state it led to. */
export type EntryState = { readonly event: RecordedEvent; readonly state: HazardState }

/** The fold of a stream with every state on the way. */
export const statesOf = (events: readonly RecordedEvent[]): readonly EntryState[] => {
  let state: HazardState | undefined
  return events.map((event) => {
    state = evolve(state, event)
    return { event, state }
  })
}

type Day = { readonly since: string; readonly standing: Standing }

const isSame = (one: Standing, other: Standing): boolean =>
  one.status === other.status &&
  one.judged === other.judged &&
  one.foundOn === other.foundOn &&
  one.dueOn === other.dueOn &&
  one.clockRuns === other.clockRuns &&
  one.listed === other.listed &&
  one.listingStands === other.listingStands &&
  one.continued === other.continued

/**
 * How a hazard stood at the end of every day since it was entered, days on which nothing changed left out. A day is the
 * day on which an entry was received: what was entered later was not known before, whatever day it states.
 */
export const pastOf = (entries: readonly EntryState[]): readonly Day[] => {
  const days: Day[] = []
  let since = ''
  for (const { event, state } of entries) {
    const received = legalDay(event.receivedAt)
    // Clocks of two servers may differ by a breath; an entry was never known before the one it builds on.
    if (received > since) since = received
    const standing = standingOf(state)
    const before = days.at(-1)
    if (before?.since === since) days.pop()
    const previous = days.at(-1)
    if (!previous || !isSame(previous.standing, standing)) days.push({ since, standing })
  }
  return days
}

/** The standing at the end of a day; none where the hazard had not been entered yet. */
export const standingAt = (past: readonly Day[], day: string): Standing | undefined =>
  past.findLast(({ since }) => since <= day)?.standing

/** The row of read.hazard_past: the days in columns, place by place. */
export const pastRow = (entries: readonly EntryState[], { finding }: HazardState) => {
  const past = pastOf(entries)
  const column = <T>(read: (standing: Standing) => T): readonly T[] => past.map(({ standing }) => read(standing))
  return {
    mine_id: finding.mineId,
    found_by: foundBy(finding.source),
    since: past.map(({ since }) => since),
    status: column(({ status }) => status),
    judged_grade: column(({ judged }) => (judged === 'none' ? null : judged)),
    found_on: column(({ foundOn }) => foundOn),
    due_on: column(({ dueOn }) => dueOn ?? null),
    clock_runs: column(({ clockRuns }) => clockRuns),
    listed: column(({ listed }) => listed),
    listing_stands: column(({ listingStands: stands }) => stands),
    continued: column(({ continued }) => continued),
  }
}
