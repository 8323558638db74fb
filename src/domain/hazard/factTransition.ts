import { z } from 'zod'
import type { NewEvent } from '#domain/event.ts'
import type { FactDeclaration } from '#domain/hazard/fact.ts'
import { factRules } from '#domain/hazard/factRules.ts'
import type { FactLog, FactName } from '#domain/hazard/facts.ts'
import { entryOf, happened, type Transition } from '#domain/hazard/move.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { type Outcome, ok } from '#domain/refusal.ts'

const dated = z.looseObject({ on: z.string() })

const withFact = (state: HazardState, name: FactName, fact: object): HazardState => {
  const facts: FactLog = { ...state.facts, [name]: [...(state.facts[name] ?? []), fact] }
  return factRules[name]?.follows?.({ ...state, facts }) ?? { ...state, facts }
}

/** The row of the transition table that a declared fact stands for: it is written down and moves nothing. */
export const factTransition = (name: FactName, declaration: FactDeclaration): Transition => ({
  title: declaration.title,
  clause: declaration.clause,
  from: declaration.from,
  leadsTo: factRules[name]?.leadsTo ?? '记入时间线，状态不变',
  ...(factRules[name]?.also && { also: factRules[name].also }),
  who: declaration.who,
  ...(factRules[name]?.stands && { stands: factRules[name].stands }),
  needs: [],
  body: declaration.body,
  decide: (state, input, context): Outcome<readonly NewEvent[]> => {
    const body = { on: context.today, ...declaration.body.parse(input) }
    const allowed = state ? factRules[name]?.allowed?.(state, body, context) : undefined
    if (allowed && !allowed.ok) return allowed
    return ok([happened(name, body)])
  },
  evolve: (state, event) => {
    if (!state) throw new Error(`${declaration.title}: the stream has not begun`)
    const body = dated.parse(event.body)
    return withFact(state, name, { ...body, ...entryOf(event, body.on) })
  },
})
