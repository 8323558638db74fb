import { z } from 'zod'
import {
  importTemplate,
  listImportRows,
  listImports,
  markedWorkbook,
  planOfImport,
  readImport,
  takeImport,
} from '#contract/importing.ts'
import { may } from '#domain/access/policy.ts'
import { importKinds } from '#domain/importing/kinds/kinds.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { importTemplateXlsx } from '#server/documents/importTemplate.ts'
import { markedXlsx } from '#server/documents/markedWorkbook.ts'
import { rememberCorrections } from '#server/importing/corrections.ts'
import { serverKinds } from '#server/importing/kinds.ts'
import { planOf } from '#server/importing/plan.ts'
import { findImport, pageOfImportRows, pageOfImports } from '#server/importing/queries.ts'
import { receive } from '#server/importing/receive.ts'
import { shownPlan } from '#server/importing/show.ts'
import { takeRows } from '#server/importing/take.ts'
import { readCursor } from '#server/platform/cursor.ts'
import { attachment } from '#server/platform/http/attachment.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { shownPage } from '#server/platform/shownPage.ts'
import { shownReceipt } from '#server/platform/shownReceipt.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** When it was taken, and id. */
const importKey = z.tuple([z.iso.datetime(), z.uuid()])
const rowKey = z.tuple([z.string().regex(/^\d{1,6}$/)])

const noImport: Outcome<never> = refuse({
  code: 'not-found',
  message: '没有这次导入，或者不在您的管辖范围',
  remedy: '从导入记录中选择',
})

const baseName = (fileName: string): string => fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') || '表格'

export const importingRoutes = (platform: Platform): readonly Mounted[] => {
  const { read, pool, rulebook } = platform
  return [
    guarded(planOfImport, async ({ caller: { actor }, request }) => {
      const received = await receive(request, planOfImport.settings)
      if (!received.ok) return received
      const { bytes, settings } = received.value
      const planned = await planOf(platform, actor, bytes, settings)
      if (!planned.ok) return planned
      await rememberCorrections(pool, actor, settings.kind, settings.corrections)
      return ok(shownPlan(settings.kind, planned.value))
    }),
    guarded(markedWorkbook, async ({ caller: { actor }, request, reply }) => {
      const received = await receive(request, markedWorkbook.settings)
      if (!received.ok) return received
      const { bytes, fileName, settings } = received.value
      const planned = await planOf(platform, actor, bytes, settings)
      if (!planned.ok) return planned
      reply
        .header('content-type', xlsx)
        .header('content-disposition', attachment(`${baseName(fileName)}（已标注）.xlsx`))
      return ok(markedXlsx(planned.value.sheets, planned.value.plan.faults))
    }),
    guarded(importTemplate, async ({ caller: { actor }, params: { kind }, reply }) => {
      const allowed = may(actor, importKinds[kind].act)
      if (!allowed.ok) return allowed
      const { title } = importKinds[kind]
      reply.header('content-type', xlsx).header('content-disposition', attachment(`${title}导入模板.xlsx`))
      return ok(importTemplateXlsx(title, serverKinds[kind].shape(actor, rulebook).columns))
    }),
    guarded(takeImport, async ({ caller: { actor }, request }) => {
      const received = await receive(request, takeImport.settings)
      if (!received.ok) return received
      const { bytes, settings } = received.value
      const done = shownReceipt(await takeRows(platform, actor, bytes, settings))
      if (!done.ok) return done
      await rememberCorrections(pool, actor, settings.kind, settings.corrections)
      const shown = await read(actor, (scope) => findImport(scope, actor.homeTenantId, settings.importId))
      return shown ? ok({ receipt: done.value, shown }) : noImport
    }),
    guarded(listImports, async ({ caller, query }) => {
      const after = readCursor(query.after, importKey)
      if (!after.ok) return after
      const { limit } = query
      return read(caller.actor, async (scope) => {
        const { found, total } = await pageOfImports(scope, { after: after.value, limit })
        return ok(shownPage(found, { limit, total, keyOf: ({ takenAt, id }) => [takenAt, id] }))
      })
    }),
    guarded(readImport, async ({ caller, params }) => {
      const shown = await read(caller.actor, (scope) => findImport(scope, params.tenantId, params.id))
      return shown ? ok(shown) : noImport
    }),
    guarded(listImportRows, async ({ caller, params, query }) => {
      const after = readCursor(query.after, rowKey)
      if (!after.ok) return after
      const { limit, outcome } = query
      return read(caller.actor, async (scope) => {
        if (!(await findImport(scope, params.tenantId, params.id))) return noImport
        const wanted = { ...params, outcome, after: after.value && Number(after.value[0]), limit }
        const { found, total } = await pageOfImportRows(scope, wanted)
        const page = shownPage(found, { limit, total, keyOf: ({ at }) => [String(at)] })
        return ok({ ...page, items: page.items.map(({ at: _at, ...row }) => row) })
      })
    }),
  ]
}
