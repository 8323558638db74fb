import { z } from 'zod'
import { id, wording } from './fields.ts'

/** What a principal is shown before he signs an act: what he confirms, and what he answers for by which clause. */
const beforeSigningSchema = z.strictObject({
  act: z.string().regex(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/),
  confirms: wording,
  answers: wording,
  citations: z.array(id).min(1),
})

export const beforeSigningFileSchema = z.strictObject({ acts: z.array(beforeSigningSchema).min(1) })

export type BeforeSigning = z.output<typeof beforeSigningSchema>
