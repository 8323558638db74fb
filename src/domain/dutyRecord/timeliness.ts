import type { Side } from '#domain/access/role.ts'
import { daysBetween } from '#domain/calendarDate.ts'
import { matters } from '#domain/hazard/matters.ts'
import type { HazardState } from '#domain/hazard/state.ts'

/** Until when an act was due, and how late it was done; nothing late is 0. */
export type ActTimeliness = { readonly dueOn: string; readonly daysLate: number }

/**
 * Whether an act on a hazard came in time: what waited for that very act on the doer's side as it was done, with the day
 * it was due. Most acts have no day of their own, and then nothing is said.
 */
export const actTimeliness = (
  before: HazardState | undefined,
  { act, on, side }: { readonly act: string; readonly on: string; readonly side: Side },
): ActTimeliness | undefined => {
  if (!before) return undefined
  const waitingOn = side === 'mine' ? 'mine' : 'bureau'
  const due = matters(before)
    .filter((matter) => matter.act === act && matter.side === waitingOn)
    .flatMap(({ dueOn }) => dueOn ?? [])
    .sort()
    .at(0)
  return due === undefined ? undefined : { dueOn: due, daysLate: Math.max(0, daysBetween(due, on)) }
}
