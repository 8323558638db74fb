import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { type LedgerShown, listCheckpoints, readLedger, readProof, readReceipts } from '#contract/ledger.ts'
import { may } from '#domain/access/policy.ts'
import { mayReadRecord } from '#domain/ledger/mayReadRecord.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { countCheckpoints, ledgerOverview, pageOfCheckpoints, receiptsOf } from '#server/ledger/queries.ts'
import { readCursor } from '#server/platform/cursor.ts'
import { attachment } from '#server/platform/http/attachment.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { shownPage } from '#server/platform/shownPage.ts'
import { proofOf } from './proofs.ts'

/** Log, size. */
const cursorKey = z.tuple([z.string().regex(/^\d{1,9}$/), z.string().regex(/^\d{1,15}$/)])

/** A second folder on the data's own disk is lost with it; undefined where it is not to be reached at this moment. */
const isOnSameDisk = async (one: string, other: string): Promise<boolean | undefined> => {
  try {
    return (await stat(one)).dev === (await stat(other)).dev
  } catch {
    return undefined
  }
}

export const ledgerRoutes = (platform: Platform): readonly Mounted[] => {
  const { read, ledger } = platform
  const begun = { vkey: ledger.identity.signer.vkey }

  const secondFolder = async (administers: boolean): Promise<LedgerShown['secondFolder']> => {
    const onSameDisk = await isOnSameDisk(ledger.secondFolder, ledger.dataDir)
    return { ...(onSameDisk !== undefined && { onSameDisk }), ...(administers && { path: ledger.secondFolder }) }
  }

  return [
    guarded(readLedger, async ({ caller }) => {
      const trouble = ledger.sequencer?.trouble()
      const told = {
        identity: ledger.identity,
        trouble: trouble && { code: trouble.code, message: trouble.message, remedy: trouble.remedy },
        secondFolder: await secondFolder(caller.actor.role === 'systemAdmin'),
        inspects: may(caller.actor, 'ledger.inspect').ok,
      }
      return ok(await read(caller.actor, (scope) => ledgerOverview(scope, told)))
    }),
    guarded(listCheckpoints, async ({ caller, query }) => {
      const after = readCursor(query.after, cursorKey)
      if (!after.ok) return after
      return read(caller.actor, async (scope) => {
        const found = await pageOfCheckpoints(scope, { after: after.value, limit: query.limit })
        const total = await countCheckpoints(scope)
        return ok(
          shownPage(found, { limit: query.limit, total, keyOf: ({ log, size }) => [String(log), String(size)] }),
        )
      })
    }),
    guarded(readReceipts, async ({ caller, params }) => {
      const { kind, items } = await read(caller.actor, (scope) => receiptsOf(scope, params.tenantId, params.streamId))
      if (kind === undefined)
        return refuse({
          code: 'not-found',
          message: '没有这些记录，或者不在您的管辖范围',
          remedy: '从记录所在的页面查看',
        })
      const allowed = mayReadRecord(caller.actor, kind)
      return allowed.ok ? ok({ origin: ledger.identity.origin, items }) : allowed
    }),
    guarded(readProof, async ({ caller, params, query, reply }) => {
      const file = await read(caller.actor, (scope) =>
        proofOf(scope, caller.actor, { ...params, show: query.show }, begun),
      )
      if (!file.ok) return file
      const { name, text } = file.value
      reply.header('content-type', 'text/plain; charset=utf-8').header('content-disposition', attachment(name))
      return ok(text)
    }),
  ]
}
