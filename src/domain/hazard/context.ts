import type { Actor } from '#domain/access/actor.ts'
import type { CriterionRef } from '#domain/hazard/state.ts'
import type { Grade, HazardStatus } from '#domain/hazard/status.ts'

export type MineFacts = {
  readonly id: string
  readonly name: string
  readonly status:
    | 'producing'
    | 'underConstruction'
    | 'longSuspended'
    | 'constructionHalted'
    | 'outOfUse'
    | 'rectifying'
}

/** A criterion as it stood when the hazard was found, seen for this mine. */
export type CriterionStanding = CriterionRef & {
  readonly title: string
  readonly applies: boolean
  readonly reason?: string | undefined
}

export type HazardSettings = {
  /** Days after close-out in which the trace is due (default 15, PRACTICE A1). */
  readonly traceDueDays: number
  /** Days from a recheck request to the recheck (16号令 23: ten). */
  readonly recheckWithinDays: number
  /** Days to verify a report from the public. */
  readonly verifyWithinDays: number
}

export type OtherHazard = {
  readonly id: string
  readonly tenantId: string
  readonly mineId: string
  readonly number: string
  readonly status: HazardStatus
  readonly grade?: Grade | undefined
}

/** Everything `decide` may know beside the stream itself: no clock, no random, no I/O. */
export type HazardContext = {
  readonly today: string
  readonly actor: Actor
  readonly tenantId: string
  /** The register's next number, already reserved; only a report uses it. */
  readonly number?: string
  readonly mine?: MineFacts
  readonly criterion: (code: string, onDate: string) => CriterionStanding | undefined
  readonly settings: HazardSettings
  /** The organisation a named person belongs to; undefined: nobody whom the actor can see. */
  readonly organisationOf: (personId: string) => string | undefined
  /** Id of the hazard that opens in the mine's register when this one is handed over; fixed by cause and target. */
  readonly handsOverAs: string
  /** The other hazard the act names (merge, repeat), as it stands. */
  readonly otherHazard?: OtherHazard
}
