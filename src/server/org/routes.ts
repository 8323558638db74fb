import { z } from 'zod'
import {
  listAccounts,
  listMines,
  listPeople,
  putAccount,
  putCompany,
  putMine,
  putOrganisation,
  putPerson,
  readMine,
  revealPerson,
  setCredentials,
} from '#contract/org.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { line } from '#domain/text.ts'
import { setCredentialsOf } from '#server/accounts/credentials.ts'
import {
  countAccounts,
  countMines,
  findMine,
  pageOfAccounts,
  pageOfMines,
  peopleOf,
  privatePersonOf,
  streamVersion,
} from '#server/org/queries.ts'
import { businessDate } from '#server/platform/clock.ts'
import { exactTotalLimit, readCursor, writeCursor } from '#server/platform/cursor.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { shownReceipt } from '#server/platform/shownReceipt.ts'

/** What stands in the cursors: 编号 and id of a mine; tenant and id of an account. */
const mineKey = z.tuple([line({ max: 20 }), z.uuid()])
const accountKey = z.tuple([z.uuid(), z.uuid()])

export const orgRoutes = (platform: Platform): readonly Mounted[] => {
  const { read, execute } = platform
  const today = () => businessDate(platform.clock.now())

  return [
    guarded(listMines, async ({ caller, query }) => {
      const after = readCursor(query.after, mineKey)
      if (!after.ok) return after
      const filter = { ...query, after: after.value, today: today() }
      return read(caller.actor, async (scope) => {
        const mines = await pageOfMines(scope, filter)
        const total = await countMines(scope, filter)
        const items = mines.slice(0, query.limit)
        const last = items.at(-1)
        return ok({
          items,
          ...(mines.length > query.limit && last && { next: writeCursor(last.code, last.id) }),
          total: Math.min(total, exactTotalLimit),
          totalIsExact: total <= exactTotalLimit,
        })
      })
    }),
    guarded(readMine, async ({ caller, params }) =>
      read(caller.actor, async (scope) => {
        const mine = await findMine(scope, params.id, today())
        if (!mine)
          return refuse({ code: 'not-found', message: '没有这座矿，或者不在您的管辖范围', remedy: '从名录中选择' })
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
    guarded(putCompany, async ({ caller, params, body }) =>
      shownReceipt(
        await execute(caller.actor, {
          id: body.commandId,
          tenantId: params.id,
          streamId: params.id,
          act: 'company.put',
          body: body.value,
          expectedVersion: body.expectedVersion,
        }),
      ),
    ),
    guarded(putOrganisation, async ({ caller, params, body }) =>
      shownReceipt(
        await execute(caller.actor, {
          id: body.commandId,
          tenantId: params.id,
          streamId: params.id,
          act: 'organisation.put',
          body: body.value,
          expectedVersion: body.expectedVersion,
        }),
      ),
    ),
    guarded(listPeople, async ({ caller, params }) =>
      read(caller.actor, async (scope) => {
        const items = await peopleOf(scope, params.tenantId)
        return items
          ? ok({ items })
          : refuse({ code: 'not-found', message: '没有这个单位，或者不在您的管辖范围', remedy: '从列表中重新选择' })
      }),
    ),
    guarded(putPerson, async ({ caller, params, body }) =>
      shownReceipt(
        await execute(caller.actor, {
          id: body.commandId,
          tenantId: params.tenantId,
          streamId: params.id,
          act: 'person.put',
          body: body.value,
          private: body.private,
          expectedVersion: body.expectedVersion,
        }),
      ),
    ),
    guarded(revealPerson, async ({ caller, params, body }) => {
      const receipt = shownReceipt(
        await execute(caller.actor, {
          id: body.commandId,
          tenantId: params.tenantId,
          streamId: params.id,
          act: 'person.reveal',
          body: { reason: body.reason },
        }),
      )
      if (!receipt.ok) return receipt
      const shown = await read(caller.actor, (scope) => privatePersonOf(scope, params.tenantId, params.id))
      return ok({ ...shown, receipt: receipt.value })
    }),
    guarded(listAccounts, async ({ caller, query }) => {
      const after = readCursor(query.after, accountKey)
      if (!after.ok) return after
      return read(caller.actor, async (scope) => {
        const accounts = await pageOfAccounts(scope, after.value, query.limit)
        const total = await countAccounts(scope)
        const items = accounts.slice(0, query.limit)
        const last = items.at(-1)
        return ok({
          items,
          ...(accounts.length > query.limit && last && { next: writeCursor(last.tenantId, last.id) }),
          total,
          totalIsExact: true,
        })
      })
    }),
    guarded(putAccount, async ({ caller, params, body }) =>
      shownReceipt(
        await execute(caller.actor, {
          id: body.commandId,
          tenantId: params.tenantId,
          streamId: params.id,
          act: 'account.put',
          body: body.value,
          expectedVersion: body.expectedVersion,
        }),
      ),
    ),
    guarded(setCredentials, async ({ caller, params, body }) => {
      const done = await setCredentialsOf(platform, caller.actor, {
        tenantId: params.tenantId,
        accountId: params.id,
        ...body,
      })
      return done.ok ? ok({}) : done
    }),
  ]
}
