import { Link } from '@tanstack/react-router'
import type { Home } from '#contract/home.ts'
import { Column } from '#web/desk/home/Column.tsx'
import { MajorList, ToSign, useMajors } from '#web/desk/home/Majors.tsx'
import { sentence } from '#web/desk/home/sentence.ts'

/** What waits for this mine, until when; its major hazards as strips; what waits for the principal's signature. */
export const MineHome = ({ home }: { home: Home }) => {
  const majors = useMajors()
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
            note="逾期的在前，再按期限"
            matters={all}
            empty="没有等着办的。发现隐患随时报告。"
            withMine={false}
          />
          <ToSign majors={majors} />
        </div>
        <MajorList majors={majors} />
      </div>
    </div>
  )
}
