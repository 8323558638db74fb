import { mayBeOnePlace } from '#domain/alike.ts'

/** What must be known of a hazard to say whether another repeats it. */
export type Sighting = {
  readonly id: string
  readonly place?: string | undefined
  readonly criteria: readonly string[]
  readonly foundOn: string
}

/** OP-06 and OP-06-2 are one criterion: the situation is its part. */
const criterionOf = (code: string): string => code.split('-').slice(0, 2).join('-')

/** The criteria that both touch. */
export const sharedCriteria = (one: Sighting, other: Sighting): readonly string[] => {
  const there = new Set(other.criteria.map(criterionOf))
  return [...new Set(one.criteria.map(criterionOf))].filter((code) => there.has(code))
}

/**
 * 重复隐患: the same place and the same criterion again (通知 四(三)13(6)). Proposed by the program, and a repeat only
 * once a person says so; without a place nothing is proposed.
 */
export const mayRepeat = (one: Sighting, earlier: Sighting): boolean =>
  one.id !== earlier.id &&
  earlier.foundOn <= one.foundOn &&
  one.place !== undefined &&
  earlier.place !== undefined &&
  mayBeOnePlace(one.place, earlier.place) &&
  sharedCriteria(one, earlier).length > 0

export const whySame = (one: Sighting, earlier: Sighting): string =>
  `同一部位（${earlier.place ?? ''}），同一判定标准（${sharedCriteria(one, earlier).join('、')}）`
