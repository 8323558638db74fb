import type { HazardShown } from '#contract/hazard.ts'
import { foundBy } from '#domain/hazard/source.ts'
import { Proof } from '#web/desk/ledger/Proof.tsx'

type Entry = HazardShown['timeline'][number]

const reports: Readonly<Record<string, string>> = {
  report: '企业自查发现，这是何时报告的凭据',
  reportFixed: '企业自查发现，这是何时报告的凭据',
  departmentReport: '双报告之一，这是何时报告部门的凭据',
  workersReport: '双报告之二，这是何时报告职工大会或职代会的凭据',
}

/** What the mine shows when it is asked since when it had reported (安全生产法 41): only of what it reported itself. */
export const ReportProof = ({ entry, hazard }: { entry: Entry; hazard: HazardShown }) => {
  const words = Object.hasOwn(reports, entry.act) ? reports[entry.act] : undefined
  const selfReport = !entry.act.startsWith('report') || foundBy(hazard.state.finding.source) === 'mine'
  if (words === undefined || !selfReport) return null
  return (
    <div className="report-proof">
      <h4>{words}</h4>
      <Proof record={{ tenantId: hazard.tenantId, streamId: hazard.id, version: entry.version }} title={entry.title} />
    </div>
  )
}
