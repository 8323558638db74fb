import { z } from 'zod'
import type { FactCondition } from './condition.ts'
import { wording } from './fields.ts'
import { mineTypeSchema } from './mine.ts'

const common = {
  key: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  title: wording,
  question: wording,
  mineTypes: z.array(mineTypeSchema).min(1),
}

/** A fact about a mine on which the applicability of a criterion depends. */
const mineFactSchema = z.discriminatedUnion('kind', [
  // `yes` and `no` are the words that stand in a reason: 不涉及（不是凹陷露天矿山）.
  z.strictObject({ ...common, kind: z.literal('yesNo'), yes: wording, no: wording }),
  z.strictObject({ ...common, kind: z.literal('number'), unit: wording }),
  z.strictObject({ ...common, kind: z.literal('choice'), options: z.record(z.string(), wording) }),
])

export type MineFact = z.output<typeof mineFactSchema>

export const mineFactsFileSchema = z.strictObject({ facts: z.array(mineFactSchema).min(1) })

/** Why a condition cannot be asked of a fact; undefined when it can. */
export const conditionMismatch = (condition: FactCondition, fact: MineFact): string | undefined => {
  if ('is' in condition) return fact.kind === 'yesNo' ? undefined : `“${fact.key}”不是“是/否”的情况，不能用 is`
  if ('in' in condition) {
    if (fact.kind !== 'choice') return `“${fact.key}”没有选项，不能用 in`
    const unknown = condition.in.filter((option) => !(option in fact.options))
    return unknown.length === 0 ? undefined : `“${fact.key}”没有选项 ${unknown.join('、')}`
  }
  return fact.kind === 'number' ? undefined : `“${fact.key}”不是数，不能用 atLeast、atMost`
}
