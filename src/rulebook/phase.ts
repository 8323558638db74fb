import { z } from 'zod'
import { day, id, wording } from './fields.ts'
import type { Quote } from './quote.ts'

const phaseSchema = z.strictObject({
  id,
  title: wording,
  /** null: 自即日起 of a notice without a date. */
  from: day.nullable(),
  /** Last day of the phase, itself within it. */
  to: day,
  fromNote: wording.optional(),
  outputs: z.array(wording).min(1),
  quotes: z.array(wording).min(1),
})

export const phasesFileSchema = z.strictObject({ phases: z.array(phaseSchema).min(1) })

export type Phase = Omit<z.output<typeof phaseSchema>, 'quotes'> & { readonly quotes: readonly Quote[] }
