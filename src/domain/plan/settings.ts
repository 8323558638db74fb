/**
 * Chosen by measuring on written plans, not by any law: what is shown first to the person
 * who looks, never a verdict.
 */
export type CompareSettings = {
  /** Letters of a k-gram and k-grams of a window: a shared run of k + w − 1 letters is always found. */
  readonly k: number
  readonly w: number
  /** Runs that are at most so many letters apart in both texts are one passage: what was changed lies between them. */
  readonly gap: number
  /** A passage of fewer own letters is not shown: two mines may write one sentence alike. */
  readonly passage: number
  /** A pair is listed for looking at from this share of one plan's own text … */
  readonly share: number
  /** … or from one passage of so many letters. */
  readonly long: number
  /** A k-gram in more plans than this share of them (and more than `commonPlans`) is told apart: 多份方案共有. */
  readonly commonShare: number
  readonly commonPlans: number
}

export const defaultSettings: CompareSettings = {
  k: 12,
  w: 5,
  gap: 24,
  passage: 40,
  share: 0.02,
  long: 200,
  commonShare: 0.1,
  commonPlans: 8,
}
