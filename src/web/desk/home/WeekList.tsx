import { Link } from '@tanstack/react-router'
import type { HomeMatter } from '#contract/home.ts'
import { listSelfChecks, type SelfCheckListed } from '#contract/selfCheck.ts'
import { whoActsAtMine } from '#domain/hazard/whoActs.ts'
import { lastDayOf, monthOf } from '#domain/selfCheck/month.ts'
import { monthWords } from '#web/desk/home/reminder.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { Days } from '#web/desk/shown/Days.tsx'
import { GradeMark } from '#web/desk/shown/GradeMark.tsx'
import { daysLeftUntil, monthDay } from '#web/parts/words.ts'

const Tick = ({ done }: { done: boolean }) => (
  <span className={done ? 'tick tick-done' : 'tick'}>
    <span aria-hidden="true">{done ? '✓' : '□'}</span>
    <span className="off-screen">{done ? '已办' : '未办'}</span>
  </span>
)

const standingWords = ({ standing, answered, signedOn, waitsForSignature, ledInPerson }: SelfCheckListed): string => {
  if (standing === 'done' && !waitsForSignature)
    return `${signedOn ? `${monthDay(signedOn)} ` : ''}主要负责人已签字${ledInPerson ? '，亲自带队' : ''}`
  if (standing === 'submitted' || waitsForSignature) return '已提交，等主要负责人签字'
  return standing === 'inProgress' ? `正在查，已查 ${answered} 项` : '还没有开始'
}

const MonthlyCheck = () => {
  const { app } = useStanding()
  const month = monthOf(app.businessDate)
  const read = useAnswer(listSelfChecks, { query: { month, limit: 1 } })
  const check = read.data?.items[0]
  if (!check) return null
  const done = check.standing === 'done' && !check.waitsForSignature
  const until = lastDayOf(month)
  return (
    <li className="matter week-row" data-check={check.standing}>
      <Tick done={done} />
      <Link to="/self-checks/$mineId/$month" params={{ mineId: check.mineId, month }} className="matter-link">
        <span className="matter-title">
          {monthWords(month)}重大事故隐患排查
          {!done && <Days left={daysLeftUntil(app.businessDate, until)} />}
        </span>
        <span className="matter-about soft">
          主要负责人组织并签字，{monthDay(until)} 前；{standingWords(check)}
        </span>
      </Link>
    </li>
  )
}

const Row = ({ matter }: { matter: HomeMatter }) => {
  const { tenantId, hazardId, number, place, title, act, grade, dueOn, daysLeft, clause } = matter
  return (
    <li className="matter week-row" data-matter={act} data-hazard={number}>
      <Tick done={false} />
      <Link
        to="/hazards/$tenantId/$id"
        params={{ tenantId, id: hazardId }}
        search={{ act }}
        className="matter-link"
        title={`依据：${clause}`}
      >
        <span className="matter-title">
          {title}
          <Days left={daysLeft} />
        </span>
        <span className="matter-about">
          {grade && <GradeMark grade={grade} suspected={act === 'judge'} />}
          <span className="soft">
            {[number, place].filter(Boolean).join(' ')}；{whoActsAtMine(act, grade)}
            {dueOn ? `，${monthDay(dueOn)} 前` : '，尽快'}
          </span>
        </span>
      </Link>
    </li>
  )
}

type Props = { matters: readonly HomeMatter[]; owesCheck: boolean }

/** This week's duties: what, who, until when. */
export const WeekList = ({ matters, owesCheck }: Props) => (
  <section aria-labelledby="week" className="column">
    <h2 id="week">
      本周要办 <span className="count">{matters.length}</span>
    </h2>
    <p className="soft">逾期的在前，再按期限；办完的不再列出</p>
    <ul className="matters">
      {owesCheck && <MonthlyCheck />}
      {matters.map((matter) => (
        <Row key={`${matter.hazardId}${matter.title}`} matter={matter} />
      ))}
    </ul>
    {matters.length === 0 && <p className="empty">本周没有别的要办。发现隐患随时报告。</p>}
  </section>
)
