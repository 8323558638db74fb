import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { readPresence } from '#contract/presence.ts'
import { OfficeLine } from '#web/desk/presence/PresencePage.tsx'
import { RequiredDays } from '#web/desk/presence/RequiredDays.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

/** This month of a mine's key persons, on its page. */
export const MinePresence = ({ mineId }: { mineId: string }) => {
  const { app } = useStanding()
  const month = app.businessDate.slice(0, 7)
  const read = useAnswer(readPresence, { params: { mineId, month } })
  if (read.isError) return <QueryProblem error={read.error} retry={() => read.refetch()} />
  return (
    <section aria-labelledby="mine-presence">
      <h2 id="mine-presence">关键人驻矿（{month}）</h2>
      {!read.data && <Skeleton active title={false} />}
      {read.data && (
        <>
          <dl className="facts">
            {read.data.offices.map((office) => (
              <OfficeLine key={office.office} office={office} />
            ))}
          </dl>
          <RequiredDays required={read.data.required} />
        </>
      )}
      <Link to="/mines/$id/presence" params={{ id: mineId }}>
        看记录、记驻矿
      </Link>
    </section>
  )
}
