import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { type HazardListed, listHazards, readHazard } from '#contract/hazard.ts'
import type { Home, HomeMatter } from '#contract/home.ts'
import { Strip } from '#web/desk/hazard/Strip.tsx'
import { timelinessWords } from '#web/desk/hazard/timelinessWords.ts'
import { Column } from '#web/desk/home/Column.tsx'
import { MatterRow } from '#web/desk/home/MatterRow.tsx'
import { sentence } from '#web/desk/home/sentence.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { GradeMark } from '#web/desk/shown/GradeMark.tsx'
import { QueryProblem } from '#web/desk/shown/QueryProblem.tsx'

const MajorStrip = ({ hazard }: { hazard: HazardListed }) => {
  const { tenantId, id, number, place } = hazard
  const read = useAnswer(readHazard, { params: { tenantId, id } })
  const late = read.data && timelinessWords(read.data.timeliness, read.data.state)
  return (
    <li className="major" data-hazard={number}>
      <p>
        <GradeMark grade="major" />
        <Link to="/hazards/$tenantId/$id" params={{ tenantId, id }}>
          {[number, place].filter(Boolean).join(' ')}
        </Link>
        {late && <span className={late.late ? 'days days-due' : 'days'}>{late.word}</span>}
      </p>
      {read.isError && <QueryProblem error={read.error} retry={() => read.refetch()} />}
      {read.isPending && <Skeleton active title={false} paragraph={{ rows: 1 }} />}
      {read.data && <Strip steps={read.data.steps} across />}
    </li>
  )
}

const Majors = () => {
  const listed = useAnswer(listHazards, { query: { grade: 'major', open: 'true', limit: 20 } })
  return (
    <section aria-labelledby="majors">
      <h2 id="majors">本矿的重大隐患</h2>
      {listed.isError && <QueryProblem error={listed.error} retry={() => listed.refetch()} />}
      {listed.isPending && <Skeleton active />}
      {listed.data?.items.length === 0 && <p className="empty">没有未销号的重大隐患。</p>}
      <ul className="majors">
        {listed.data?.items.map((hazard) => (
          <MajorStrip key={hazard.id} hazard={hazard} />
        ))}
      </ul>
    </section>
  )
}

/** 企业验收 of a major hazard carries the principal's own name. */
const signs = ({ act, grade }: HomeMatter): boolean => act === 'accept' && grade === 'major'

const Signature = ({ matters }: { matters: readonly HomeMatter[] }) => {
  const { session } = useStanding()
  if (matters.length === 0) return null
  const principal = session.grant.role === 'principal'
  return (
    <section aria-labelledby="to-sign" className="to-sign">
      <h2 id="to-sign">{principal ? '等您签的' : '等主要负责人签的'}</h2>
      <p className="soft">
        {principal
          ? '整改完了就验收；不方便在屏幕上签的，在纸上签字，由安全员拍照存档后代录。'
          : '主要负责人验收；已在纸上签字的，附手签原件照片即可代录。'}
      </p>
      <ul className="matters">
        {matters.map((matter) => (
          <MatterRow key={matter.hazardId} matter={matter} withMine={false} />
        ))}
      </ul>
    </section>
  )
}

/** What waits for this mine, until when; its major hazards as strips; what waits for the principal's signature. */
export const MineHome = ({ home }: { home: Home }) => {
  const all = [...home.mine, ...home.notDone].filter(
    (matter, index, list) =>
      list.findIndex((one) => one.hazardId === matter.hazardId && one.title === matter.title) === index,
  )
  return (
    <div className="page">
      <h1 className="sentence">{sentence(home)}</h1>
      <p className="no-print">
        <Link to="/hazards/report" className="button-link">
          报告隐患
        </Link>
      </p>
      <div className="columns columns-mine">
        <div>
          <Column
            id="mine-to-do"
            title="本矿要办的"
            note="有期限的在前"
            matters={all.filter((matter) => !signs(matter))}
            empty="没有等着办的。发现隐患随时报告。"
            withMine={false}
          />
          <Signature matters={all.filter(signs)} />
        </div>
        <Majors />
      </div>
    </div>
  )
}
