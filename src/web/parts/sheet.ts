import type { SavedAnswer, SheetShown, ShownAnswer, ShownItem } from '#contract/selfCheck.ts'
import type { AnswerOutcome } from '#domain/selfCheck/answer.ts'

/** What a page needs to know of a sheet to count and to go on; desk and phone read it the same way. */
export type SheetRead = Pick<SheetShown, 'sections' | 'answers' | 'before'>

/** 2023-09 → 2023年9月 */
export const monthTitle = (month: string): string => {
  const [year = '', number = ''] = month.split('-')
  return `${year}年${Number(number)}月`
}

/** An answer in the question's own words (PRACTICE A4). */
export const outcomeWords = ({ buttons }: Pick<ShownItem, 'buttons'>, outcome: AnswerOutcome): string => {
  if (outcome === 'good') return buttons.good
  if (outcome === 'bad') return buttons.bad
  return outcome === 'notApplicable' ? '不涉及' : '未查'
}

export const itemsOf = ({ sections }: Pick<SheetRead, 'sections'>): readonly ShownItem[] =>
  sections.flatMap(({ items }) => items)

export const answerOf = ({ answers }: Pick<SheetRead, 'answers'>, code: string): ShownAnswer | undefined =>
  answers.find(({ item }) => item === code)

/** Whether a question is asked of this mine: not where the registry says 不涉及, unless somebody answered all the same. */
const isAsked = (sheet: Pick<SheetRead, 'answers'>, { code, notApplicable }: ShownItem): boolean =>
  notApplicable === undefined || answerOf(sheet, code) !== undefined

export const askedIn = (sheet: Pick<SheetRead, 'answers'>, items: readonly ShownItem[]): readonly ShownItem[] =>
  items.filter((item) => isAsked(sheet, item))

/** 未查: nobody answered, or somebody said that he did not look. Never counted as in order. */
export const leftIn = (sheet: Pick<SheetRead, 'answers'>, items: readonly ShownItem[]): readonly ShownItem[] =>
  askedIn(sheet, items).filter(({ code }) => (answerOf(sheet, code)?.outcome ?? 'notChecked') === 'notChecked')

export type Progress = { readonly asked: number; readonly done: number; readonly left: number; readonly bad: number }

export const progressOf = (sheet: Pick<SheetRead, 'answers'>, items: readonly ShownItem[]): Progress => {
  const asked = askedIn(sheet, items)
  const left = leftIn(sheet, items).length
  const bad = asked.filter(({ code }) => answerOf(sheet, code)?.outcome === 'bad').length
  return { asked: asked.length, done: asked.length - left, left, bad }
}

/** What a submission would say, question by question. */
export const countsOf = (sheet: SheetRead) => {
  const items = itemsOf(sheet)
  const asked = askedIn(sheet, items)
  const of = (outcome: AnswerOutcome): number =>
    asked.filter(({ code }) => answerOf(sheet, code)?.outcome === outcome).length
  return {
    asked: asked.length,
    good: of('good'),
    bad: of('bad'),
    notApplicable: of('notApplicable') + items.length - asked.length,
    notChecked: leftIn(sheet, items),
  }
}

/** The question to go to after this one: the next that nobody has answered, to the end and then from the beginning. */
export const nextOpen = (sheet: SheetRead, after: string | undefined): ShownItem | undefined => {
  const items = itemsOf(sheet)
  const at = items.findIndex(({ code }) => code === after)
  const inTurn = [...items.slice(at + 1), ...items.slice(0, Math.max(at, 0))]
  return inTurn.find(({ code, notApplicable }) => !notApplicable && !answerOf(sheet, code))
}

/** A Lamport clock: one more than the largest that this device knows of the sheet, so that the later word counts. */
export const nextSeq = (known: readonly { readonly seq: number }[]): number =>
  1 + known.reduce((largest, { seq }) => Math.max(largest, seq), 0)

/** An answer of this device as the page shows it before and after the server has it. */
export const ownAnswer = (given: SavedAnswer, roleTitle: string): ShownAnswer => ({
  item: given.item,
  outcome: given.outcome,
  ...(given.reason && { reason: given.reason }),
  ...(given.place && { place: given.place }),
  ...(given.note && { note: given.note }),
  photos: given.photos ?? [],
  tooDangerous: given.tooDangerous ?? false,
  seq: given.seq,
  byPost: roleTitle,
  mine: true,
  answeredAt: given.answeredAt,
})

/** The sheet with these answers on it: of each question the one with the largest `seq`; what a 有问题 raised stays raised. */
export const withAnswers = <S extends Pick<SheetRead, 'answers'>>(sheet: S, given: readonly ShownAnswer[]): S => {
  const standing = new Map(sheet.answers.map((answer) => [answer.item, answer]))
  for (const answer of given) {
    const before = standing.get(answer.item)
    if (before && before.seq > answer.seq) continue
    standing.set(answer.item, { ...(before?.hazard && { hazard: before.hazard }), ...answer })
  }
  return { ...sheet, answers: [...standing.values()] }
}
