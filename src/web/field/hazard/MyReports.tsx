import { useQuery } from '@tanstack/react-query'
import type { HazardListed } from '#contract/hazard.ts'
import { AnswerLine } from '#web/field/hazard/Answer.tsx'
import { afterPhotoOf, hasMoreToTell, newsFirst, outcome } from '#web/field/hazard/outcome.ts'
import { Photo } from '#web/field/hazard/Photo.tsx'
import { hazardQuery, useMyReports } from '#web/field/hazard/reads.ts'
import { Link } from '#web/field/routing/Link.tsx'
import { monthDay } from '#web/parts/words.ts'

/** The picture that matters: after the work when it is done, before it as long as it is not. */
const ReportPicture = ({ hazard }: { readonly hazard: HazardListed }) => {
  const { tenantId, id, thumb, status } = hazard
  const closed = status === 'closed'
  const { data } = useQuery({ ...hazardQuery(tenantId, id), enabled: closed })
  const after = closed && data ? afterPhotoOf(data.state) : undefined
  const shown = after ?? thumb
  if (!shown) return null
  return <Photo tenantId={tenantId} sha256={shown} alt={after ? '整改后' : '报告时'} small />
}

export const ReportRow = ({ hazard }: { readonly hazard: HazardListed }) => (
  <li className="card row-card">
    <Link to={`/hazard/${hazard.tenantId}/${hazard.id}`} className="card-link">
      <strong className={hazard.status === 'closed' ? 'done' : undefined}>{outcome(hazard)}</strong>
      {hasMoreToTell(hazard) && hazard.status !== 'closed' && <AnswerLine tenantId={hazard.tenantId} id={hazard.id} />}
      <span>{hazard.place ?? hazard.description ?? '没有写部位'}</span>
      <span className="soft">
        {hazard.number} · {monthDay(hazard.foundOn)} 报
      </span>
    </Link>
    <ReportPicture hazard={hazard} />
  </li>
)

export const MyReports = () => {
  const { data, error, isPending, refetch } = useMyReports()
  return (
    <main className="page stack">
      <h1>我报的</h1>
      {isPending && <Skeleton />}
      {error && <Retry message={error.message} again={() => void refetch()} />}
      {data?.length === 0 && <p className="soft">这里看你报的隐患后来怎样了。看到隐患，回首页点“报隐患”。</p>}
      <ul className="plain stack">
        {newsFirst(data ?? []).map((hazard) => (
          <ReportRow key={hazard.id} hazard={hazard} />
        ))}
      </ul>
    </main>
  )
}

export const Skeleton = () => (
  <div className="skeleton" role="status" aria-label="正在读取">
    <span />
    <span />
    <span />
  </div>
)

export const Retry = ({ message, again }: { readonly message: string; readonly again: () => void }) => (
  <div role="alert">
    <p className="refusal">{message}</p>
    <button type="button" className="button" onClick={again}>
      再读一次
    </button>
  </div>
)
