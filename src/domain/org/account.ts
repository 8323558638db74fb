import { z } from 'zod'
import { scope } from '#domain/access/actor.ts'
import { roleNames } from '#domain/access/role.ts'

export const grant = z.object({ role: z.enum(roleNames).exclude(['setup']), scope })

/** 账号: what it may do stands here; what it signs in with lies in private tables. */
export const account = z.object({
  personId: z.uuid().optional(),
  disabled: z.boolean(),
  grants: z.array(grant).min(1, '至少授予一个岗位').max(20),
})

export type Account = z.infer<typeof account>
