import { accept } from '#domain/hazard/acts/accept.ts'
import { assign } from '#domain/hazard/acts/assign.ts'
import { closeOut } from '#domain/hazard/acts/closeOut.ts'
import { correct } from '#domain/hazard/acts/correct.ts'
import { endByClosure, merge, reopen, transfer } from '#domain/hazard/acts/endings.ts'
import { handOver } from '#domain/hazard/acts/handOver.ts'
import { imported } from '#domain/hazard/acts/imported.ts'
import { judge } from '#domain/hazard/acts/judge.ts'
import { recheck } from '#domain/hazard/acts/recheck.ts'
import { rejudge } from '#domain/hazard/acts/rejudge.ts'
import { report } from '#domain/hazard/acts/report.ts'
import { reportFixed } from '#domain/hazard/acts/reportFixed.ts'
import { requestRecheck } from '#domain/hazard/acts/requestRecheck.ts'
import { type FactName, factNames, facts } from '#domain/hazard/facts.ts'
import { factTransition } from '#domain/hazard/factTransition.ts'
import type { Transition } from '#domain/hazard/move.ts'

/** The acts that move a hazard from one state to the next. */
export const moves = {
  report,
  reportFixed,
  imported,
  judge,
  rejudge,
  assign,
  accept,
  requestRecheck,
  recheck,
  closeOut,
  merge,
  transfer,
  handOver,
  endByClosure,
  reopen,
  correct,
} as const satisfies Record<string, Transition>

export type MoveName = keyof typeof moves
export type HazardAct = MoveName | FactName

const factTransitions = Object.fromEntries(factNames.map((name) => [name, factTransition(name, facts[name])]))

/**
 * THE transition table: the moves and the facts beside them. Buttons, refusals, the documentation page and the tests
 * are read from here; nothing else says who may do what to a hazard, and when.
 */
export const transitions: Readonly<Record<string, Transition>> = { ...moves, ...factTransitions }

export const hazardActs = Object.keys(transitions) as HazardAct[]

export const transitionOf = (act: string): Transition | undefined =>
  Object.hasOwn(transitions, act) ? transitions[act] : undefined
