import { type FactLog, type FactName, latest } from '#domain/hazard/facts.ts'
import type { HazardState, Stop } from '#domain/hazard/state.ts'
import { isOpen } from '#domain/hazard/status.ts'

/** Facts of the present round of work: what was evaluated or photographed before a reopening does not prove what came after. */
export const sinceReopening = <N extends FactName>(
  state: HazardState,
  name: N,
): NonNullable<FactLog[N]> | readonly [] => state.facts[name]?.slice(state.reopenedAfter?.[name] ?? 0) ?? []

/** Proof of the work that counts now: what was evaluated and photographed before a recheck failed was found wanting by it. */
export const provenSinceSetback = <N extends 'evaluation' | 'progress'>(
  state: HazardState,
  name: N,
): NonNullable<FactLog[N]> | readonly [] =>
  state.facts[name]?.slice(Math.max(state.reopenedAfter?.[name] ?? 0, state.failedAfter?.[name] ?? 0)) ?? []

/** An extension request that nobody has answered yet. */
export const pendingExtension = (state: HazardState) => {
  const asked = sinceReopening(state, 'extensionRequest')
  return asked.length > sinceReopening(state, 'extensionDecision').length ? latest(asked) : undefined
}

/** A request to resume production that nobody has answered yet. */
export const pendingResumption = ({ facts }: HazardState) => {
  const asked = facts.resumeRequest ?? []
  return asked.length > (facts.resumeDecision?.length ?? 0) ? latest(asked) : undefined
}

/** Listed and not yet delisted: 摘牌 is an act of its own. */
export const listingStands = (state: HazardState): boolean =>
  (state.facts.listing?.length ?? 0) > (state.facts.delisting?.length ?? 0)

/** Reported to a department and to the workers: both sides of 双报告. */
export const dualReported = ({ facts }: HazardState): boolean =>
  (facts.departmentReport?.length ?? 0) > 0 && (facts.workersReport?.length ?? 0) > 0

/**
 * The stop that stands for this hazard. Close-out does not lift it (PRACTICE D: 销号 ≠ 恢复生产); where the hazard is
 * not established, merged, transferred or ended with the mine, it stands for this record no longer.
 */
export const standingStop = (state: HazardState): Stop | undefined =>
  isOpen(state.status) || state.status === 'closed' ? state.stop : undefined

/** The number that counts in each other system: the last one written down. */
export const externalNumbers = ({ facts }: HazardState): Readonly<Record<string, string>> =>
  Object.fromEntries((facts.externalNumber ?? []).map(({ system, number }) => [system, number]))

/** How far the present round of work has come. */
export const percentDone = (state: HazardState): number | undefined =>
  sinceReopening(state, 'progress').findLast(({ percent }) => percent !== undefined)?.percent
