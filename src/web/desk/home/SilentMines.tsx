import { Link } from '@tanstack/react-router'
import type { SilentMine } from '#contract/home.ts'
import { CallButton } from '#web/desk/home/CallButton.tsx'
import { CopyReminder } from '#web/desk/home/CopyReminder.tsx'
import { silenceQuestion } from '#web/desk/home/reminder.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { monthDay } from '#web/parts/words.ts'

/** 待说明清单: mines that found nothing themselves for long. No label, no rank: a question (PRACTICE 31). */
export const SilentMines = ({ mines, days }: { mines: readonly SilentMine[]; days: number }) => {
  const { session } = useStanding()
  if (mines.length === 0) return null
  return (
    <section aria-labelledby="silent" className="column silent">
      <h2 id="silent">
        请说明 <span className="count">{mines.length}</span>
      </h2>
      <p className="soft">正常生产，近 {days} 天没有自查出隐患，一般隐患也没有</p>
      <ul className="matters">
        {mines.map((mine) => (
          <li key={mine.mineId} className="matter" data-silent={mine.code}>
            <Link to="/register" search={{ mineId: mine.mineId }} className="matter-link">
              <span className="matter-title">{mine.mineName}</span>
              <span className="matter-about soft">
                {mine.lastFoundOn ? `最近一次自查出隐患 ${monthDay(mine.lastFoundOn)}` : '没有自查出过隐患'}
                {mine.foundByOthers > 0 && `；其间部门查出 ${mine.foundByOthers} 条`}
              </span>
            </Link>
            <span className="matter-acts">
              <CopyReminder
                text={silenceQuestion(mine, days, session.homeName)}
                about={`${mine.code} 请说明`}
                word="复制询问"
              />
              <CallButton mineId={mine.mineId} mineName={mine.mineName} about="近期没有自查出隐患，请说明" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
