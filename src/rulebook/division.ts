import { z } from 'zod'
import { confidenceSchema } from './confidence.ts'
import { wording } from './fields.ts'

const divisionSchema = z.discriminatedUnion('level', [
  z.strictObject({ level: z.literal('city'), code: z.string().regex(/^\d{4}$/), name: wording }),
  z.strictObject({ level: z.literal('county'), code: z.string().regex(/^\d{6}$/), name: wording }),
  z.strictObject({ level: z.literal('township'), code: z.string().regex(/^\d{9}$/), name: wording }),
])

export const divisionsFileSchema = z.strictObject({
  source: wording,
  confidence: confidenceSchema,
  divisions: z.array(divisionSchema).min(1),
})

export type Division = z.output<typeof divisionSchema>
