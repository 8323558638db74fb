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
import { heldInFolder } from './heldInFolder.ts'
import { lateSince } from './late.ts'
import { proofOf } from './proofs.ts'
import { journalIsOpen } from './secondHome.ts'
import { findingOf } from './verification.ts'

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
  const { read, ledger, clock } = platform
  const begun = { vkey: ledger.identity.signer.vkey }

  const secondFolder = async (
    runs: boolean,
    { log, signed }: Pick<LedgerShown, 'log' | 'signed'>,
  ): Promise<LedgerShown['secondFolder']> => {
    const path = ledger.secondFolder
    const onSameDisk = await isOnSameDisk(path, ledger.dataDir)
    const held = await heldInFolder(path, log.vkey, signed)
    const isOpen = runs ? await journalIsOpen(path) : undefined
    return {
      ...(onSameDisk !== undefined && { onSameDisk }),
      held,
      ...(runs && { path }),
      ...(isOpen !== undefined && { isOpen }),
    }
  }

  const trouble = (): LedgerShown['trouble'] => {
    const found = ledger.sequencer?.trouble()
    const since = ledger.sequencer?.troubledSince()
    return found && since && { ...findingOf(found), at: since.toISOString() }
  }

  return [
    guarded(readLedger, async ({ caller }) => {
      const runs = may(caller.actor, 'ledger.run').ok
      const told = {
        identity: ledger.identity,
        trouble: trouble(),
        waitingSince: ledger.writer && (await lateSince(ledger.writer, clock.now())),
        inspects: may(caller.actor, 'ledger.inspect').ok,
        runs,
      }
      const shown = await read(caller.actor, (scope) => ledgerOverview(scope, told))
      return ok({ ...shown, secondFolder: await secondFolder(runs, shown) })
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
      const { kind, items } = await read(caller.actor, (scope) =>
        receiptsOf(scope, params.tenantId, params.streamId, clock.now()),
      )
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
