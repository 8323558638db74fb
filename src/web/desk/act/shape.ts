import { z } from 'zod'
import { type FieldMeta, fieldMeta, isRequired } from '#domain/field.ts'
import { transitionOf } from '#domain/hazard/transitions.ts'

export type FormField = { readonly name: string; readonly meta: FieldMeta; readonly required: boolean }

/** The act's fields as its own body declares them; when it happened is asked last. */
export const formFields = (act: string): readonly FormField[] => {
  const shape: z.core.$ZodShape = transitionOf(act)?.body.shape ?? {}
  const fields = Object.entries(shape).flatMap(([name, schema]): FormField[] => {
    const meta = fieldMeta(schema)
    return meta && schema instanceof z.ZodType ? [{ name, meta, required: isRequired(schema) }] : []
  })
  return [...fields.filter(({ name }) => name !== 'on'), ...fields.filter(({ name }) => name === 'on')]
}

export type Values = Readonly<Record<string, unknown>>

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === '' || value === null || (Array.isArray(value) && value.length === 0)

/** What is sent: fields that were left empty are left out. */
export const bodyOf = (values: Values): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)))

/** The schema's own complaints before anything is sent, by field. */
export const complaints = (act: string, body: Record<string, unknown>): Record<string, string> => {
  const checked = transitionOf(act)?.body.safeParse(body)
  if (!checked || checked.success) return {}
  const told: Record<string, string> = {}
  for (const { path, message } of checked.error.issues) {
    const name = String(path[0] ?? '')
    told[name] ??= body[name] === undefined ? '请填写' : message
  }
  return told
}
