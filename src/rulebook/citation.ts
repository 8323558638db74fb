import { z } from 'zod'
import { confidenceSchema } from './confidence.ts'
import { day, id, wording } from './fields.ts'
import type { Quote } from './quote.ts'

const citationSchema = z.strictObject({
  id,
  short: wording,
  /** What the clause asks, in our words: not to be printed as the law. */
  requires: wording,
  notice: id.optional(),
  quote: wording.optional(),
  validFrom: day.nullable(),
  validTo: day.nullable(),
  confidence: confidenceSchema,
})

export const citationsFileSchema = z.strictObject({ citations: z.array(citationSchema).min(1) })

export type Citation = Omit<z.output<typeof citationSchema>, 'quote'> & {
  /** Only where the clause stands in a notice of this rulebook. */
  readonly quote?: Quote
}
