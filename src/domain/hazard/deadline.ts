import { daysBetween } from '#domain/calendarDate.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { isOpen } from '#domain/hazard/status.ts'

/**
 * The deadline that counts. Assigning or a department's order can set it or bring it forward; later it moves only by an
 * extension that was granted. A renewed order after a failed recheck does not move it (PRACTICE A13).
 */
export const effectiveDeadline = ({ due }: HazardState): string | undefined => due

/** The deadline after one more date was named: the earlier of the two counts. */
export const broughtForward = (state: HazardState, named: string | undefined): HazardState =>
  named === undefined || (state.due !== undefined && state.due <= named) ? state : { ...state, due: named }

/** The day on which the mine had done its part: accepted, or asked for the recheck, and neither fell since. */
export const finishedOn = ({ acceptance, recheckRequest }: HazardState): string | undefined => {
  if (!acceptance) return recheckRequest?.on
  if (!recheckRequest) return acceptance.on
  return acceptance.on < recheckRequest.on ? acceptance.on : recheckRequest.on
}

export type Timeliness =
  | { readonly kind: 'noDeadline' }
  | { readonly kind: 'running'; readonly deadline: string; readonly daysLeft: number }
  | { readonly kind: 'inTime'; readonly deadline: string; readonly finishedOn: string }
  | { readonly kind: 'finishedLate'; readonly deadline: string; readonly finishedOn: string; readonly daysLate: number }
  | { readonly kind: 'overdue'; readonly deadline: string; readonly daysLate: number }
  | { readonly kind: 'ended' }

/**
 * Overdue means: not accepted by the mine and no recheck asked for by the deadline; whenever the recheck and the
 * close-out come, they are not the mine's delay (PRACTICE A13).
 */
export const timeliness = (state: HazardState, today: string): Timeliness => {
  const deadline = effectiveDeadline(state)
  const finished = finishedOn(state)
  if (deadline && finished) {
    const daysLate = daysBetween(deadline, finished)
    return daysLate > 0
      ? { kind: 'finishedLate', deadline, finishedOn: finished, daysLate }
      : { kind: 'inTime', deadline, finishedOn: finished }
  }
  if (!isOpen(state.status)) return { kind: 'ended' }
  if (!deadline) return { kind: 'noDeadline' }
  const daysLeft = daysBetween(today, deadline)
  return daysLeft < 0 ? { kind: 'overdue', deadline, daysLate: -daysLeft } : { kind: 'running', deadline, daysLeft }
}
