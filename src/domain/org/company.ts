import { z } from 'zod'
import { division } from '#domain/org/division.ts'
import { line } from '#domain/text.ts'

/** 企业: the legal person. The credit code is the company's; it may have several mines (PRACTICE A6). */
export const company = z.object({
  name: line({ label: '企业名称', max: 100 }),
  creditCode: line({ label: '统一社会信用代码', max: 18 }),
  /** Division it is registered in; its records lie there. */
  div: division,
  address: line({ label: '地址', max: 200 }).optional(),
})

export type Company = z.infer<typeof company>
