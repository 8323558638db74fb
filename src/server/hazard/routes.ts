import { z } from 'zod'
import { actOnHazard, listHazards, readHazard, readRepeats } from '#contract/hazard.ts'
import { compareNumbers, listHazardNumbers, listNumberSystems } from '#contract/hazardNumbers.ts'
import { calendarDate } from '#domain/calendarDate.ts'
import { reconcile } from '#domain/hazard/reconcile.ts'
import { theirList } from '#domain/importing/theirList.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { readApart } from '#server/documents/readApart.ts'
import { countNumberSystems, hazardsToCompare, mostCompared, pageOfNumbers } from '#server/hazard/numbers.ts'
import { countHazards, pageOfHazards } from '#server/hazard/queries.ts'
import { repeatsOf } from '#server/hazard/repeats.ts'
import { showHazard } from '#server/hazard/show.ts'
import { receive } from '#server/importing/receive.ts'
import { businessDate } from '#server/platform/clock.ts'
import { exactTotalLimit, readCursor, writeCursor } from '#server/platform/cursor.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { shownPage } from '#server/platform/shownPage.ts'
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
    guarded(readRepeats, async ({ caller, params }) =>
      read(caller.actor, async (scope) => {
        const found = await repeatsOf(scope, params)
        return found
          ? ok(found)
          : refuse({ code: 'not-found', message: '没有这条隐患，或者不在您的管辖范围', remedy: '从台账中选择' })
      }),
    ),
    guarded(listNumberSystems, async ({ caller, query }) =>
      read(caller.actor, async (scope) => ok({ systems: [...(await countNumberSystems(scope, query.mineId))] })),
    ),
    guarded(listHazardNumbers, async ({ caller, query }) => {
      const after = readCursor(query.after, cursorKey)
      if (!after.ok) return after
      return read(caller.actor, async (scope) => {
        const { found, total } = await pageOfNumbers(scope, { ...query, mineId: query.mineId, after: after.value })
        return ok(shownPage(found, { limit: query.limit, total, keyOf: ({ foundOn, id }) => [foundOn, id] }))
      })
    }),
    guarded(compareNumbers, async ({ caller, request }) => {
      const received = await receive(request, compareNumbers.settings)
      if (!received.ok) return received
      const { bytes, settings } = received.value
      const sheets = await readApart(bytes)
      if (!sheets.ok) return sheets
      const { lines, faults } = theirList(sheets.value, settings.system, {
        today: today(),
        allowUnassignedCodes: platform.demo,
      })
      return read(caller.actor, async (scope) => {
        const ours = await hazardsToCompare(scope, settings)
        if (ours.length > mostCompared || lines.length > mostCompared)
          return refuse({
            code: 'too-many-to-compare',
            message: `一次最多对 ${mostCompared} 条`,
            remedy: '选定一座矿，分开对账',
          })
        const told = faults.map(({ sheet, row, reason, remedy }) => ({ sheet, row, reason, remedy }))
        return ok({ read: lines.length, faults: told, found: reconcile(ours, lines) })
      })
    }),
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
