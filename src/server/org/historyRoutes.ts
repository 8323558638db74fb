import { z } from 'zod'
import { companyHistory, mineUnitHistory, permitHistory, personHistory } from '#contract/registryHistory.ts'
import type { Actor } from '#domain/access/actor.ts'
import type { ToldRegistry } from '#domain/org/registryChanges.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { historyOf } from '#server/org/registryHistory.ts'
import { readCursor } from '#server/platform/cursor.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { shownPage } from '#server/platform/shownPage.ts'

/** Version of the last change seen. */
const changeKey = z.tuple([z.string().regex(/^\d{1,9}$/)])

type Where = { readonly tenantId: string; readonly kind: ToldRegistry; readonly id: string }
type Paged = { readonly after?: string | undefined; readonly limit: number }

export const historyRoutes = ({ read, rulebook }: Platform): readonly Mounted[] => {
  const told = async (actor: Actor, where: Where, { after: cursor, limit }: Paged) => {
    const after = readCursor(cursor, changeKey)
    if (!after.ok) return after
    const before = after.value && Number(after.value[0])
    return read(actor, async (scope) => {
      const { found, total } = await historyOf(scope, where, { before, limit, permitKinds: rulebook.permitKinds })
      return total === 0
        ? refuse({ code: 'not-found', message: '没有这条登记，或者不在您的管辖范围', remedy: '从名录中选择' })
        : ok(shownPage(found, { limit, total, keyOf: ({ version }) => [String(version)] }))
    })
  }
  return [
    guarded(companyHistory, ({ caller, params: { id }, query }) =>
      told(caller.actor, { tenantId: id, kind: 'company', id }, query),
    ),
    guarded(personHistory, ({ caller, params, query }) => told(caller.actor, { ...params, kind: 'person' }, query)),
    guarded(mineUnitHistory, ({ caller, params: { mineId, id }, query }) =>
      told(caller.actor, { tenantId: mineId, kind: 'mineUnit', id }, query),
    ),
    guarded(permitHistory, ({ caller, params: { mineId, id }, query }) =>
      told(caller.actor, { tenantId: mineId, kind: 'permit', id }, query),
    ),
  ]
}
