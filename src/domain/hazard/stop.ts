import { latest } from '#domain/hazard/facts.ts'
import type { HazardState, Stop, StoppedArea } from '#domain/hazard/state.ts'

const wider = (one: Stop | undefined, other: Stop): Stop => (one === 'whole' ? one : other)

const without = ({ stop: _stop, stopped: _stopped, ...rest }: HazardState): HazardState => rest

/** The last day on which a stop was lifted or production resumed. */
const lastLifted = ({ facts }: HazardState): string | undefined =>
  [
    ...(facts.controlLifted ?? []).map(({ on }) => on),
    ...(facts.resumeDecision ?? []).filter(({ granted }) => granted === 'yes').map(({ on }) => on),
  ]
    .sort()
    .at(-1)

/** A stop stands from the control on; one entered late, from before the last lifting, is history and does not stand anew. */
export const afterControl = (state: HazardState): HazardState => {
  const control = latest(state.facts.control)
  if (control?.scope !== 'whole' && control?.scope !== 'partial') return state
  const lifted = lastLifted(state)
  if (lifted !== undefined && control.on < lifted) return state
  const { where, scope, on } = control
  return { ...state, stop: wider(state.stop, scope), stopped: [...(state.stopped ?? []), { where, scope, on }] }
}

/** Where it was lifted it stands no longer; a place that nobody had named lifts none by itself. */
const stillStopped = ({ stopped = [], facts }: HazardState): readonly StoppedArea[] => {
  const lifted = latest(facts.controlLifted)?.where
  return stopped.filter(({ where }) => where !== lifted)
}

/** Lifting leaves what the record says remains; a control put up later stands by itself. */
export const afterLifting = (state: HazardState): HazardState => {
  const remaining = latest(state.facts.controlLifted)?.remaining ?? 'none'
  if (remaining === 'none') return without(state)
  if (state.stop === undefined) return state
  return { ...state, stop: remaining === 'whole' ? state.stop : 'partial', stopped: stillStopped(state) }
}

export const afterResuming = (state: HazardState): HazardState =>
  latest(state.facts.resumeDecision)?.granted === 'yes' ? without(state) : state
