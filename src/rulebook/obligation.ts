import { z } from 'zod'
import { capabilitySchema } from './capability.ts'
import { confidenceSchema } from './confidence.ts'
import { day, id, wording } from './fields.ts'
import { mineStatusSchema, mineTypeSchema } from './mine.ts'
import type { Quote } from './quote.ts'

export const dutyActorSchema = z.enum([
  'principal', // 主要负责人（含法定代表人、实际控制人）
  'mine', // 企业
  'crew', // 车间（班组）
  'bureau', // 区应急局
  'cityBureau', // 市应急局
  'leadingOffice', // 领导组办公室
  'supervisor', // 执法监督
  'everyone',
])

export type DutyActor = z.output<typeof dutyActorSchema>

const timesAPeriod = z.strictObject({
  every: z.enum(['day', 'week', 'month', 'quarter', 'halfYear', 'year']),
  times: z.int().positive().default(1),
  note: wording.optional(),
})

const rhythmSchema = z.discriminatedUnion('every', [
  timesAPeriod,
  z.strictObject({ every: z.literal('event'), on: wording, note: wording.optional() }),
  // periodic: 定期, the notice does not say how often.
  z.strictObject({ every: z.enum(['once', 'standing', 'periodic']), note: wording.optional() }),
])

export type Rhythm = z.output<typeof rhythmSchema>

/**
 * `setting` names the key of standards/settings.yaml that gives the date or the days where the source gives none;
 * `afterPeriodDays` counts from the end of the rhythm's period (次年1月31日前).
 */
const deadlineSchema = z.strictObject({
  from: day.optional(),
  by: day.optional(),
  afterPeriodDays: z.int().positive().optional(),
  setting: wording.optional(),
  text: wording,
})

const consequenceSchema = z.strictObject({
  text: wording,
  citations: z.array(id),
  confidence: confidenceSchema,
})

const dutyFields = {
  id,
  title: wording,
  actor: dutyActorSchema,
  action: wording,
  rhythm: z.array(rhythmSchema).min(1),
  deadline: deadlineSchema.optional(),
  appliesTo: z.array(mineStatusSchema),
  /** Left out: every kind of mine. */
  mineTypes: z.array(mineTypeSchema).min(1).optional(),
  /** Nothing to be done while nobody works: paused under a stop order of the whole mine. */
  presupposesWork: z.boolean().default(false),
  /** The record that counts where it is not the general dated one. */
  fulfilledBy: z.enum(['selfCheck']).optional(),
  evidence: z.array(z.strictObject({ capability: capabilitySchema, record: wording })).min(1),
  consequence: consequenceSchema.optional(),
  confidence: confidenceSchema,
}

const obligationSchema = z.strictObject({
  ...dutyFields,
  clause: wording,
  phase: id.optional(),
  quotes: z.array(wording).min(1),
})

export const obligationsFileSchema = z.strictObject({ obligations: z.array(obligationSchema).min(1) })

/** A duty that the law repeats whatever notice is in force. */
const lawDutySchema = z.strictObject({
  ...dutyFields,
  citations: z.array(id).min(1),
  /** null: not found; in force for as long as anybody asks. */
  validFrom: day.nullable(),
  validTo: day.nullable(),
})

export const lawDutiesFileSchema = z.strictObject({ duties: z.array(lawDutySchema).min(1) })

export type LawDuty = z.output<typeof lawDutySchema>

export type Obligation = Omit<z.output<typeof obligationSchema>, 'quotes'> & { readonly quotes: readonly Quote[] }
