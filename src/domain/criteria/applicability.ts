import type { Condition, FactCondition } from '#rulebook/condition.ts'
import type { Criterion, Situation } from '#rulebook/criteriaPack.ts'
import type { MineType } from '#rulebook/mine.ts'
import type { MineFact } from '#rulebook/mineFact.ts'

/** What is known of a production system. A fact that nobody entered is absent, never false. */
export type MineFacts = Readonly<Record<string, boolean | number | string | undefined>>

export type CriteriaSubject = { readonly mineType: MineType; readonly facts: MineFacts }

/**
 * Whether a criterion concerns a mine. `unknown` names the facts that would settle it: until then the criterion is
 * asked like any other, for an unknown fact must never yield 不涉及. `because` names the facts that a 不涉及 rests on;
 * none where the type of mine alone decides.
 */
export type Applicability =
  | { readonly applies: true }
  | { readonly applies: false; readonly reason: string; readonly because: readonly MineFact[] }
  | { readonly applies: 'unknown'; readonly missing: readonly MineFact[] }

type Failed = { readonly holds: false; readonly why: string; readonly because: readonly MineFact[] }
type Answer = { readonly holds: true } | Failed | Missing
type Missing = { readonly holds: 'unknown'; readonly missing: readonly MineFact[] }

const factOf = (catalogue: readonly MineFact[], key: string): MineFact => {
  const fact = catalogue.find((one) => one.key === key)
  // The parser refuses a condition on a fact that is not in the catalogue of the same rulebook.
  if (fact === undefined) throw new RangeError(`fact not in the catalogue: ${key}`)
  return fact
}

const answerNumber = (condition: FactCondition, fact: MineFact, value: number): Answer => {
  const unit = fact.kind === 'number' ? fact.unit : ''
  if ('atLeast' in condition && value < condition.atLeast)
    return { holds: false, why: `${fact.title}${value}${unit}，不到${condition.atLeast}${unit}`, because: [fact] }
  if ('atMost' in condition && value > condition.atMost)
    return { holds: false, why: `${fact.title}${value}${unit}，超出${condition.atMost}${unit}`, because: [fact] }
  return { holds: true }
}

const answerFact = (condition: FactCondition, facts: MineFacts, catalogue: readonly MineFact[]): Answer => {
  const fact = factOf(catalogue, condition.fact)
  const value = facts[condition.fact]

  // A value of the wrong kind is as good as none: it says nothing about the mine.
  if (fact.kind === 'yesNo' && 'is' in condition && typeof value === 'boolean')
    return value === condition.is ? { holds: true } : { holds: false, why: value ? fact.yes : fact.no, because: [fact] }
  if (fact.kind === 'number' && typeof value === 'number' && Number.isFinite(value))
    return answerNumber(condition, fact, value)
  if (fact.kind === 'choice' && 'in' in condition && typeof value === 'string' && value in fact.options) {
    if (condition.in.includes(value)) return { holds: true }
    return { holds: false, why: `${fact.title}为${fact.options[value] ?? value}`, because: [fact] }
  }
  return { holds: 'unknown', missing: [fact] }
}

const once = (facts: readonly MineFact[]): readonly MineFact[] =>
  facts.filter((fact, index) => facts.findIndex(({ key }) => key === fact.key) === index)

const missingOf = (answers: readonly Answer[]): readonly MineFact[] =>
  once(answers.flatMap((answer) => (answer.holds === 'unknown' ? answer.missing : [])))

const anyOf = (answers: readonly Answer[]): Answer => {
  if (answers.some(({ holds }) => holds === true)) return { holds: true }
  const missing = missingOf(answers)
  if (missing.length > 0) return { holds: 'unknown', missing }
  const failed = answers.filter((one) => one.holds === false)
  return {
    holds: false,
    why: failed.map(({ why }) => why).join('；'),
    because: once(failed.flatMap(({ because }) => because)),
  }
}

const allOf = (answers: readonly Answer[]): Answer => {
  const failed = answers.find((answer) => answer.holds === false)
  if (failed !== undefined) return failed
  const missing = missingOf(answers)
  return missing.length > 0 ? { holds: 'unknown', missing } : { holds: true }
}

const answerConditions = (
  conditions: readonly Condition[] | undefined,
  facts: MineFacts,
  catalogue: readonly MineFact[],
): Answer =>
  allOf(
    (conditions ?? []).map((condition) =>
      'anyOf' in condition
        ? anyOf(condition.anyOf.map((one) => answerFact(one, facts, catalogue)))
        : answerFact(condition, facts, catalogue),
    ),
  )

const toApplicability = (answer: Answer): Applicability => {
  if (answer.holds === true) return { applies: true }
  if (answer.holds === false) return { applies: false, reason: `不涉及（${answer.why}）`, because: answer.because }
  return { applies: 'unknown', missing: answer.missing }
}

/** A criterion, or one of its situations. */
export type CriterionEntry = { readonly criterion: Criterion; readonly situation?: Situation | undefined }

/**
 * A situation concerns a mine when the criterion's conditions and its own hold; a whole criterion as soon as one of its
 * situations does.
 * @param catalogue the rulebook's facts, which give the words of the reason
 */
export const applicability = (
  { criterion, situation }: CriterionEntry,
  { mineType, facts }: CriteriaSubject,
  catalogue: readonly MineFact[],
): Applicability => {
  if (criterion.mineType !== mineType) return { applies: false, reason: '不涉及（矿山类型）', because: [] }
  const own = answerConditions(criterion.appliesWhenFacts, facts, catalogue)
  const situations = situation === undefined ? criterion.situations : [situation]
  const some = anyOf(situations.map((one) => answerConditions(one.appliesWhenFacts, facts, catalogue)))
  return toApplicability(allOf([own, some]))
}
