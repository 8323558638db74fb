import type { SessionShown } from '#contract/session.ts'
import type { Grant } from '#domain/access/actor.ts'
import { roleTitle } from '#domain/access/role.ts'
import { tenantNames } from '#server/accounts/queries.ts'
import type { Caller } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'

const scopeTitle = (platform: Platform, grant: Grant, names: ReadonlyMap<string, string>): string => {
  const { scope } = grant
  if (scope.kind === 'division')
    return platform.rulebook.divisions.find(({ code }) => code === scope.code)?.name ?? `区划 ${scope.code}`
  return scope.ids
    .map((id) => names.get(id))
    .filter(Boolean)
    .join('、')
}

/** The session in words: who, as what, over which mines. */
export const describeSession = async (
  platform: Platform,
  caller: Omit<Caller, 'sessionToken'>,
): Promise<SessionShown> => {
  const { actor, grants } = caller
  const ids = [
    ...new Set([actor.homeTenantId, ...grants.flatMap(({ scope }) => (scope.kind === 'tenants' ? scope.ids : []))]),
  ]
  const names = await platform.read({ scope: { kind: 'tenants', ids } }, (scope) => tenantNames(scope, ids))
  const shown = (grant: Grant) => ({
    role: grant.role,
    roleTitle: roleTitle(grant.role),
    scope: grant.scope,
    scopeTitle: scopeTitle(platform, grant, names),
  })
  return {
    accountId: actor.accountId,
    login: caller.login,
    ...(actor.personId && { personId: actor.personId }),
    homeTenantId: actor.homeTenantId,
    homeName: names.get(actor.homeTenantId) ?? '',
    grant: shown(actor),
    grants: grants.map(shown),
  }
}
