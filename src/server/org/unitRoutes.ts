import { listMineUnits, putMineUnit } from '#contract/mineUnit.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { unitsOf } from '#server/org/units.ts'
import { businessDate } from '#server/platform/clock.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { shownReceipt } from '#server/platform/shownReceipt.ts'

export const unitRoutes = ({ read, execute, clock }: Platform): readonly Mounted[] => [
  guarded(listMineUnits, async ({ caller, params }) =>
    read(caller.actor, async (scope) => {
      const items = await unitsOf(scope, params.mineId, businessDate(clock.now()))
      return items
        ? ok({ items })
        : refuse({ code: 'not-found', message: '没有这座矿，或者不在您的管辖范围', remedy: '从名录中选择' })
    }),
  ),
  guarded(putMineUnit, async ({ caller, params, body }) =>
    shownReceipt(
      await execute(caller.actor, {
        id: body.commandId,
        tenantId: params.mineId,
        streamId: params.id,
        act: 'mineUnit.put',
        body: body.value,
        expectedVersion: body.expectedVersion,
      }),
    ),
  ),
]
