import { z } from 'zod'
import { listMineFacts, listMines, mineHistory, putMine, readMine, readMineFacts } from '#contract/org.ts'
import { criteriaInForce } from '#domain/criteria/inForce.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { line } from '#domain/text.ts'
import { asked, factsOf, pageOfChanges } from '#server/org/history.ts'
import { countMines, findMine, pageOfMines, streamVersion } from '#server/org/mines.ts'
import { businessDate } from '#server/platform/clock.ts'
import { readCursor } from '#server/platform/cursor.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { shownPage } from '#server/platform/shownPage.ts'
import { shownReceipt } from '#server/platform/shownReceipt.ts'

/** 编号 and id. */
const mineKey = z.tuple([line({ max: 20 }), z.uuid()])
/** Version of the last change seen. */
const changeKey = z.tuple([z.string().regex(/^\d{1,9}$/)])

const noMine = (): Outcome<never> =>
  refuse({ code: 'not-found', message: '没有这座矿，或者不在您的管辖范围', remedy: '从名录中选择' })

export const mineRoutes = (platform: Platform): readonly Mounted[] => {
  const { read, execute, rulebook } = platform
  const today = () => businessDate(platform.clock.now())

  return [
    guarded(listMines, async ({ caller, query }) => {
      const after = readCursor(query.after, mineKey)
      if (!after.ok) return after
      const filter = { ...query, after: after.value, today: today() }
      return read(caller.actor, async (scope) => {
        const found = await pageOfMines(scope, filter)
        const total = await countMines(scope, filter)
        return ok(shownPage(found, { limit: query.limit, total, keyOf: ({ code, id }) => [code, id] }))
      })
    }),
    guarded(readMine, async ({ caller, params }) =>
      read(caller.actor, async (scope) => {
        const mine = await findMine(scope, params.id, today())
        if (!mine) return noMine()
        const version = await streamVersion(scope, params.id, params.id)
        return ok({ ...mine, ...(version !== undefined && { version }) })
      }),
    ),
    guarded(putMine, async ({ caller, params, body }) =>
      shownReceipt(
        await execute(caller.actor, {
          id: body.commandId,
          tenantId: params.id,
          streamId: params.id,
          act: 'mine.put',
          body: body.value,
          expectedVersion: body.expectedVersion,
        }),
      ),
    ),
    guarded(listMineFacts, async () => ok({ items: rulebook.facts.map(asked) })),
    guarded(readMineFacts, async ({ caller, params }) =>
      read(caller.actor, async (scope) => {
        const items = await factsOf(scope, params.id, rulebook.facts, criteriaInForce(rulebook, today()))
        return items ? ok({ items }) : noMine()
      }),
    ),
    guarded(mineHistory, async ({ caller, params, query }) => {
      const after = readCursor(query.after, changeKey)
      if (!after.ok) return after
      const { limit } = query
      const before = after.value && Number(after.value[0])
      return read(caller.actor, async (scope) => {
        const { found, total } = await pageOfChanges(scope, params.id, { before, limit, facts: rulebook.facts })
        // A mine begins with its first entry: no entry, no mine.
        if (total === 0) return noMine()
        return ok(shownPage(found, { limit, total, keyOf: ({ version }) => [String(version)] }))
      })
    }),
  ]
}
