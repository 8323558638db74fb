import type { z } from 'zod'
import type { Problem } from '#contract/problem.ts'

type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

/** Our schemas complain in Chinese; zod's own words for a value that is not there do not. */
const inChinese = (message: string): string => (/\p{Script=Han}/u.test(message) ? message : '请填写或选择')

/** The schema's own complaints, in the form the server would give them, before anything is sent. */
export const checked = <S extends z.ZodType>(schema: S, input: unknown): Checked<z.output<S>> => {
  const read = schema.safeParse(input)
  if (read.success) return { ok: true, value: read.data }
  const fields = read.error.issues.map(({ path, message }) => ({ field: path.join('.'), message: inChinese(message) }))
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
