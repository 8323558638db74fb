import { z } from 'zod'
import type { Role } from '#domain/access/role.ts'
import { divisionRange, isDivisionCode } from '#domain/divisionCode.ts'

/** What a grant reaches: all tenants of a division, a list of tenants, or nothing but the machine's own foundation. */
export const scope = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('division'),
    code: z.string().refine(isDivisionCode, '行政区划代码应为 2、4、6、9 或 12 位数字'),
  }),
  z.object({ kind: z.literal('tenants'), ids: z.array(z.uuid()).min(1, '至少授予一个单位').max(200) }),
])

export type Scope = z.infer<typeof scope>
export type Grant = { readonly role: Role; readonly scope: Scope }

/** Who acts, in which capacity: one account under one grant. */
export type Actor = {
  readonly accountId: string
  readonly personId?: string | undefined
  /** The organisation the account belongs to: where its own records live. */
  readonly homeTenantId: string
  readonly role: Role
  readonly scope: Scope
}

/** The tenant an act touches, as the access table needs to know it. */
export type Target = { readonly tenantId: string; readonly div: string }

export const withinScope = (scope: Scope, target: Target): boolean => {
  if (scope.kind === 'tenants') return scope.ids.includes(target.tenantId)
  const { lo, hi } = divisionRange(scope.code)
  return target.div >= lo && target.div < hi
}
