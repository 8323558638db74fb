import { z } from 'zod'
import { confidenceSchema } from './confidence.ts'
import { id, wording } from './fields.ts'

const common = {
  key: z.string().regex(/^[a-z]+\.[a-z][A-Za-z0-9]*$/),
  title: wording,
  confidence: confidenceSchema,
  why: wording,
  citations: z.array(id),
}

/** A number that neither the notice nor a law settles: the bureau may change it. `value` null: nothing is asked. */
const settingSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.enum(['days', 'hours', 'months', 'count']),
    value: z.int().nonnegative().nullable(),
  }),
  z.strictObject({ ...common, kind: z.literal('yesNo'), value: z.boolean() }),
  z.strictObject({
    ...common,
    kind: z.literal('monthDay'),
    value: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
  }),
  z.strictObject({ ...common, kind: z.literal('words'), value: wording }),
  z.strictObject({
    ...common,
    kind: z.literal('choice'),
    options: z.record(z.string(), wording),
    value: wording,
  }),
])

export const settingsFileSchema = z.strictObject({ settings: z.array(settingSchema).min(1) })

export type Setting = z.output<typeof settingSchema>
