import type { RowKey } from '#server/platform/rebuild/difference.ts'
import { rebuild } from '#server/platform/rebuild/rebuild.ts'
import type { Capability } from '#server/platform/stream.ts'
import type { Finding } from './finding.ts'
import type { LedgerReport } from './report.ts'

type Options = { readonly adminUrl: string; readonly capabilities: readonly Capability[] }

/** The read tables against their events, by folding every stream again. */
export const checkProjections = async (report: LedgerReport, options: Options): Promise<LedgerReport> => {
  const { tables, recounted } = await rebuild({ ...options, dryRun: true })
  const told = (table: string, { tenantId, id }: RowKey, what: string, columns?: readonly string[]): Finding => ({
    kind: 'projection',
    table,
    tenantId,
    streamId: id,
    ...(columns && { columns }),
    message: `${table}（单位 ${tenantId}，记录 ${id}）：${what}${columns ? `（${columns.join('、')}）` : ''}`,
    remedy: '运行 bihuan rebuild 按事件改正',
    repairable: true,
  })
  const miscounted: Finding[] =
    recounted === 0
      ? []
      : [
          {
            kind: 'projection',
            table: 'read.hazard_tally',
            message: `隐患的合计和待办有 ${recounted} 行与重新数的不同`,
            remedy: '运行 bihuan rebuild 重新数过',
            repairable: true,
          },
        ]
  const wrong = tables.flatMap(({ table, missingKeys, extraKeys, differentKeys }) => [
    ...missingKeys.map((key) => told(table, key, '缺这一行')),
    ...extraKeys.map((key) => told(table, key, '多这一行')),
    ...differentKeys.map((key) => told(table, key, '与事件不符', key.columns)),
  ])
  const findings = [...wrong, ...miscounted]
  return {
    ...report,
    checked: { ...report.checked, readRows: tables.reduce((sum, { rows }) => sum + rows, 0) },
    findings: [...report.findings, ...findings],
    sound: report.sound && findings.length === 0,
  }
}
