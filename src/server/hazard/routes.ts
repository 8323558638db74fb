import { z } from 'zod'
import { actOnHazard, listHazards, readHazard } from '#contract/hazard.ts'
import { calendarDate } from '#domain/calendarDate.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { countHazards, pageOfHazards } from '#server/hazard/queries.ts'
import { showHazard } from '#server/hazard/show.ts'
import { businessDate } from '#server/platform/clock.ts'
import { exactTotalLimit, readCursor, writeCursor } from '#server/platform/cursor.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { shownReceipt } from '#server/platform/shownReceipt.ts'

/** 发现日期, id. */
const cursorKey = z.tuple([calendarDate(), z.uuid()])

export const hazardRoutes = (platform: Platform): readonly Mounted[] => {
  const { read, execute, rulebook } = platform
  const today = () => businessDate(platform.clock.now())

  return [
    guarded(listHazards, async ({ caller, query }) => {
      const after = readCursor(query.after, cursorKey)
      if (!after.ok) return after
      const { reportedByMe, ...asked } = query
      const reporter = reportedByMe ? caller.actor.accountId : undefined
      const filter = { ...asked, reporter, after: after.value, today: today() }
      return read(caller.actor, async (scope) => {
        const hazards = await pageOfHazards(scope, filter)
        const total = await countHazards(scope, filter)
        const items = hazards.slice(0, query.limit)
        const last = items.at(-1)
        return ok({
          items,
          ...(hazards.length > query.limit && last && { next: writeCursor(last.foundOn, last.id) }),
          total: Math.min(total, exactTotalLimit),
          totalIsExact: total <= exactTotalLimit,
        })
      })
    }),
    guarded(readHazard, async ({ caller, params }) =>
      read(caller.actor, async (scope) => {
        const shown = await showHazard(scope, params, { actor: caller.actor, today: today(), rulebook })
        return shown
          ? ok(shown)
          : refuse({ code: 'not-found', message: '没有这条隐患，或者不在您的管辖范围', remedy: '从台账中选择' })
      }),
    ),
    guarded(actOnHazard, async ({ caller, params, body }) =>
      shownReceipt(
        await execute(caller.actor, {
          id: body.commandId,
          tenantId: params.tenantId,
          streamId: params.id,
          act: `hazard.${params.act}`,
          body: body.body,
          expectedVersion: body.expectedVersion,
          capturedAt: body.capturedAt,
        }),
      ),
    ),
  ]
}
