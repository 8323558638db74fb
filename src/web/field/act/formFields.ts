import type { z } from 'zod'
import { type FieldMeta, fieldMeta, isRequired } from '#domain/field.ts'
import type { Transition } from '#domain/hazard/move.ts'

export type FormField = {
  readonly name: string
  readonly schema: z.core.$ZodType
  readonly meta: FieldMeta
  readonly required: boolean
}

/** The act's own schema, read as a form: a new fact of the life cycle needs no form of its own. The day stands last. */
export const formFields = ({ body }: Pick<Transition, 'body'>): readonly FormField[] => {
  const fields = Object.entries(body.shape).flatMap(([name, schema]): FormField[] => {
    const meta = fieldMeta(schema)
    return meta ? [{ name, schema, meta, required: isRequired(schema) }] : []
  })
  return [...fields.filter(({ name }) => name !== 'on'), ...fields.filter(({ name }) => name === 'on')]
}

/** For a button: 五定（责任人、措施……）→ 五定. */
export const shortTitle = ({ title }: { readonly title: string }): string => title.replace(/（[^）]*）$/, '')

export const isFileField = ({ meta }: FormField): boolean => meta.widget === 'photos' || meta.widget === 'files'

/** What stands against the answers, by field, in the schema's own words. */
export const complaints = (
  { body }: Pick<Transition, 'body'>,
  answers: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> => {
  const told: Record<string, string> = {}
  for (const { name, required, meta } of formFields({ body }))
    if (required && answers[name] === undefined) told[name] = `请填写${meta.label}`
  const parsed = body.safeParse(answers)
  for (const { path, message } of parsed.error?.issues ?? []) {
    const name = String(path[0] ?? '')
    told[name] ??= message
  }
  return told
}
