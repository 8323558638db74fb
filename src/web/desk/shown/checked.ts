import type { z } from 'zod'
import type { Problem } from '#contract/problem.ts'

type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

/** The schema's own complaints, in the form the server would give them, before anything is sent. */
export const checked = <S extends z.ZodType>(schema: S, input: unknown): Checked<z.output<S>> => {
  const read = schema.safeParse(input)
  if (read.success) return { ok: true, value: read.data }
  const fields = read.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))
  return {
    ok: false,
    problem: {
      type: '/problems/invalid-input',
      title: '填写有误',
      status: 400,
      code: 'invalid-input',
      detail: `有 ${fields.length} 处要改`,
      remedy: '按各项下面的提示改正',
      details: { fields },
    },
  }
}
