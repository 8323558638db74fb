import { z } from 'zod'
import { conditionSchema } from './condition.ts'
import { type Confidence, confidenceSchema, weakest } from './confidence.ts'
import { day, id, wording } from './fields.ts'
import { mineTypeSchema } from './mine.ts'

/** Where a situation can be computed from; `none`: it must be looked at. */
const dataSourceSchema = z.enum(['registry', 'survey', 'monitoring', 'documents', 'calendar', 'none'])

/**
 * `applies`: a precondition; `trigger`: the hazard exists when it is true. `value` null with
 * `relativeTo` and `factor`: compare with factor × that reference, which each mine must enter.
 */
const thresholdSchema = z.strictObject({
  key: id,
  quantity: wording,
  op: z.enum(['<', '<=', '>', '>=', '==', '!=', 'between', 'outOfRange']),
  value: z.union([z.number(), z.tuple([z.number(), z.number()]), z.null()]),
  relativeTo: wording.optional(),
  factor: z.number().positive().optional(),
  unit: wording,
  role: z.enum(['applies', 'trigger']),
  condition: wording.optional(),
  group: wording.optional(),
  note: wording.optional(),
})

/** The words on the two answer buttons; 不涉及 and 未查 stand beside them in every question. */
export const buttonsSchema = z.strictObject({ good: wording.max(16), bad: wording.max(16) })

export const defaultButtons = { good: '符合要求', bad: '有问题' } as const

const appliesWhen = {
  appliesWhen: wording.optional(),
  appliesWhenFacts: z.array(conditionSchema).min(1).optional(),
}

const situationSchema = z.strictObject({
  code: id,
  text: wording,
  question: wording,
  buttons: buttonsSchema.default(defaultButtons),
  ...appliesWhen,
  thresholds: z.array(thresholdSchema).default([]),
  triggerLogic: z.enum(['any', 'allWithinGroup']).optional(),
  needsDesignValue: z.boolean(),
  machineCheckable: dataSourceSchema,
  alsoFrom: z.array(dataSourceSchema).default([]),
  evidence: z.array(wording).min(1),
  guidance: wording.optional(),
  confidence: confidenceSchema,
})

const criterionSchema = z.strictObject({
  code: id,
  mineType: mineTypeSchema,
  ordinal: z.int().positive(),
  title: wording,
  text: wording,
  /** verbatim: word for word the issuer's; restated: our words, every number kept; never print it as the law. */
  wording: z.enum(['verbatim', 'restated']),
  ...appliesWhen,
  guidance: wording.optional(),
  citations: z.array(wording),
  situations: z.array(situationSchema).min(1),
})

export const criteriaPackFileSchema = z.strictObject({
  id,
  title: wording,
  documentNumber: wording,
  issuer: wording,
  issuedOn: day,
  effectiveFrom: day.nullable(),
  effectiveTo: day.nullable(),
  effectiveNote: wording.optional(),
  replaces: wording.optional(),
  supplements: id.optional(),
  counts: z.strictObject({
    openPit: z.int().nonnegative(),
    underground: z.int().nonnegative(),
    tailings: z.int().nonnegative(),
  }),
  criteria: z.array(criterionSchema).min(1),
})

export type CriteriaPackFile = z.output<typeof criteriaPackFileSchema>
export type Threshold = z.output<typeof thresholdSchema>
export type Situation = z.output<typeof situationSchema>
export type Criterion = z.output<typeof criterionSchema> & {
  /** That of its weakest situation. */
  readonly confidence: Confidence
}
export type CriteriaPack = Omit<CriteriaPackFile, 'criteria'> & {
  readonly criteria: readonly Criterion[]
  /** `id@` and the first 12 hex digits of the file's SHA-256: a verdict keeps it. */
  readonly version: string
}

export const toCriteriaPack = (file: CriteriaPackFile, version: string): CriteriaPack => ({
  ...file,
  criteria: file.criteria.map((criterion) => ({
    ...criterion,
    confidence: weakest(criterion.situations.map((situation) => situation.confidence)),
  })),
  version,
})
