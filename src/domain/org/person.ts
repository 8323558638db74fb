import { z } from 'zod'
import { officeNames } from '#domain/org/office.ts'
import { line } from '#domain/text.ts'

/** A person as the records know them: by post. Name and phone lie in private tables, under the same id. */
export const person = z.object({
  post: line({ label: '岗位', max: 50 }),
  active: z.boolean(),
  /** 职务: what the person answers for at the mine; several may be held by one. */
  offices: z.array(z.enum(officeNames)).max(officeNames.length).optional(),
  /** 所在车间、班组、承包单位. */
  unitId: z.uuid('从列表里选择').optional(),
})

export type Person = z.infer<typeof person>

export const privatePerson = z.object({
  name: line({ label: '姓名', max: 50 }).optional(),
  phone: line({ label: '手机', max: 20 }).optional(),
})
