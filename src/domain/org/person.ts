import { z } from 'zod'
import { line } from '#domain/text.ts'

/** A person as the records know them: by post. Name and phone lie in private tables, under the same id. */
export const person = z.object({
  post: line({ label: '岗位', max: 50 }),
  active: z.boolean(),
})

export type Person = z.infer<typeof person>

export const privatePerson = z.object({
  name: line({ label: '姓名', max: 50 }).optional(),
  phone: line({ label: '手机', max: 20 }).optional(),
})
