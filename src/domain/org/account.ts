import { z } from 'zod'
import { roleNames } from '#domain/access/role.ts'

const scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('division'), code: z.string().regex(/^\d{2,12}$/, '行政区划代码应为 2 至 12 位数字') }),
  z.object({ kind: z.literal('tenants'), ids: z.array(z.uuid()).min(1, '至少授予一个单位').max(200) }),
])

export const grant = z.object({ role: z.enum(roleNames).exclude(['setup']), scope })

/** 账号: what it may do stands here; what it signs in with lies in private tables. */
export const account = z.object({
  personId: z.uuid().optional(),
  disabled: z.boolean(),
  grants: z.array(grant).min(1, '至少授予一个岗位').max(20),
})

export type Account = z.infer<typeof account>
