import type { Role } from '#domain/access/role.ts'
import { divisionRange } from '#domain/divisionCode.ts'

/** What a grant reaches: all tenants of a division, a list of tenants, or nothing but the machine's own foundation. */
export type Scope =
  | { readonly kind: 'division'; readonly code: string }
  | { readonly kind: 'tenants'; readonly ids: readonly string[] }

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
