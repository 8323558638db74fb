import { z } from 'zod'
import { confidenceSchema } from './confidence.ts'
import { buttonsSchema, defaultButtons } from './criteriaPack.ts'
import { id, wording } from './fields.ts'
import { mineTypeSchema } from './mine.ts'

/** One ordinary question of the monthly self-check (PRACTICE 17): no criterion of a major hazard, in the product's own words. */
const checkItemSchema = z.strictObject({
  code: id,
  question: wording,
  /** How to look, so that two people see the same. */
  look: wording,
  buttons: buttonsSchema.default(defaultButtons),
})

const checkSystemSchema = z.strictObject({
  key: id,
  title: wording,
  items: z.array(checkItemSchema).min(1),
})

export const checkItemsFileSchema = z.strictObject({
  id,
  title: wording,
  mineType: mineTypeSchema,
  confidence: confidenceSchema,
  why: wording,
  systems: z.array(checkSystemSchema).min(1),
})

export type CheckItem = z.output<typeof checkItemSchema>
export type CheckSystem = z.output<typeof checkSystemSchema>
export type CheckItems = z.output<typeof checkItemsFileSchema>
