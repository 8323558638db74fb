import { z } from 'zod'
import {
  erasePerson,
  listAccounts,
  listPeople,
  putAccount,
  putPerson,
  readAccount,
  revealPerson,
  setCredentials,
} from '#contract/org.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { setCredentialsOf } from '#server/accounts/credentials.ts'
import { findAccount, pageOfAccounts } from '#server/org/accounts.ts'
import { accountsOf, peopleOf, privatePersonOf } from '#server/org/people.ts'
import { readCursor } from '#server/platform/cursor.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { shownPage } from '#server/platform/shownPage.ts'
import { shownReceipt } from '#server/platform/shownReceipt.ts'

/** Tenant and id. */
const accountKey = z.tuple([z.uuid(), z.uuid()])

export const peopleRoutes = (platform: Platform): readonly Mounted[] => {
  const { read, execute } = platform

  return [
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
    guarded(erasePerson, async ({ caller, params, body }) =>
      shownReceipt(
        await execute(caller.actor, {
          id: body.commandId,
          tenantId: params.tenantId,
          streamId: params.id,
          act: 'person.erase',
          body: { ground: body.ground },
          private: { accounts: await read(caller.actor, (scope) => accountsOf(scope, params.id)) },
          expectedVersion: body.expectedVersion,
        }),
      ),
    ),
    guarded(listAccounts, async ({ caller, query }) => {
      const after = readCursor(query.after, accountKey)
      if (!after.ok) return after
      const { limit, search } = query
      return read(caller.actor, async (scope) => {
        const { found, total } = await pageOfAccounts(scope, { search, after: after.value, limit })
        return ok(shownPage(found, { limit, total, keyOf: ({ tenantId, id }) => [tenantId, id] }))
      })
    }),
    guarded(readAccount, async ({ caller, params }) =>
      read(caller.actor, async (scope) => {
        const account = await findAccount(scope, params.tenantId, params.id)
        return account
          ? ok(account)
          : refuse({ code: 'not-found', message: '没有这个账号，或者不在您的管辖范围', remedy: '从账号列表中选择' })
      }),
    ),
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
