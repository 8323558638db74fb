import type { HomeMatter } from '#contract/home.ts'
import { Grade } from '#web/field/hazard/Grade.tsx'
import { Retry, Skeleton } from '#web/field/hazard/MyReports.tsx'
import { useHome } from '#web/field/hazard/reads.ts'
import { Link } from '#web/field/routing/Link.tsx'
import { daysLeftWords } from '#web/parts/words.ts'

export const TaskRow = ({ matter }: { readonly matter: HomeMatter }) => (
  <li className="card">
    <Link to={`/hazard/${matter.tenantId}/${matter.hazardId}`} className="card-link">
      <span className="row spread">
        <strong>{matter.title}</strong>
        {matter.daysLeft !== undefined && (
          <span className={matter.daysLeft < 0 ? 'late' : 'soft'}>{daysLeftWords(matter.daysLeft)}</span>
        )}
      </span>
      <span>{matter.place ?? matter.number}</span>
      <span className="soft">
        <Grade grade={matter.grade} /> {matter.number} · {matter.since} 起
      </span>
    </Link>
  </li>
)

/** What waits for this post, worst first. */
export const Tasks = () => {
  const { data, error, isPending, refetch } = useHome()
  return (
    <main className="page stack">
      <h1>待我办</h1>
      {isPending && <Skeleton />}
      {error && <Retry message={error.message} again={() => void refetch()} />}
      {data?.mine.length === 0 && <p className="soft">没有等你办的事。轮到你办的隐患会列在这里。</p>}
      <ul className="plain stack">
        {data?.mine.map((matter) => (
          <TaskRow key={`${matter.hazardId}-${matter.title}`} matter={matter} />
        ))}
      </ul>
    </main>
  )
}
