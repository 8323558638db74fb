import { roleTitle } from '#domain/access/role.ts'
import { describeCase } from '#domain/hazard/case.ts'
import type { Transition } from '#domain/hazard/move.ts'
import { requirements } from '#domain/hazard/requirements.ts'
import { everyStatus, openStatuses, statuses } from '#domain/hazard/status.ts'
import { hazardActs, transitions } from '#domain/hazard/transitions.ts'

/** A row of the transition table in words, for the rules page and docs/life-cycle.md. */
export type RegulationRow = {
  readonly act: string
  readonly title: string
  readonly from: readonly string[]
  readonly leadsTo: string
  readonly who: readonly { readonly when: string; readonly roles: readonly string[] }[]
  readonly needs: readonly { readonly when: string; readonly facts: readonly string[] }[]
  readonly clause: string
}

const fromWords = ({ from }: Transition): string[] => {
  if (from.length === 0) return ['尚未登记']
  if (from.length === everyStatus.length) return ['任何状态']
  if (from.length === openStatuses.length && openStatuses.every((status) => from.includes(status)))
    return ['未办结的任何状态']
  return from.map((status) => statuses[status])
}

const rowOf = (act: string, transition: Transition): RegulationRow => ({
  act,
  title: transition.title,
  from: fromWords(transition),
  leadsTo: transition.leadsTo,
  who: transition.who.map(({ roles, ...one }) => ({ when: describeCase(one), roles: roles.map(roleTitle) })),
  needs: transition.needs.map(({ facts, ...one }) => ({
    when: describeCase(one),
    facts: facts.map((name) => requirements[name].title),
  })),
  clause: transition.clause,
})

export const regulationRows = (): readonly RegulationRow[] =>
  hazardActs.flatMap((act) => {
    const transition = transitions[act]
    return transition ? [rowOf(act, transition)] : []
  })
