import { z } from 'zod'
import { wording } from './fields.ts'

const isCondition = z.strictObject({ fact: wording, is: z.boolean() })
const inCondition = z.strictObject({ fact: wording, in: z.array(wording).min(1) })
const atLeastCondition = z.strictObject({ fact: wording, atLeast: z.number() })
const atMostCondition = z.strictObject({ fact: wording, atMost: z.number() })

const factConditionSchema = z.union([isCondition, inCondition, atLeastCondition, atMostCondition])

/** What must hold of a mine for a criterion to concern it. A list of conditions means: all of them. */
export const conditionSchema = z.union([
  factConditionSchema,
  z.strictObject({ anyOf: z.array(factConditionSchema).min(2) }),
])

export type FactCondition = z.output<typeof factConditionSchema>
export type Condition = z.output<typeof conditionSchema>

export const factConditions = (condition: Condition): readonly FactCondition[] =>
  'anyOf' in condition ? condition.anyOf : [condition]
