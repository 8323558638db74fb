import type { Grant, Scope } from '#domain/access/actor.ts'
import { isWithinDivision } from '#domain/divisionCode.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'

const covers = (own: Scope, given: Scope, stands: (tenantId: string) => boolean): boolean => {
  if (given.kind === 'tenants') return given.ids.every(stands)
  return own.kind === 'division' && isWithinDivision(given.code, own.code)
}

/**
 * Nobody hands out more than he has: neither by a grant, nor by a password to an account that reaches further.
 * `stands` tells whether a tenant is there and within the giver's reach.
 */
export const mayHandOut = (
  own: Scope,
  grants: readonly Grant[],
  stands: (tenantId: string) => boolean,
): Outcome<undefined> =>
  grants.every(({ scope }) => covers(own, scope, stands))
    ? ok(undefined)
    : refuse({
        code: 'out-of-scope',
        message: '授权超出您自己的管辖范围',
        remedy: '只授予管辖范围内的单位或区划；更大范围的由上级管理员办理',
      })
