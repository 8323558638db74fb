import { z } from 'zod'
import { listPermitKinds, listPermits, listUnregisteredPermits, putPermit } from '#contract/permit.ts'
import { calendarDate } from '#domain/calendarDate.ts'
import { ok } from '#domain/refusal.ts'
import { line } from '#domain/text.ts'
import { countUnregistered, pageOfPermits, pageOfUnregistered, permitRules, permitTotals } from '#server/org/permits.ts'
import { businessDate } from '#server/platform/clock.ts'
import { readCursor } from '#server/platform/cursor.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { shownPage } from '#server/platform/shownPage.ts'
import { shownReceipt } from '#server/platform/shownReceipt.ts'

const permitKey = z.tuple([calendarDate(), z.uuid(), z.uuid()])
const unregisteredKey = z.tuple([line({ max: 20 }), z.uuid(), line({ max: 40 })])
const longTerm = '9999-12-31'

export const permitRoutes = ({ read, execute, rulebook, clock }: Platform): readonly Mounted[] => {
  const rules = () => permitRules(rulebook, businessDate(clock.now()))
  return [
    guarded(listPermitKinds, async () => {
      const { kinds, soonDays, clauseOf } = rules()
      return ok({
        items: kinds.map((kind) => {
          const clause = clauseOf(kind)
          const { key, title, renewMonthsBefore, why } = kind
          return { key, title, renewMonthsBefore, why, ...(clause && { clause }) }
        }),
        soonDays,
        soonWhy: rulebook.settings.find(({ key }) => key === 'org.permitSoonDays')?.why ?? '',
      })
    }),
    guarded(listPermits, async ({ caller, query }) => {
      const after = readCursor(query.after, permitKey)
      if (!after.ok) return after
      const { limit, mineId } = query
      return read(caller.actor, async (scope) => {
        const { found, total } = await pageOfPermits(scope, rules(), { ...query, after: after.value })
        return ok({
          ...shownPage(found, { limit, total, keyOf: (one) => [one.validUntil ?? longTerm, one.mineId, one.id] }),
          totals: await permitTotals(scope, rules(), mineId),
          unregistered: await countUnregistered(scope, rules(), mineId),
        })
      })
    }),
    guarded(listUnregisteredPermits, async ({ caller, query }) => {
      const after = readCursor(query.after, unregisteredKey)
      if (!after.ok) return after
      const { limit, mineId } = query
      return read(caller.actor, async (scope) => {
        const found = await pageOfUnregistered(scope, rules(), { mineId, after: after.value, limit })
        const total = await countUnregistered(scope, rules(), mineId)
        return ok(shownPage(found, { limit, total, keyOf: (one) => [one.mineCode, one.mineId, one.kind] }))
      })
    }),
    guarded(putPermit, async ({ caller, params, body }) =>
      shownReceipt(
        await execute(caller.actor, {
          id: body.commandId,
          tenantId: params.mineId,
          streamId: params.id,
          act: 'permit.put',
          body: body.value,
          expectedVersion: body.expectedVersion,
        }),
      ),
    ),
  ]
}
