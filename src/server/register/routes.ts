import {
  deleteView,
  exportRegister,
  listViews,
  putView,
  readExport,
  readRegister,
  registerUnits,
  totalOfRegister,
} from '#contract/register.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { defaultColumns } from '#domain/register/columns.ts'
import { businessDate } from '#server/platform/clock.ts'
import { exactTotalLimit, readCursor, writeCursor } from '#server/platform/cursor.ts'
import { attachment } from '#server/platform/http/attachment.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { documentsOf, keyOfLine, personsOf, shownRow } from '#server/register/lines.ts'
import { cursorKeys } from '#server/register/order.ts'
import { progressOf } from '#server/register/progress.ts'
import { pageOfRegister, postKeeper, totalOf } from '#server/register/queries.ts'
import { exporter } from '#server/register/takeAway.ts'
import { unitsWithin } from '#server/register/units.ts'
import { dropView, keepView, viewsOf } from '#server/register/views.ts'

const mimes = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const

const noExport: Outcome<never> = refuse({
  code: 'not-found',
  message: '没有这次导出',
  remedy: '重新导出',
})

export const registerRoutes = (platform: Platform): readonly Mounted[] => {
  const { read, pool, clock } = platform
  const today = () => businessDate(clock.now())
  const takeAway = exporter(platform)
  const documents = documentsOf(platform.rulebook)

  return [
    guarded(readRegister, async ({ caller: { actor }, query }) => {
      const { after: cursor, limit, sort, descending, columns: asked, ...filter } = query
      const after = readCursor(cursor, cursorKeys[sort])
      if (!after.ok) return after
      const order = { sort, descending: descending === undefined ? sort === 'found' : descending === 'true' }
      const columns = asked && asked.length > 0 ? asked : defaultColumns
      const given = { today: today(), accountId: actor.accountId }
      return read(actor, async (scope) => {
        const found = await pageOfRegister(scope, { ...given, filter, order, after: after.value, limit: limit + 1 })
        const lines = found.slice(0, limit)
        const posts = await postKeeper(scope)(lines.flatMap((line) => personsOf(line, columns)))
        const last = lines.at(-1)
        return ok({
          items: lines.map((line) => shownRow(line, columns, { today: given.today, posts, documents })),
          ...(found.length > limit && last && { next: writeCursor(...keyOfLine[sort](last)) }),
        })
      })
    }),
    guarded(totalOfRegister, async ({ caller: { actor }, query: filter }) =>
      read(actor, async (scope) => {
        const total = await totalOf(scope, { filter, today: today(), accountId: actor.accountId })
        return ok({ total: Math.min(total, exactTotalLimit), totalIsExact: total <= exactTotalLimit })
      }),
    ),
    guarded(registerUnits, async ({ caller: { actor }, query }) =>
      read(actor, async (scope) => ok(await unitsWithin(scope, query))),
    ),
    guarded(listViews, async ({ caller: { actor } }) => ok({ items: await viewsOf(pool, actor) })),
    guarded(putView, async ({ caller: { actor }, params, body }) => keepView(pool, actor, params.id, body)),
    guarded(deleteView, async ({ caller: { actor }, params }) =>
      ok({ deleted: await dropView(pool, actor, params.id) }),
    ),
    guarded(exportRegister, async ({ caller: { actor }, body, reply }) => {
      const { commandId, format, columns, filter, sort, descending } = body
      const taken = await takeAway(actor, { commandId, format, columns, filter, order: { sort, descending } })
      if (!taken.ok) return taken
      const { content, rows, fileName } = taken.value
      reply
        .header('content-type', mimes[format])
        .header('content-disposition', attachment(fileName))
        .header('x-row-count', String(rows))
      return ok(content)
    }),
    guarded(readExport, async ({ caller: { actor }, params }) => {
      const progress = await progressOf(pool, actor, params.id)
      return progress ? ok(progress) : noExport
    }),
  ]
}
