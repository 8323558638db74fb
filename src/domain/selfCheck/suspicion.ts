import type { Answer } from './answer.ts'
import type { SheetItem } from './sheet.ts'

/** What a 有问题 raises at once, without waiting for the whole sheet (PRACTICE A3). */
export type Suspicion = {
  readonly item: string
  readonly description: string
  readonly place: string | undefined
  readonly photos: readonly string[]
  /** A criterion's question: suspected major, with its code. An ordinary question: general until a person judges. */
  readonly suspectedGrade: 'major' | 'general'
  readonly criteria: readonly string[]
}

const described = ({ question }: SheetItem, { note, tooDangerous }: Answer): string =>
  [note ?? `月排查“${question}”答为有问题`, ...(tooDangerous ? ['危险，不宜靠近，没有拍照。'] : [])].join('\n')

/** Undefined where the answer raises nothing. */
export const suspicionOf = (item: SheetItem, given: Answer): Suspicion | undefined => {
  if (given.outcome !== 'bad') return undefined
  return {
    item: item.code,
    description: described(item, given),
    place: given.place,
    photos: given.photos ?? [],
    suspectedGrade: item.criterion ? 'major' : 'general',
    criteria: item.criterion ? [item.criterion.code] : [],
  }
}
