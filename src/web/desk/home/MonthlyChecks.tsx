import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { listSelfChecks, type SelfCheckListed } from '#contract/selfCheck.ts'
import { monthBefore, monthOf } from '#domain/selfCheck/month.ts'
import { CallButton } from '#web/desk/home/CallButton.tsx'
import { CopyReminder } from '#web/desk/home/CopyReminder.tsx'
import { checkReminder, monthWords } from '#web/desk/home/reminder.ts'
import { useAnswer } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'

const Missed = ({ check }: { check: SelfCheckListed }) => {
  const { session } = useStanding()
  const about = `${monthWords(check.month)}排查没有签字`
  return (
    <li className="matter" data-missed={check.mineCode}>
      <Link
        to="/self-checks/$mineId/$month"
        params={{ mineId: check.mineId, month: check.month }}
        className="matter-link"
      >
        <span className="matter-title">{about}</span>
        <span className="matter-about">{check.mineName}</span>
      </Link>
      <span className="matter-acts">
        <CopyReminder text={checkReminder(check, session.homeName)} about={`${check.mineCode} ${about}`} />
        <CallButton mineId={check.mineId} mineName={check.mineName} about={about} />
      </span>
    </li>
  )
}

const firstShown = 4

/** 主要负责人月排查: last month's that nobody signed, and how far this month has come. */
export const MonthlyChecks = () => {
  const { app, session } = useStanding()
  const [all, setAll] = useState(false)
  const thisMonth = monthOf(app.businessDate)
  const lastMonth = monthBefore(thisMonth)
  const last = useAnswer(listSelfChecks, { query: { month: lastMonth, limit: 200 } })
  const now = useAnswer(listSelfChecks, { query: { month: thisMonth, limit: 1 } })
  const missed = (last.data?.items ?? []).filter(({ missed: isMissed }) => isMissed)
  const totals = now.data?.totals
  if (!totals || !last.data) return null
  const owing = totals.notBegun + totals.inProgress + totals.submitted + totals.done
  if (owing === 0) return null
  return (
    <section aria-labelledby="checks" className="column checks">
      <h2 id="checks">
        月排查 <span className="count">{missed.length}</span>
      </h2>
      <p className="soft">
        {monthWords(thisMonth)}已签字 {totals.done} 家，等签字 {totals.submitted} 家，共 {owing} 家；
        {missed.length === 0 ? `${monthWords(lastMonth)}都落实了` : `${monthWords(lastMonth)}未落实的：`}
      </p>
      <ul className="matters">
        {(all ? missed : missed.slice(0, firstShown)).map((check) => (
          <Missed key={check.mineId} check={check} />
        ))}
      </ul>
      {!all && missed.length > firstShown && (
        <button type="button" className="plain-link" onClick={() => setAll(true)}>
          还有 {missed.length - firstShown} 家
        </button>
      )}
      {missed.length > 1 && (
        <p className="remind-all">
          <CopyReminder
            text={checkReminder(
              { month: lastMonth, mineName: missed.map(({ mineName }) => mineName).join('、') },
              session.homeName,
            )}
            about={`${missed.length} 家，${monthWords(lastMonth)}排查`}
            word={`${missed.length} 家一起催`}
          />
        </p>
      )}
    </section>
  )
}
