import { Link } from '@tanstack/react-router'
import { listHandovers } from '#contract/handover.ts'
import { personWords } from '#web/desk/handover/personWords.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { useMay } from '#web/desk/session/session.ts'

/** A post that waits to be taken over stands on top: until then its matters are nobody's. */
export const AwaitingHandovers = () => {
  const may = useMay('handover.read')
  const read = useAnswer(listHandovers, { query: { limit: 50 } }, { enabled: may })
  const mine = (read.data?.items ?? []).filter(({ forMe }) => forMe)
  if (mine.length === 0) return null
  return (
    <ul className="awaiting-handovers" aria-label="等您接收的岗位">
      {mine.map(({ tenantId, id, from, items }) => (
        <li key={id}>
          <Link to="/handovers/$tenantId/$id" params={{ tenantId, id }}>
            {personWords(from)}把岗位交给您，{items} 件没有办完的事等您接收
          </Link>
        </li>
      ))}
    </ul>
  )
}
