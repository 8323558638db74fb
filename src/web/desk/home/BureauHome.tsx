import type { Home } from '#contract/home.ts'
import { AwaitingHandovers } from '#web/desk/home/AwaitingHandovers.tsx'
import { Column } from '#web/desk/home/Column.tsx'
import { Figures } from '#web/desk/home/Figures.tsx'
import { FirstSteps } from '#web/desk/home/FirstSteps.tsx'
import { MonthlyChecks } from '#web/desk/home/MonthlyChecks.tsx'
import { SilentMines } from '#web/desk/home/SilentMines.tsx'
import { SmallMap } from '#web/desk/home/SmallMap.tsx'
import { sentence } from '#web/desk/home/sentence.ts'

/** One sentence, three columns with the map beside them, then the figures. */
export const BureauHome = ({ home }: { home: Home }) => (
  <div className="page">
    <h1 className="sentence">{sentence(home)}</h1>
    <AwaitingHandovers />
    {home.figures.mines === 0 && <FirstSteps />}
    <div className="columns">
      <div>
        <Column
          id="not-done"
          title="未落实"
          note="企业该办而没有记录的，最久的在前"
          matters={home.notDone}
          total={home.totals.notDone}
          totalIsExact={home.totalsAreExact.notDone}
          empty="企业该办的都有记录。"
          remind
        />
        <MonthlyChecks />
      </div>
      <Column
        id="mine-to-do"
        title="待我办"
        note="复查、挂牌、审批、核查"
        matters={home.mine}
        total={home.totals.mine}
        totalIsExact={home.totalsAreExact.mine}
        empty="没有等您办的。企业申请复查、申请延期或报告重大隐患后，会出现在这里。"
      />
      <div>
        <SmallMap />
        <Column
          id="rising"
          title="风险上升"
          note="险情还在发展或者管控没有跟上的重大隐患"
          matters={home.rising}
          total={home.totals.rising}
          totalIsExact={home.totalsAreExact.rising}
          empty="没有险情发展的重大隐患。"
        />
        <SilentMines mines={home.silent} days={home.silentDays} />
      </div>
    </div>
    <Figures figures={home.figures} />
  </div>
)
