import { z } from 'zod'
import {
  giveHandover,
  listHandovers,
  readHandover,
  readOpenItems,
  takeHandover,
  withdrawHandover,
} from '#contract/handover.ts'
import type { Actor } from '#domain/access/actor.ts'
import type { HandoverItem } from '#domain/handover/item.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { type OpenItems, openItems } from '#server/handover/openItems.ts'
import { findHandover, pageOfHandovers } from '#server/handover/queries.ts'
import { businessDate } from '#server/platform/clock.ts'
import { readCursor } from '#server/platform/cursor.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { shownPage } from '#server/platform/shownPage.ts'
import { shownReceipt } from '#server/platform/shownReceipt.ts'

/** When it was given, and id. */
const handoverKey = z.tuple([z.iso.datetime(), z.uuid()])

const noHandover: Outcome<never> = refuse({
  code: 'not-found',
  message: '没有这份交接单，或者不是本单位的',
  remedy: '从交接单列表中选择',
})

const lineOf = ({ kind, streamId, title, dueOn }: HandoverItem): string =>
  [kind, streamId, title, dueOn ?? ''].join('\t')

/** What was signed is what stands open at that moment: nothing left out, nothing that was finished meanwhile. */
const sameItems = (seen: OpenItems, standing: OpenItems): boolean => {
  const before = seen.items.map(lineOf).sort().join('\n')
  return before === standing.items.map(lineOf).sort().join('\n') && seen.more === standing.more
}

const changedSince: Outcome<never> = refuse({
  code: 'open-items-changed',
  message: '您打开之后，没有办完的事项有了变化',
  remedy: '看过新的清单再交出',
})

export const handoverRoutes = ({ read, execute, clock }: Platform): readonly Mounted[] => {
  const today = () => businessDate(clock.now())
  const openItemsOf = (actor: Actor, personId: string) =>
    read(actor, (scope) => openItems(scope, { actor, personId, today: today() }))
  const begun = (actor: Actor, params: { readonly tenantId: string; readonly id: string }) =>
    read(actor, async (scope) => (await findHandover(scope, params, actor)) !== undefined)

  return [
    guarded(listHandovers, async ({ caller: { actor }, query }) => {
      const after = readCursor(query.after, handoverKey)
      if (!after.ok) return after
      const { limit } = query
      return read(actor, async (scope) => {
        const { found, total } = await pageOfHandovers(scope, { actor, after: after.value, limit })
        return ok(shownPage(found, { limit, total, keyOf: ({ givenAt, id }) => [givenAt, id] }))
      })
    }),
    guarded(readOpenItems, async ({ caller: { actor }, query }) => {
      const personId = query.personId ?? actor.personId
      return ok(personId ? await openItemsOf(actor, personId) : { items: [], more: 0 })
    }),
    guarded(readHandover, async ({ caller: { actor }, params }) => {
      const shown = await read(actor, (scope) => findHandover(scope, params, actor))
      return shown ? ok(shown) : noHandover
    }),
    guarded(giveHandover, async ({ caller: { actor }, params, body: { commandId, ...body } }) => {
      const from = body.from ?? actor.personId
      // Sent once more after the answer was lost: execute knows it, whatever has happened since.
      if (from && !(await begun(actor, params)) && !sameItems(body, await openItemsOf(actor, from))) return changedSince
      return shownReceipt(
        await execute(actor, {
          id: commandId,
          tenantId: params.tenantId,
          streamId: params.id,
          act: 'handover.give',
          body,
        }),
      )
    }),
    guarded(takeHandover, async ({ caller: { actor }, params, body: { commandId, ...body } }) =>
      shownReceipt(
        await execute(actor, {
          id: commandId,
          tenantId: params.tenantId,
          streamId: params.id,
          act: 'handover.take',
          body,
        }),
      ),
    ),
    guarded(withdrawHandover, async ({ caller: { actor }, params, body: { commandId, ...body } }) =>
      shownReceipt(
        await execute(actor, {
          id: commandId,
          tenantId: params.tenantId,
          streamId: params.id,
          act: 'handover.withdraw',
          body,
        }),
      ),
    ),
  ]
}
