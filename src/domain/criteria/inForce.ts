import type { CriteriaPack } from '#rulebook/criteriaPack.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'

export type CriteriaInForce = {
  readonly packs: readonly CriteriaPack[]
  readonly notInForce: readonly { readonly pack: CriteriaPack; readonly reason: string }[]
}

const whyNot = ({ effectiveFrom, effectiveTo, effectiveNote }: CriteriaPack, date: string): string | undefined => {
  // Without a stated day a pack never comes into force by itself: a person must find out and enter it.
  if (effectiveFrom === null) return `没有查到施行日期，不自动适用。${effectiveNote ?? ''}`
  if (date < effectiveFrom) return `${effectiveFrom}起施行，${date}尚未施行`
  if (effectiveTo !== null && date > effectiveTo) return `${effectiveTo}后失效，${date}已失效`
  return undefined
}

/** The criteria that judge a fact of `date` (YYYY-MM-DD); of the others, why they do not (Chinese). */
export const criteriaInForce = (rulebook: Pick<Rulebook, 'packs'>, date: string): CriteriaInForce => ({
  packs: rulebook.packs.filter((pack) => whyNot(pack, date) === undefined),
  notInForce: rulebook.packs.flatMap((pack) => {
    const reason = whyNot(pack, date)
    return reason === undefined ? [] : [{ pack, reason }]
  }),
})
