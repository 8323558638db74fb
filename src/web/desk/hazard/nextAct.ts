import type { Side } from '#domain/access/role.ts'
import type { Ability } from '#domain/hazard/can.ts'
import { latest } from '#domain/hazard/facts.ts'
import { isComplete } from '#domain/hazard/five.ts'
import { type Matter, matters } from '#domain/hazard/matters.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import type { HazardAct } from '#domain/hazard/transitions.ts'

const along: readonly HazardAct[] = ['judge', 'assign', 'accept', 'requestRecheck', 'recheck', 'closeOut', 'delisting']

/** While the work goes on: progress until it is whole, then the evaluation. */
const meanwhile = ({ facts, status }: HazardState): readonly HazardAct[] => {
  if (status !== 'rectifying') return []
  const percent = facts.progress?.findLast((step) => step.percent !== undefined)?.percent ?? 0
  return percent >= 100 && !latest(facts.evaluation) ? ['evaluation', 'progress'] : ['progress']
}

const sideOfMatters = (side: Side): Matter['side'] | undefined =>
  side === 'mine' ? 'mine' : side === 'bureau' || side === 'township' ? 'bureau' : undefined

/** The one primary button: what waits for this side, in the order of the law, and lawful now. */
export const nextAct = (state: HazardState, can: readonly Ability[], side: Side): Ability | undefined => {
  const own = sideOfMatters(side)
  if (!own) return undefined
  const waiting = matters(state)
    .filter((matter) => matter.side === own)
    .map(({ act }) => act)
  const wanted = [
    ...waiting,
    ...along.filter((act) => act !== 'assign' || !isComplete(state.five)),
    ...meanwhile(state),
  ]
  for (const act of wanted) {
    const ability = can.find((one) => one.act === act && !one.refusal)
    if (ability) return ability
  }
  return undefined
}

/** What the other side owes: said where there is nothing for oneself to do. */
export const awaited = (state: HazardState, side: Side): readonly Matter[] => {
  const own = sideOfMatters(side)
  return matters(state).filter((matter) => matter.side !== own)
}
