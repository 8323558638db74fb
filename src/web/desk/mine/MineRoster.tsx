import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { listPeople, type MineShown } from '#contract/org.ts'
import { officeNames, offices } from '#domain/org/office.ts'
import { vacancies } from '#domain/org/roster.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

/** 谁负责: the mine's people by what they answer for, and which office nobody holds. */
export const MineRoster = ({ mine }: { mine: MineShown }) => {
  const read = useAnswer(listPeople, { params: { tenantId: mine.id } })
  if (read.isError) return <QueryProblem error={read.error} retry={() => read.refetch()} />
  const active = (read.data?.items ?? []).filter((one) => one.active)
  const held = officeNames.flatMap((office) => {
    const holders = active.filter((person) => (person.offices ?? []).includes(office))
    return holders.length === 0 ? [] : [{ office, holders }]
  })
  const others = active.filter((person) => (person.offices ?? []).length === 0)
  const empty = read.data ? vacancies(mine, active) : []
  return (
    <section aria-labelledby="mine-people">
      <h2 id="mine-people">谁负责</h2>
      {!read.data && <Skeleton active title={false} />}
      {read.data && (
        <dl className="facts">
          {held.map(({ office, holders }) => (
            <div key={office}>
              <dt>{offices[office]}</dt>
              <dd>
                {holders.map(({ id, post, name }) => (
                  <span key={id} className="block">
                    {post}
                    {name && <span className="soft"> {name}</span>}
                  </span>
                ))}
              </dd>
            </div>
          ))}
          {empty.map(({ office, clause }) => (
            <div key={office}>
              <dt>{offices[office]}</dt>
              <dd>
                <strong>没有登记</strong> <span className="soft">{clause}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {others.length > 0 && (
        <p className="soft">
          其他岗位：
          {others
            .map(({ post }) => post)
            .slice(0, 12)
            .join('、')}
          {others.length > 12 && `等 ${others.length} 人`}
        </p>
      )}
      <Link to="/people" search={{ tenantId: mine.id }}>
        人员
      </Link>
    </section>
  )
}
