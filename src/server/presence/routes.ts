import { z } from 'zod'
import { correctPresence, listPresence, readPresence, recordPresence, withdrawPresence } from '#contract/presence.ts'
import type { Actor } from '#domain/access/actor.ts'
import { requiredPresence } from '#domain/presence/required.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { monthOf } from '#domain/selfCheck/month.ts'
import { line } from '#domain/text.ts'
import { businessDate } from '#server/platform/clock.ts'
import { readCursor } from '#server/platform/cursor.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { shownPage } from '#server/platform/shownPage.ts'
import { shownReceipt } from '#server/platform/shownReceipt.ts'
import { presenceDayId } from '#server/presence/dayId.ts'
import { monthAtMine, pageOfPresence } from '#server/presence/queries.ts'

/** 编号 and id. */
const mineKey = z.tuple([line({ max: 20 }), z.uuid()])

type Sent = { readonly commandId: string; readonly expectedVersion?: number | undefined }

export const presenceRoutes = ({ read, execute, rulebook, clock }: Platform): readonly Mounted[] => {
  const required = requiredPresence(rulebook.settings)

  const act = async (
    actor: Actor,
    name: string,
    { mineId, id }: { readonly mineId: string; readonly id: string },
    { commandId, expectedVersion, ...body }: Sent & Readonly<Record<string, unknown>>,
  ) =>
    shownReceipt(
      await execute(actor, {
        id: commandId,
        tenantId: mineId,
        streamId: id,
        act: `presence.${name}`,
        body,
        expectedVersion,
      }),
    )

  return [
    guarded(listPresence, async ({ caller: { actor }, query }) => {
      const after = readCursor(query.after, mineKey)
      if (!after.ok) return after
      const month = query.month ?? monthOf(businessDate(clock.now()))
      const { limit, search } = query
      return read(actor, async (scope) => {
        const { found, total, missing } = await pageOfPresence(scope, {
          month,
          required: required.days,
          missing: query.missing === 'true',
          search,
          after: after.value,
          limit,
        })
        const keyOf = ({ mineCode, mineId }: { mineCode: string; mineId: string }) => [mineCode, mineId]
        return ok({ ...shownPage(found, { limit, total, keyOf }), month, required, missing })
      })
    }),
    guarded(readPresence, async ({ caller: { actor }, params: { mineId, month } }) =>
      read(actor, async (scope) => {
        const found = await monthAtMine(scope, mineId, month, required.days)
        return found
          ? ok({ ...found, month, required })
          : refuse({ code: 'not-found', message: '没有这座矿，或者不在您的管辖范围', remedy: '从名录中选择' })
      }),
    ),
    guarded(recordPresence, ({ caller: { actor }, params: { mineId }, body }) =>
      act(actor, 'record', { mineId, id: presenceDayId(mineId, body.personId, body.on) }, body),
    ),
    guarded(correctPresence, ({ caller: { actor }, params, body }) => act(actor, 'correct', params, body)),
    guarded(withdrawPresence, ({ caller: { actor }, params, body }) => act(actor, 'withdraw', params, body)),
  ]
}
