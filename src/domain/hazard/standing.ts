import { latest } from '#domain/hazard/facts.ts'
import type { HazardState } from '#domain/hazard/state.ts'

/** An extension request that nobody has answered yet. */
export const pendingExtension = (state: HazardState) => {
  const asked = state.facts.extensionRequest ?? []
  const answered = state.facts.extensionDecision ?? []
  return asked.length > answered.length ? latest(asked) : undefined
}

/** Listed and not yet delisted: 摘牌 is an act of its own. */
export const listingStands = (state: HazardState): boolean =>
  (state.facts.listing?.length ?? 0) > (state.facts.delisting?.length ?? 0)

/** Reported to a department and to the workers: both sides of 双报告. */
export const dualReported = ({ facts }: HazardState): boolean =>
  (facts.departmentReport?.length ?? 0) > 0 && (facts.workersReport?.length ?? 0) > 0

const stopWords = { whole: 2, partial: 1, equipment: 0, none: 0 } as const

/** The widest stop that stands for this hazard: lifted only by lifting the control or resuming production. */
export const standingStop = ({ facts }: HazardState): 'whole' | 'partial' | undefined => {
  const imposed = facts.control?.reduce((widest, { scope }) => Math.max(widest, stopWords[scope]), 0) ?? 0
  const lifted =
    (facts.controlLifted?.length ?? 0) + (facts.resumeDecision?.filter((one) => one.granted === 'yes').length ?? 0)
  if (imposed === 0 || lifted > 0) return undefined
  return imposed === 2 ? 'whole' : 'partial'
}
