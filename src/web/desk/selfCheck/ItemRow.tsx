import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import type { Problem } from '#contract/problem.ts'
import type { SheetShown, ShownAnswer, ShownItem } from '#contract/selfCheck.ts'
import { type AnswerOutcome, outcomes } from '#domain/selfCheck/answer.ts'
import { Photos } from '#web/desk/hazard/Photos.tsx'
import { AnswerEditor } from '#web/desk/selfCheck/AnswerEditor.tsx'
import type { GivenAtDesk } from '#web/desk/selfCheck/useSheet.ts'
import { problemText } from '#web/parts/api.ts'
import { outcomeWords } from '#web/parts/sheet.ts'
import { dateTimeOf } from '#web/parts/words.ts'

type Props = {
  readonly sheet: SheetShown
  readonly item: ShownItem
  readonly answer: ShownAnswer | undefined
  readonly mayAnswer: boolean
  readonly give: (
    given: GivenAtDesk,
  ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly problem: Problem }>
}

const Answered = ({ sheet, item, answer }: Pick<Props, 'sheet' | 'item'> & { answer: ShownAnswer }) => {
  const words = [answer.reason, answer.place, answer.note, answer.tooDangerous && '危险，不宜靠近'].filter(Boolean)
  const before = answer.mine ? sheet.before[item.code] : undefined
  return (
    <>
      <span className={answer.outcome === 'bad' ? 'answer-bad' : undefined}>{outcomeWords(item, answer.outcome)}</span>
      <span className="soft block">
        {answer.byPost} {dateTimeOf(answer.answeredAt)}
      </span>
      {words.length > 0 && <span className="block">{words.join('；')}</span>}
      {answer.hazard && (
        <span className="block">
          <Link to="/hazards/$tenantId/$id" params={{ tenantId: sheet.mineId, id: answer.hazard.id }}>
            {answer.hazard.number}
          </Link>
          <span className="soft"> {answer.hazard.statusTitle}</span>
        </span>
      )}
      {answer.photos.length > 0 && (
        <Photos tenantId={sheet.mineId} sha256={answer.photos} alt={`${item.number} 的照片`} />
      )}
      {before && (
        <span className="soft block">
          上月答：{outcomeWords(item, before.outcome)}
          {before.note && `：${before.note}`}
        </span>
      )}
    </>
  )
}

/** To the next question that stands below or above, past headings and other rows. */
const moveTo = (row: HTMLElement, step: 1 | -1): void => {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-item]')]
  rows[rows.indexOf(row) + step]?.focus()
}

const steps: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 }

/** One question: 1 2 3 4 choose, ↓ and ↑ go on. */
export const ItemRow = ({ sheet, item, answer, mayAnswer, give }: Props) => {
  const [editing, setEditing] = useState<'bad' | 'notApplicable'>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const send = async (given: GivenAtDesk) => {
    setBusy(true)
    setProblem(undefined)
    const done = await give(given)
    setBusy(false)
    if (!done.ok) return setProblem(done.problem)
    setEditing(undefined)
    document.querySelector<HTMLElement>(`[data-item="${item.code}"]`)?.focus()
  }
  const choose = (outcome: AnswerOutcome) => {
    if (outcome === 'bad' || outcome === 'notApplicable') return setEditing(outcome)
    setEditing(undefined)
    void send({ item: item.code, outcome })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>) => {
    if (event.target !== event.currentTarget) return
    const step = steps[event.key]
    if (step) {
      event.preventDefault()
      return moveTo(event.currentTarget, step)
    }
    const chosen = mayAnswer && !busy ? outcomes[Number(event.key) - 1] : undefined
    if (!chosen || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    choose(chosen)
  }
  return (
    <tr data-item={item.code} tabIndex={0} onKeyDown={onKeyDown} aria-label={`${item.number} ${item.question}`}>
      <td data-label="编号">{item.number}</td>
      <td data-label="检查内容">
        {item.question}
        {item.criterion && <span className="soft block">{item.criterion.text}</span>}
        {item.missingFacts.length > 0 && (
          <span className="block">△ 资料不足：矿山登记里没有{item.missingFacts.join('、')}</span>
        )}
      </td>
      <td data-label="答案">
        {answer ? (
          <Answered sheet={sheet} item={item} answer={answer} />
        ) : (
          <span className={item.notApplicable ? 'soft' : undefined}>{item.notApplicable ?? '未查'}</span>
        )}
        {problem && (
          <span role="alert" className="block">
            {problemText(problem)}
          </span>
        )}
        {editing && (
          <AnswerEditor
            mineId={sheet.mineId}
            item={item}
            outcome={editing}
            before={answer?.outcome === editing ? answer : undefined}
            onGive={(given) => void send(given)}
            onCancel={() => setEditing(undefined)}
          />
        )}
      </td>
      {mayAnswer && (
        <td className="no-print answer-buttons" data-label="作答">
          {outcomes.map((outcome, index) => (
            <button
              key={outcome}
              type="button"
              className="chip"
              tabIndex={-1}
              aria-pressed={answer?.outcome === outcome}
              disabled={busy}
              title={`按 ${index + 1}`}
              onClick={() => choose(outcome)}
            >
              {outcomeWords(item, outcome)}
            </button>
          ))}
        </td>
      )}
    </tr>
  )
}
