import { daysBetween, legalDay } from '#domain/calendarDate.ts'
import type { Entry, HazardState } from '#domain/hazard/state.ts'
import { isOpen } from '#domain/hazard/status.ts'

/**
 * The deadline that counts. Assigning or a department's order can set it or bring it forward; later it moves only by an
 * extension that was granted. A renewed order after a failed recheck does not move it (PRACTICE A13).
 */
export const effectiveDeadline = ({ due }: HazardState): string | undefined => due

/** The deadline after one more date was named: the earlier of the two counts. */
export const broughtForward = (state: HazardState, named: string | undefined): HazardState =>
  named === undefined || (state.due !== undefined && state.due <= named) ? state : { ...state, due: named }

/** What says that the mine had done its part: accepted, or asked for the recheck, and neither fell since. */
const finishing = ({ acceptance, recheckRequest }: HazardState): Entry | undefined => {
  if (!acceptance || !recheckRequest) return acceptance ?? recheckRequest
  return acceptance.on < recheckRequest.on ? acceptance : recheckRequest
}

export const finishedOn = (state: HazardState): string | undefined => finishing(state)?.on

export type Timeliness =
  | { readonly kind: 'noDeadline' }
  | { readonly kind: 'running'; readonly deadline: string; readonly daysLeft: number }
  | {
      readonly kind: 'inTime'
      readonly deadline: string
      readonly finishedOn: string
      /** Entered only after the deadline had passed (补录): allowed (PRACTICE A3, A14), and said wherever it counts. */
      readonly enteredOn?: string | undefined
    }
  | { readonly kind: 'finishedLate'; readonly deadline: string; readonly finishedOn: string; readonly daysLate: number }
  | { readonly kind: 'overdue'; readonly deadline: string; readonly daysLate: number }
  | { readonly kind: 'ended' }

/**
 * Overdue means: not accepted by the mine and no recheck asked for by the deadline; whenever the recheck and the
 * close-out come, they are not the mine's delay (PRACTICE A13).
 */
export const timeliness = (state: HazardState, today: string): Timeliness => {
  const deadline = effectiveDeadline(state)
  const finished = finishing(state)
  if (deadline && finished) {
    const daysLate = daysBetween(deadline, finished.on)
    if (daysLate > 0) return { kind: 'finishedLate', deadline, finishedOn: finished.on, daysLate }
    const enteredOn = legalDay(finished.receivedAt)
    return { kind: 'inTime', deadline, finishedOn: finished.on, ...(enteredOn > deadline && { enteredOn }) }
  }
  if (!isOpen(state.status)) return { kind: 'ended' }
  if (!deadline) return { kind: 'noDeadline' }
  const daysLeft = daysBetween(today, deadline)
  return daysLeft < 0 ? { kind: 'overdue', deadline, daysLate: -daysLeft } : { kind: 'running', deadline, daysLeft }
}
