import { type Answer, type Verdict, verdictOf } from './answer.ts'
import { itemsOf, type Sheet, type SheetItem } from './sheet.ts'

export type ItemStanding = {
  readonly item: SheetItem
  readonly verdict: Verdict
  /** Undefined where nobody has answered. */
  readonly answer: Answer | undefined
}

export type SheetTally = {
  readonly standings: readonly ItemStanding[]
  readonly asked: number
  readonly answered: number
  readonly good: number
  readonly bad: number
  readonly notApplicable: number
  /** 未查, and what nobody answered: shown at the signature, never counted as in order. */
  readonly notChecked: readonly SheetItem[]
}

const standingOf = (item: SheetItem, given: Answer | undefined): ItemStanding => {
  // A person who saw something goes before what the registry says of the mine.
  if (given) return { item, answer: given, verdict: verdictOf(given.outcome) }
  const verdict = item.applies.kind === 'notApplicable' ? 'notApplicable' : 'insufficientData'
  return { item, answer: undefined, verdict }
}

/** Of several answers to one question the one with the largest `seq`; of equals the later in the list. */
export const lastAnswers = (answers: readonly Answer[]): ReadonlyMap<string, Answer> => {
  const last = new Map<string, Answer>()
  for (const each of answers) {
    const before = last.get(each.item)
    if (!before || each.seq >= before.seq) last.set(each.item, each)
  }
  return last
}

/** How far a sheet has come. Missing answers are 资料不足, never 符合要求. */
export const tallyOf = (sheet: Sheet, answers: readonly Answer[]): SheetTally => {
  const last = lastAnswers(answers)
  const standings = itemsOf(sheet).map((item) => standingOf(item, last.get(item.code)))
  const count = (verdict: Verdict): number => standings.filter((one) => one.verdict === verdict).length
  const asked = standings.filter(({ item, answer }) => item.applies.kind === 'asked' || answer)
  return {
    standings,
    asked: asked.length,
    answered: standings.filter(({ answer }) => answer && answer.outcome !== 'notChecked').length,
    good: count('notEstablished'),
    bad: count('established'),
    notApplicable: count('notApplicable'),
    notChecked: standings.filter(({ verdict }) => verdict === 'insufficientData').map(({ item }) => item),
  }
}
