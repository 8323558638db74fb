import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { type HazardShown, listHazards, readHazard } from '#contract/hazard.ts'
import { Strip } from '#web/desk/hazard/Strip.tsx'
import { timelinessWords } from '#web/desk/hazard/timelinessWords.ts'
import { keyOf, useAnswer } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { GradeMark } from '#web/desk/shown/GradeMark.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'
import { api, must } from '#web/parts/api.ts'

type Read = UseQueryResult<HazardShown>

/** The mine's open major hazards, each with its steps; a mine has a handful at most. */
export const useMajors = () => {
  const listed = useAnswer(listHazards, { query: { grade: 'major', open: 'true', limit: 20 } })
  const reads = useQueries({
    queries: (listed.data?.items ?? []).map(({ tenantId, id }) => {
      const parts = { params: { tenantId, id } }
      return { queryKey: keyOf(readHazard, parts), queryFn: async () => must(await api.call(readHazard, parts)) }
    }),
  })
  return { listed, reads }
}

type Majors = ReturnType<typeof useMajors>

const titleOf = ({ state }: HazardShown): string => [state.number, state.finding.place].filter(Boolean).join(' ')

const Major = ({ hazard }: { hazard: HazardShown }) => {
  const { word, late } = timelinessWords(hazard.timeliness, hazard.state)
  return (
    <li className="major" data-hazard={hazard.state.number}>
      <p>
        <GradeMark grade="major" />
        <Link to="/hazards/$tenantId/$id" params={{ tenantId: hazard.tenantId, id: hazard.id }}>
          {titleOf(hazard)}
        </Link>
        <span className={late ? 'days days-due' : 'days'}>{word}</span>
      </p>
      <Strip steps={hazard.steps} across />
    </li>
  )
}

const MajorRead = ({ read }: { read: Read }) => {
  if (read.isError) return <QueryProblem error={read.error} retry={() => read.refetch()} />
  return read.data ? <Major hazard={read.data} /> : <Skeleton active title={false} paragraph={{ rows: 2 }} />
}

export const MajorList = ({ majors: { listed, reads } }: { majors: Majors }) => (
  <section aria-labelledby="majors">
    <h2 id="majors">本矿的重大隐患</h2>
    {listed.isError && <QueryProblem error={listed.error} retry={() => listed.refetch()} />}
    {listed.isPending && <Skeleton active />}
    {listed.data?.items.length === 0 && <p className="empty">没有未销号的重大隐患。</p>}
    <ul className="majors">
      {reads.map((read, index) => (
        <MajorRead key={listed.data?.items[index]?.id} read={read} />
      ))}
    </ul>
  </section>
)

/** Everything is there but the principal's name. */
const readyToSign = ({ can }: HazardShown): boolean => can.some(({ act, refusal }) => act === 'accept' && !refusal)

export const ToSign = ({ majors: { reads } }: { majors: Majors }) => {
  const { session } = useStanding()
  const ready = reads.flatMap(({ data }) => (data && readyToSign(data) ? [data] : []))
  if (ready.length === 0) return null
  const principal = session.grant.role === 'principal'
  return (
    <section aria-labelledby="to-sign" className="to-sign">
      <h2 id="to-sign">{principal ? '等您签的' : '等主要负责人签的'}</h2>
      <p className="soft">
        {principal
          ? '整改完了就验收。不方便在屏幕上签的，在纸上签字，由安全员拍照存档后代录。'
          : '由主要负责人验收。已在纸上签字的，附手签原件照片即可代录。'}
      </p>
      <ul className="matters">
        {ready.map((hazard) => (
          <li key={hazard.id} className="matter" data-matter="accept" data-hazard={hazard.state.number}>
            <Link
              to="/hazards/$tenantId/$id"
              params={{ tenantId: hazard.tenantId, id: hazard.id }}
              search={{ act: 'accept' }}
              className="matter-link"
            >
              <span className="matter-title">企业验收</span>
              <span className="matter-about soft">{titleOf(hazard)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
