import type { RecordedEvent } from '#domain/event.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { transitionOf } from '#domain/hazard/transitions.ts'
import { upcast } from '#domain/hazard/upcast.ts'

/** evolve(state, event): the state is the fold of its stream, nothing else. */
export const evolve = (state: HazardState | undefined, recorded: RecordedEvent): HazardState => {
  const event = upcast(recorded)
  const transition = transitionOf(event.type.replace(/^hazard\./, ''))
  if (!transition) throw new Error(`no transition for event type ${event.type}`)
  return transition.evolve(state, event)
}

export const fold = (events: readonly RecordedEvent[]): HazardState | undefined =>
  events.reduce<HazardState | undefined>(evolve, undefined)
