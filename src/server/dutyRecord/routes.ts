import { type ActDone, exportMyRecord, readMyRecord } from '#contract/dutyRecord.ts'
import type { Actor } from '#domain/access/actor.ts'
import { roleTitle } from '#domain/access/role.ts'
import { instantsOfMonth, monthsBetween } from '#domain/dutyRecord/month.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { actsOf, monthsOf, ownAccounts, streamsOf } from '#server/dutyRecord/queries.ts'
import { actsDone, countedByKind } from '#server/dutyRecord/record.ts'
import { recordXlsx } from '#server/dutyRecord/workbook.ts'
import { businessDate } from '#server/platform/clock.ts'
import { attachment } from '#server/platform/http/attachment.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import type { ReadScope } from '#server/platform/read.ts'

/** Records on one page; a month of a busy officer has some hundreds. */
const mostShown = 2000
/** Records of a month that a workbook takes. */
const mostExported = 100_000
const mostMonths = 36

const recordOfMonth = async (
  scope: ReadScope,
  wanted: { readonly accounts: readonly string[]; readonly month: string; readonly limit: number },
): Promise<{ readonly acts: readonly ActDone[]; readonly more: boolean }> => {
  const { accounts, month, limit } = wanted
  const rows = await actsOf(scope, { accounts, ...instantsOfMonth(month), limit: limit + 1 })
  const kept = rows.slice(0, limit)
  const hazards = new Map(
    kept
      .filter(({ kind }) => kind === 'hazard')
      .map(({ tenant_id, stream_id }) => [stream_id, { tenantId: tenant_id, streamId: stream_id }]),
  )
  return { acts: actsDone(kept, await streamsOf(scope, [...hazards.values()])), more: rows.length > limit }
}

export const dutyRecordRoutes = ({ read, clock }: Platform): readonly Mounted[] => {
  async function* actsBetween(actor: Actor, months: readonly string[]): AsyncGenerator<ActDone> {
    for (const month of months)
      yield* await read(actor, async (scope) => {
        const accounts = await ownAccounts(scope, actor)
        return (await recordOfMonth(scope, { accounts, month, limit: mostExported })).acts
      })
  }

  return [
    guarded(readMyRecord, async ({ caller: { actor }, query }) =>
      read(actor, async (scope) => {
        const accounts = await ownAccounts(scope, actor)
        const months = await monthsOf(scope, accounts)
        const month = query.month ?? businessDate(clock.now()).slice(0, 7)
        const { acts, more } = await recordOfMonth(scope, { accounts, month, limit: mostShown })
        return ok({ month, months, items: [...acts], kinds: countedByKind(acts), more })
      }),
    ),
    guarded(exportMyRecord, async ({ caller: { actor }, query: { from, until }, reply }) => {
      const months = monthsBetween(from, until)
      if (months.length > mostMonths)
        return refuse({
          code: 'invalid-input',
          message: `一次最多导出 ${mostMonths} 个月`,
          remedy: '分几次导出',
        })
      const span = from === until ? from : `${from}至${until}`
      reply
        .header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', attachment(`履职记录 ${span}.xlsx`))
      return ok(recordXlsx(`履职记录 ${roleTitle(actor.role)} ${span}`, actsBetween(actor, months)))
    }),
  ]
}
