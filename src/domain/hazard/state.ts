import type { EventActor } from '#domain/event.ts'
import type { FactLog, FactName } from '#domain/hazard/facts.ts'
import type { HazardSource } from '#domain/hazard/source.ts'
import type { Grade, HazardStatus } from '#domain/hazard/status.ts'

/** When an entry happened (as the record says), when the server received it, who made it. */
export type Entry = {
  /** Business date the record states, YYYY-MM-DD. */
  readonly on: string
  readonly receivedAt: string
  readonly by: EventActor
  readonly eventId: string
}

/** A criterion together with the version of the pack that judged it: a new rule never rewrites an old verdict. */
export type CriterionRef = { readonly code: string; readonly packVersion: string }

export type Finding = Entry & {
  readonly mineId: string
  readonly source: HazardSource
  readonly place?: string | undefined
  readonly description?: string | undefined
  readonly photos: readonly string[]
  /** 危险，不宜靠近: an answer in place of a photo (PRACTICE A10). */
  readonly tooDangerous: boolean
  readonly suspectedGrade?: Grade | undefined
  readonly suspectedCriteria: readonly string[]
  /** A report from the public is to be verified by this date (a setting). */
  readonly verifyBy?: string | undefined
}

export type Judgement = Entry & {
  readonly grade: Grade
  readonly criteria: readonly CriterionRef[]
  readonly basis: string
}

/** One of the five, with the date it was put down: statistics count each separately. */
export type Assigned<T> = { readonly value: T; readonly on: string }

export type FiveAssignments = {
  readonly responsible?: Assigned<string>
  readonly measures?: Assigned<string>
  /** Planned money in fen; zero is an answer (当场、0元). */
  readonly funds?: Assigned<number>
  readonly deadline?: Assigned<string>
  readonly contingencyPlan?: Assigned<string>
}

export type Acceptance = Entry & {
  readonly conclusion: string
  readonly photos: readonly string[]
  readonly notPhotographable: boolean
  readonly signedOnPaper: boolean
}

export type Recheck = Entry & {
  readonly result: 'pass' | 'fail'
  readonly officers: readonly string[]
  readonly findings: string
  readonly papers: readonly string[]
  /** A renewed order's deadline: shown, but the clock runs on from the old one (PRACTICE A13). */
  readonly orderedDeadline?: string | undefined
}

export type Ending = Entry & {
  readonly reason: string
  readonly reference?: string | undefined
  readonly other?: string | undefined
}

/**
 * Taken over from a ledger kept before or beside this system: what it says was not verified here, and is said so
 * wherever it is shown.
 */
export type Legacy = {
  /** How the ledger itself called the state. */
  readonly ledgerStatus?: string | undefined
  readonly category?: string | undefined
  readonly responsibleUnit?: string | undefined
  /** What the ledger says is there, without a record of it. */
  readonly claims?: string | undefined
  readonly remark?: string | undefined
  /** Where the row contradicts itself or another, each in words. */
  readonly doubts: readonly string[]
  /** Why a person took the row all the same. */
  readonly word?: string | undefined
}

export const unverified = '未经本系统核验'

/** Production stopped for this hazard: in a part of the mine, or all of it. */
export type Stop = 'partial' | 'whole'

/** One stop that stands: where, how wide, since when. */
export type StoppedArea = { readonly where: string; readonly scope: Stop; readonly on: string }

export type HazardState = {
  readonly status: HazardStatus
  /** Gapless number of the register, fixed when the hazard is reported. */
  readonly number: string
  readonly finding: Finding
  /** The latest judgement; earlier ones stay in the timeline. */
  readonly judgement?: Judgement
  readonly five: FiveAssignments
  /** The deadline that counts, see deadline.ts. */
  readonly due?: string
  /** The stop that stands, see stop.ts. */
  readonly stop?: Stop
  readonly stopped?: readonly StoppedArea[]
  readonly acceptance?: Acceptance
  /** The recheck is due within ten days of the request (16号令 23, a setting fixed in the event). */
  readonly recheckRequest?: Entry & { readonly recheckDueOn: string }
  readonly rechecks: readonly Recheck[]
  /** A close-out taken over from a ledger owes no trace here, and its day may not have been written down. */
  readonly closing?: Entry & { readonly traceDueOn?: string | undefined; readonly dayUnknown?: true }
  readonly ending?: Ending
  readonly reopenings: readonly Ending[]
  /** How long each log of facts was when the hazard was last reopened: where the present round of work begins. */
  readonly reopenedAfter?: { readonly [N in FactName]?: number }
  /** How long the logs of proof were when a recheck last failed: what follows must prove the work anew. */
  readonly failedAfter?: { readonly evaluation: number; readonly progress: number }
  readonly corrections: number
  readonly legacy?: Legacy
  readonly facts: FactLog
}

export const gradeOf = (state: HazardState): Grade | undefined => state.judgement?.grade ?? state.finding.suspectedGrade
