import { Link } from '@tanstack/react-router'
import type { Home } from '#contract/home.ts'
import { AwaitingHandovers } from '#web/desk/home/AwaitingHandovers.tsx'
import { Column } from '#web/desk/home/Column.tsx'
import { MajorList, ToSign, useMajors } from '#web/desk/home/Majors.tsx'
import { sentence } from '#web/desk/home/sentence.ts'
import { WeekList } from '#web/desk/home/WeekList.tsx'
import { inWeek, worstFirst } from '#web/desk/home/week.ts'
import { useMay, useStanding } from '#web/desk/session/session.ts'

/** This week's list; what waits for the principal's signature; the mine's major hazards as strips; the board to print. */
export const MineHome = ({ home }: { home: Home }) => {
  const { session } = useStanding()
  const majors = useMajors()
  const mayPrint = useMay('board.print')
  const all = worstFirst([...home.mine, ...home.notDone])
  const later = all.filter((matter) => !inWeek(matter))
  return (
    <div className="page">
      <h1 className="sentence">{sentence(home)}</h1>
      <AwaitingHandovers />
      <p className="home-ways no-print">
        <Link to="/hazards/report" className="button-link">
          报告隐患
        </Link>
        {mayPrint && home.figures.mines === 1 && (
          <Link to="/mines/$id/board" params={{ id: session.homeTenantId }} className="button-link">
            打印公示牌
          </Link>
        )}
        <Link to="/my-record" className="button-link">
          我的履职记录
        </Link>
      </p>
      <div className="columns columns-mine">
        <div>
          <ToSign majors={majors} />
          <WeekList matters={all.filter(inWeek)} owesCheck={home.figures.mines > 0} />
          {later.length > 0 && (
            <div className="later">
              <Column id="later" title="以后要办的" note="一周以后到期的" matters={later} empty="" withMine={false} />
            </div>
          )}
        </div>
        <MajorList majors={majors} />
      </div>
    </div>
  )
}
