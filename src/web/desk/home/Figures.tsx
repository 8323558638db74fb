import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { HomeFigures } from '#contract/home.ts'
import { formatWanYuan } from '#web/parts/words.ts'

const rate = (closed: number, open: number): string =>
  closed + open === 0 ? '—' : `${((closed / (closed + open)) * 100).toFixed(1)}%`

type FigureProps = { title: string; value: ReactNode; note?: ReactNode }

const Figure = ({ title, value, note }: FigureProps) => (
  <div className="figure">
    <dt>{title}</dt>
    <dd>
      <span className="figure-value">{value}</span>
      {note && <span className="soft">{note}</span>}
    </dd>
  </div>
)

/** The figures behind the sentence; each leads to the list it counts. */
export const Figures = ({ figures }: { figures: HomeFigures }) => {
  const { major, general, majorFoundBy, stopped } = figures
  return (
    <section aria-labelledby="figures" className="figures">
      <h2 id="figures">数字</h2>
      <dl>
        <Figure
          title="未销号重大隐患"
          value={
            <Link to="/hazards" search={{ grade: 'major', open: true }}>
              {major.open}
            </Link>
          }
          note={`发现 ${major.found}，已销号 ${major.closed}，整改率 ${rate(major.closed, major.open)}`}
        />
        <Figure
          title="重大隐患逾期"
          value={
            <Link to="/hazards" search={{ grade: 'major', overdue: true }}>
              {figures.overdue}
            </Link>
          }
          note={`批准延期 ${major.extended}`}
        />
        <Figure
          title="重大隐患来源"
          value={majorFoundBy.mine + majorFoundBy.department}
          note={`企业自查 ${majorFoundBy.mine}，部门查出 ${majorFoundBy.department}`}
        />
        <Figure title="双报告齐全" value={figures.dualReported} note={`共 ${major.found} 条重大隐患`} />
        <Figure
          title="挂牌督办"
          value={figures.listed}
          note={`已摘牌 ${figures.delisted}，未摘牌 ${figures.listed - figures.delisted}`}
        />
        <Figure
          title="未销号一般隐患"
          value={
            <Link to="/hazards" search={{ grade: 'general', open: true }}>
              {general.open}
            </Link>
          }
          note={`发现 ${general.found}，整改率 ${rate(general.closed, general.open)}，逾期 ${general.overdue}，重复 ${general.repeated}`}
        />
        <Figure
          title="重大隐患资金"
          value={formatWanYuan(figures.fundsPlanned)}
          note={`已用 ${formatWanYuan(figures.fundsSpent)}`}
        />
        <Figure
          title="停产"
          value={stopped.whole + stopped.partial}
          note={`全矿 ${stopped.whole}，局部 ${stopped.partial}`}
        />
        <Figure
          title="核查中"
          value={
            <Link to="/hazards" search={{ status: 'found' }}>
              {figures.verifying}
            </Link>
          }
          note={`判定不构成 ${figures.notEstablished}`}
        />
        <Figure
          title="矿山"
          value={<Link to="/mines">{figures.mines}</Link>}
          note={`企业 ${figures.companies}，整治范围内 ${figures.inScope}，盯守 ${figures.watched}，从业 ${figures.staff} 人`}
        />
      </dl>
    </section>
  )
}
