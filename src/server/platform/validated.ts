import type { z } from 'zod'
import { type Outcome, ok } from '#domain/refusal.ts'

export type FieldProblem = { readonly field: string; readonly message: string }

const problemsOf = (error: z.ZodError): readonly FieldProblem[] =>
  error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }))

/** Bad input is answered with where, what and how to mend it; every field at once. */
export const validated = <S extends z.ZodType>(schema: S, input: unknown): Outcome<z.output<S>> => {
  const parsed = schema.safeParse(input)
  if (parsed.success) return ok(parsed.data)
  const fields = problemsOf(parsed.error)
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
