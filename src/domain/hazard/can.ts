import type { Actor } from '#domain/access/actor.ts'
import { inCase } from '#domain/hazard/case.ts'
import { roleMay, standsInState } from '#domain/hazard/decide.ts'
import type { Transition } from '#domain/hazard/move.ts'
import { requirements } from '#domain/hazard/requirements.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { type HazardAct, hazardActs, transitions } from '#domain/hazard/transitions.ts'
import type { Refusal } from '#domain/refusal.ts'

/** One button: the act, its word, its clause; with a refusal it is greyed out and says why. */
export type Ability = {
  readonly act: HazardAct
  readonly title: string
  readonly clause: string
  readonly refusal?: Refusal
}

const missingBeforehand = (transition: Transition, state: HazardState): readonly string[] =>
  transition.needs
    .filter((need) => inCase(need, state))
    .flatMap((need) => need.facts)
    .map((name) => requirements[name])
    .filter((requirement) => !requirement.comesWithTheAct)
    .flatMap((requirement) => requirement.missing(state))

const refusalFor = (transition: Transition, state: HazardState, actor: Actor): Refusal | undefined => {
  const stands = standsInState(transition, state, actor)
  if (!stands.ok) return stands.refusal
  const missing = missingBeforehand(transition, state)
  if (missing.length === 0) return undefined
  return {
    code: 'incomplete',
    message: `还缺：${missing.join('、')}`,
    clause: transition.clause,
    remedy: `补齐以上 ${missing.length} 项后再${transition.title}`,
  }
}

/** A signed paper, as far as the button is concerned: who may record it sees the button. */
const withPaper = { paperSignature: ['pending'] }

/** What the actor can do with this hazard now, read from the same table that decides. Acts never open to the role are left out. */
export const can = (state: HazardState, actor: Actor): readonly Ability[] =>
  hazardActs.flatMap((act): Ability[] => {
    const transition = transitions[act]
    if (!transition || transition.from.length === 0) return []
    if (!roleMay(transition, state, { actor }, withPaper).ok) return []
    const refusal = refusalFor(transition, state, actor)
    return [{ act, title: transition.title, clause: transition.clause, ...(refusal && { refusal }) }]
  })
