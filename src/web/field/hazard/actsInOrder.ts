import type { HazardShown } from '#contract/hazard.ts'
import type { Ability } from '#domain/hazard/can.ts'
import type { StepName } from '#domain/hazard/steps.ts'
import type { HazardAct } from '#domain/hazard/transitions.ts'

/** Acts that a step is done by, the usual one first. */
const actsOf: Readonly<Record<StepName, readonly HazardAct[]>> = {
  found: [],
  controlled: ['control', 'judge'],
  judged: ['judge'],
  disclosed: ['posting', 'departmentReport', 'workersReport', 'plan', 'assign', 'progress'],
  assigned: ['assign', 'progress'],
  rectified: ['accept', 'progress', 'evaluation', 'plan'],
  accepted: ['accept', 'progress'],
  rechecked: ['recheck', 'requestRecheck'],
  closed: ['closeOut'],
}

const working: readonly HazardAct[] = ['progress', 'accept', 'evaluation', 'plan']

/** Said to be on the way, by its own latest figure: acceptance is not what comes next. */
const unfinished = ({ facts }: HazardShown['state']): boolean => {
  const percent = facts.progress?.findLast((one) => one.percent !== undefined)?.percent
  return percent !== undefined && percent < 100
}

export type ActsInOrder = {
  /** What the next step asks for and may be done now. */
  readonly next: readonly Ability[]
  readonly others: readonly Ability[]
  /** Not yet, with the reason. */
  readonly refused: readonly Ability[]
}

/** The next lawful acts first; what is lawful too, after it; what stands against the rest, at the end. */
export const actsInOrder = ({ can, steps, state }: Pick<HazardShown, 'can' | 'steps' | 'state'>): ActsInOrder => {
  const step = steps.find(({ standing }) => standing === 'next')
  const wanted: readonly string[] = step
    ? unfinished(state) && step.name === 'rectified'
      ? working
      : actsOf[step.name]
    : ['trace']
  const lawful = can.filter(({ refusal }) => !refusal)
  // Asked for once is enough; what waits now is the department's recheck.
  const asked = (act: string): boolean => act === 'requestRecheck' && state.recheckRequest !== undefined
  const rank = ({ act }: Ability): number => (asked(act) ? -1 : wanted.indexOf(act))
  const next = lawful.filter((one) => rank(one) >= 0).sort((a, b) => rank(a) - rank(b))
  return {
    next,
    others: lawful.filter((one) => rank(one) < 0),
    refused: can.filter(({ refusal }) => refusal !== undefined),
  }
}
