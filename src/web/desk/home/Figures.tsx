import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { HomeFigures } from '#contract/home.ts'
import { type HazardFigure, hazardFigures } from '#domain/hazard/figures.ts'
import { type MineFigure, mineFigures } from '#domain/org/mineFigures.ts'
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

const Hazards = ({ of, children }: { of: HazardFigure; children: ReactNode }) => (
  <Link to="/register" search={{ figure: of }} data-figure={of} title={`看这些：${hazardFigures[of]}`}>
    {children}
  </Link>
)

const Mines = ({ of, children }: { of: MineFigure; children: ReactNode }) => (
  <Link to="/mines" search={{ figure: of }} data-figure={of} title={`看这些矿：${mineFigures[of]}`}>
    {children}
  </Link>
)

/** The figures behind the sentence; each leads to the rows it counts. */
export const Figures = ({ figures }: { figures: HomeFigures }) => {
  const { major, general, majorFoundBy, stopped } = figures
  return (
    <section aria-labelledby="figures" className="figures">
      <h2 id="figures">数字</h2>
      <dl>
        <Figure
          title="未销号重大隐患"
          value={<Hazards of="majorOpen">{major.open}</Hazards>}
          note={
            <>
              发现 <Hazards of="majorFound">{major.found}</Hazards>，已销号{' '}
              <Hazards of="majorClosed">{major.closed}</Hazards>，整改率 {rate(major.closed, major.open)}
            </>
          }
        />
        <Figure
          title="重大隐患逾期"
          value={<Hazards of="majorOverdue">{figures.overdue}</Hazards>}
          note={
            <>
              批准延期 <Hazards of="majorExtended">{major.extended}</Hazards>
            </>
          }
        />
        <Figure
          title="重大隐患来源"
          value={<Hazards of="majorFound">{majorFoundBy.mine + majorFoundBy.department}</Hazards>}
          note={
            <>
              企业自查 <Hazards of="majorByMine">{majorFoundBy.mine}</Hazards>，部门查出{' '}
              <Hazards of="majorByDepartment">{majorFoundBy.department}</Hazards>
            </>
          }
        />
        <Figure
          title="双报告齐全"
          value={<Hazards of="dualReported">{figures.dualReported}</Hazards>}
          note={
            <>
              共 <Hazards of="majorFound">{major.found}</Hazards> 条重大隐患
            </>
          }
        />
        <Figure
          title="挂牌督办"
          value={<Hazards of="listed">{figures.listed}</Hazards>}
          note={
            <>
              已摘牌 <Hazards of="delisted">{figures.delisted}</Hazards>，未摘牌{' '}
              <Hazards of="listingStands">{figures.listed - figures.delisted}</Hazards>
            </>
          }
        />
        <Figure
          title="未销号一般隐患"
          value={<Hazards of="generalOpen">{general.open}</Hazards>}
          note={
            <>
              发现 <Hazards of="generalFound">{general.found}</Hazards>，已销号{' '}
              <Hazards of="generalClosed">{general.closed}</Hazards>，整改率 {rate(general.closed, general.open)}，逾期{' '}
              <Hazards of="generalOverdue">{general.overdue}</Hazards>，重复{' '}
              <Hazards of="generalRepeated">{general.repeated}</Hazards>
            </>
          }
        />
        <Figure
          title="重大隐患资金"
          value={<Hazards of="majorFound">{formatWanYuan(figures.fundsPlanned)}</Hazards>}
          note={`已用 ${formatWanYuan(figures.fundsSpent)}`}
        />
        <Figure
          title="停产"
          value={<Mines of="stopped">{stopped.whole + stopped.partial}</Mines>}
          note={
            <>
              全矿 <Mines of="stoppedWhole">{stopped.whole}</Mines>，局部{' '}
              <Mines of="stoppedPartial">{stopped.partial}</Mines>
            </>
          }
        />
        <Figure
          title="核查中"
          value={<Hazards of="verifying">{figures.verifying}</Hazards>}
          note={
            <>
              判定不构成 <Hazards of="notEstablished">{figures.notEstablished}</Hazards>
            </>
          }
        />
        <Figure
          title="矿山"
          value={<Link to="/mines">{figures.mines}</Link>}
          note={
            <>
              企业 <Link to="/companies">{figures.companies}</Link>，整治范围内{' '}
              <Mines of="inScope">{figures.inScope}</Mines>，盯守 <Mines of="watched">{figures.watched}</Mines>，从业{' '}
              {figures.staff} 人
            </>
          }
        />
      </dl>
    </section>
  )
}
