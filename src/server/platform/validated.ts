import { z } from 'zod'
import { type Outcome, ok } from '#domain/refusal.ts'
import '#domain/complaints.ts'

export type FieldProblem = { readonly field: string; readonly message: string }

const problemsOf = (error: z.ZodError): readonly FieldProblem[] =>
  error.issues.flatMap((issue) => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
    return paths.map((path) => ({ field: path.join('.'), message: issue.message }))
  })

/** A field the form does not have is refused, not dropped: who sends it believes it does something (ASVS 15.3.3). */
const strangers = (schema: z.ZodType, input: unknown): readonly FieldProblem[] => {
  if (!(schema instanceof z.ZodObject) || typeof input !== 'object' || input === null) return []
  return Object.keys(input)
    .filter((name) => !Object.hasOwn(schema.shape, name))
    .map((field) => ({ field, message: '表上没有这一项，请去掉' }))
}

/** Bad input is answered with where, what and how to mend it; every field at once. */
export const validated = <S extends z.ZodType>(schema: S, input: unknown): Outcome<z.output<S>> => {
  const parsed = schema.safeParse(input)
  const unknown = strangers(schema, input)
  if (parsed.success && unknown.length === 0) return ok(parsed.data)
  const fields = [...(parsed.error ? problemsOf(parsed.error) : []), ...unknown]
  return {
    ok: false,
    refusal: {
      code: 'invalid-input',
      message: fields.map(({ field, message }) => (field ? `${field}：${message}` : message)).join('；'),
      remedy: '按各项提示改正后再办理',
      details: { fields },
    },
  }
}
