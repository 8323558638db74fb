import { readStatistics, statisticsWorkbook } from '#contract/statistics.ts'
import { ok } from '#domain/refusal.ts'
import { exportXlsx } from '#server/documents/exportTable.ts'
import { businessDate } from '#server/platform/clock.ts'
import { attachment } from '#server/platform/http/attachment.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { showStatistics } from '#server/statistics/show.ts'
import { statisticsTable } from '#server/statistics/workbook.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const statisticsRoutes = ({ read, clock }: Platform): readonly Mounted[] => {
  const today = () => businessDate(clock.now())
  return [
    guarded(readStatistics, async ({ caller: { actor }, query }) =>
      read(actor, async (scope) => ok(await showStatistics(scope, query, today()))),
    ),
    guarded(statisticsWorkbook, async ({ caller: { actor }, query, reply }) => {
      const shown = await read(actor, (scope) => showStatistics(scope, query, today()))
      reply.header('content-type', xlsx).header('content-disposition', attachment(`隐患统计${shown.asOf}.xlsx`))
      return ok(exportXlsx(statisticsTable(shown)))
    }),
  ]
}
