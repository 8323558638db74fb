import { Link } from '@tanstack/react-router'
import type { HazardShown } from '#contract/hazard.ts'
import { gradeOf } from '#domain/hazard/state.ts'
import { timelinessWords } from '#web/desk/hazard/timelinessWords.ts'
import { GradeMark } from '#web/desk/shown/GradeMark.tsx'

const Criteria = ({ criteria }: Pick<HazardShown, 'criteria'>) => (
  <ul className="cited">
    {criteria.map(({ code, title, text, documentNumber }) => (
      <li key={code}>
        <strong>
          {code} {title}
        </strong>
        <blockquote>{text}</blockquote>
        <span className="soft">{documentNumber}</span>
      </li>
    ))}
  </ul>
)

/** What it is, where, how grave, and how it stands with its deadline. */
export const Summary = ({ hazard }: { hazard: HazardShown }) => {
  const { state } = hazard
  const { word, reason, late } = timelinessWords(hazard.timeliness, state)
  return (
    <section className="summary" aria-label="概况">
      <p className="summary-line">
        <GradeMark grade={gradeOf(state)} suspected={!state.judgement} />
        <strong data-status={state.status}>{hazard.statusTitle}</strong>
        <span className={late ? 'days days-due' : 'days'} data-timeliness={hazard.timeliness.kind}>
          {word}
        </span>
        {reason && <span className="soft">（{reason}）</span>}
      </p>
      {state.finding.description && <p className="description">{state.finding.description}</p>}
      <p className="soft">
        <Link to="/mines/$id" params={{ id: state.finding.mineId }}>
          {hazard.mineName}
        </Link>
        {' · '}
        {hazard.sourceTitle} {state.finding.on}
        {state.corrections > 0 && ` · 更正过 ${state.corrections} 次，原记录见经过`}
      </p>
      {hazard.criteria.length > 0 && <Criteria criteria={hazard.criteria} />}
    </section>
  )
}
