import { z } from 'zod'
import { pageOf, pageQuery } from '#contract/page.ts'
import { plain, route } from '#contract/route.ts'

export const registryChangeShown = z.object({
  version: z.number().int(),
  at: z.string(),
  roleTitle: z.string(),
  post: z.string().optional(),
  /** Set where the record is no entry: a name shown, personal data erased. */
  title: z.string().optional(),
  first: z.boolean(),
  changes: z.array(
    z.object({ name: z.string(), label: z.string(), before: z.string().optional(), after: z.string().optional() }),
  ),
})

export type RegistryChangeShown = z.infer<typeof registryChangeShown>

const history = {
  ...plain,
  method: 'GET',
  tag: 'org',
  query: z.object(pageQuery),
  reply: pageOf(registryChangeShown),
} as const
const ofMine = z.object({ mineId: z.uuid(), id: z.uuid() })

export const companyHistory = route({
  ...history,
  path: '/api/companies/:id/history',
  summary: '一家企业的变更记录，最近的在前',
  access: { act: 'company.read' },
  params: z.object({ id: z.uuid() }),
})

/** For those who keep the list of people: the stream also says that somebody looked at a name. */
export const personHistory = route({
  ...history,
  path: '/api/tenants/:tenantId/people/:id/history',
  summary: '一个人的变更记录：岗位、职务、离岗，最近的在前',
  access: { act: 'person.put' },
  params: z.object({ tenantId: z.uuid(), id: z.uuid() }),
})

export const mineUnitHistory = route({
  ...history,
  path: '/api/mines/:mineId/units/:id/history',
  summary: '一个车间、班组、岗位、承包或出租单位的变更记录，最近的在前',
  access: { act: 'mineUnit.read' },
  params: ofMine,
})

export const permitHistory = route({
  ...history,
  path: '/api/mines/:mineId/permits/:id/history',
  summary: '一张证照的变更记录，最近的在前',
  access: { act: 'permit.read' },
  params: ofMine,
})
