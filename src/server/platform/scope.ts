import pg from 'pg'
import type { Scope } from '#domain/access/actor.ts'
import { divisionRange } from '#domain/divisionCode.ts'

/** What a list states as parameters beside the policies, for the planner. */
export type ScopeBounds = { readonly lo: string; readonly hi: string; readonly tenants: readonly string[] }

export const scopeBounds = (scope: Scope): ScopeBounds =>
  scope.kind === 'division' ? { ...divisionRange(scope.code), tenants: [] } : { lo: '', hi: '', tenants: scope.ids }

const literal = (value: string): string => pg.escapeLiteral(value)

/** One round trip: opens the transaction and tells row-level security how far it reaches. */
export const beginWithin = (scope: Scope, mode: 'read only' | 'read write'): string => {
  const { lo, hi, tenants } = scopeBounds(scope)
  const settings = [
    `set_config('bihuan.div_lo', ${literal(lo)}, true)`,
    `set_config('bihuan.div_hi', ${literal(hi)}, true)`,
    `set_config('bihuan.tenants', ${literal(tenants.join(','))}, true)`,
  ]
  return `begin ${mode}; select ${settings.join(', ')}`
}
