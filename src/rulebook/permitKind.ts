import { z } from 'zod'
import { confidenceSchema } from './confidence.ts'
import { id, wording } from './fields.ts'
import { mineTypeSchema } from './mine.ts'

/** A kind of permit that a mine may hold; what the law says of its renewal is cited, everything else is a list to choose from. */
const permitKindSchema = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  title: wording,
  /** By law, renewal is applied for so many months before expiry; null: no law known. */
  renewMonthsBefore: z.int().positive().nullable(),
  /** A producing mine of these types is told when none is registered. */
  expectedOf: z.array(mineTypeSchema),
  confidence: confidenceSchema,
  citations: z.array(id),
  why: wording,
})

export type PermitKind = z.output<typeof permitKindSchema>

export const permitKindsFileSchema = z.strictObject({ kinds: z.array(permitKindSchema).min(1) })
