import type { CalendarDate } from '#domain/calendarDate.ts'
import type { MinePast } from './binding.ts'
import type { Duty } from './duty.ts'
import { type DutyInstance, instancesDue, type Span, undatedOf } from './instances.ts'
import { type DutyState, type Proof, stateOf } from './state.ts'

/** Which instance a proof belongs to. */
export const instanceName = ({ dutyId, key }: { readonly dutyId: string; readonly key: string }): string =>
  `${dutyId} ${key}`

/** The instances of all duties due within a span: the same for every mine. */
export const instancesOfAll = (duties: readonly Duty[], span: Span): readonly (readonly [Duty, DutyInstance])[] =>
  duties.flatMap((duty) => instancesDue(duty, span).map((instance) => [duty, instance] as const))

export type CalendarOf = {
  readonly duties: readonly Duty[]
  readonly past: MinePast
  readonly proofs: readonly Proof[]
  readonly today: CalendarDate
}

const statesOf = (
  instances: readonly (readonly [Duty, DutyInstance])[],
  { past, proofs, today }: Omit<CalendarOf, 'duties'>,
): readonly DutyState[] => {
  const byInstance = Map.groupBy(proofs, instanceName)
  return instances.map(([duty, instance]) =>
    stateOf(duty, past, instance, byInstance.get(instanceName(instance)) ?? [], today),
  )
}

/** What a mine owed or owes with a due day within the span, and how each stands. */
export const calendar = (of: CalendarOf, span: Span): readonly DutyState[] =>
  statesOf(instancesOfAll(of.duties, span), of)

/** What is to be done once without a stated day. */
export const undated = (of: CalendarOf): readonly DutyState[] =>
  statesOf(
    of.duties.flatMap((duty) => undatedOf(duty).map((instance) => [duty, instance] as const)),
    of,
  )
