import type { CriteriaPack } from '#rulebook/criteriaPack.ts'
import type { CriterionEntry } from './applicability.ts'

export type FoundCriterion = CriterionEntry & { readonly pack: CriteriaPack }

/** By the code of a criterion (OP-08) or of a situation (OP-08-2); codes are unique across all packs. */
export const findCriterion = (packs: readonly CriteriaPack[], code: string): FoundCriterion | undefined => {
  for (const pack of packs) {
    for (const criterion of pack.criteria) {
      if (criterion.code === code) return { pack, criterion }
      const situation = criterion.situations.find((one) => one.code === code)
      if (situation !== undefined) return { pack, criterion, situation }
    }
  }
  return undefined
}
