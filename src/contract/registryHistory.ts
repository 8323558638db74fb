import { z } from 'zod'
import { pageOf, pageQuery } from '#contract/page.ts'
import { plain, route } from '#contract/route.ts'
import { toldRegistries } from '#domain/org/registryChanges.ts'

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

export const registryHistory = route({
  ...plain,
  method: 'GET',
  path: '/api/tenants/:tenantId/history/:kind/:id',
  summary: '一条登记的变更记录（企业、单位、人员、班组和承包单位、证照），最近的在前',
  tag: 'org',
  access: { act: 'registry.history' },
  params: z.object({ tenantId: z.uuid(), kind: z.enum(toldRegistries), id: z.uuid() }),
  query: z.object({ ...pageQuery }),
  reply: pageOf(registryChangeShown),
})
