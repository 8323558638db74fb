import { z } from 'zod'
import { division } from '#domain/org/division.ts'
import { line } from '#domain/text.ts'

export const organisationKinds = {
  districtBureau: '区（县）应急管理局',
  cityBureau: '市应急管理局',
  township: '乡镇应急站',
  expertPool: '专家库',
} as const

export const organisation = z.object({
  kind: z.enum(['districtBureau', 'cityBureau', 'township', 'expertPool']),
  name: line({ label: '名称', max: 100 }),
  div: division,
})

export type Organisation = z.infer<typeof organisation>
