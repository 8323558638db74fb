import { ReportRow } from '#web/field/hazard/MyReports.tsx'
import { newsFirst } from '#web/field/hazard/outcome.ts'
import { ReportButton } from '#web/field/hazard/ReportButton.tsx'
import { useHome, useMyReports } from '#web/field/hazard/reads.ts'
import { TaskRow } from '#web/field/hazard/Tasks.tsx'
import { Link } from '#web/field/routing/Link.tsx'
import { MonthCheck } from '#web/field/selfCheck/MonthCheck.tsx'

const most = 3

export const Home = () => {
  const home = useHome()
  const reports = useMyReports()
  const matters = home.data?.mine ?? []
  const reported = newsFirst(reports.data ?? [])
  return (
    <main className="page home">
      <h1 className="unseen">首页</h1>
      <div className="stack">
        {matters.length + reported.length === 0 && (
          <p className="soft">看到隐患就报：一张照片，点一下部位，点报告。报了以后怎样了，在“我报的”里看。</p>
        )}
        <MonthCheck />
        {matters.length > 0 && (
          <section aria-label="待我办">
            <div className="row spread">
              <h2>待我办 {matters.length}</h2>
              <Link to="/tasks" className="text-link">
                全部
              </Link>
            </div>
            <ul className="plain stack">
              {matters.slice(0, most).map((matter) => (
                <TaskRow key={`${matter.hazardId}-${matter.title}`} matter={matter} />
              ))}
            </ul>
          </section>
        )}
        {reported.length > 0 && (
          <section aria-label="我报的">
            <div className="row spread">
              <h2>我报的 {reported.length}</h2>
              <Link to="/mine" className="text-link">
                全部
              </Link>
            </div>
            <ul className="plain stack">
              {reported.slice(0, most).map((hazard) => (
                <ReportRow key={hazard.id} hazard={hazard} />
              ))}
            </ul>
          </section>
        )}
      </div>
      <ReportButton />
    </main>
  )
}
