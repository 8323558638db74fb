import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Problem } from '#contract/problem.ts'
import { type SheetShown, submitSelfCheck } from '#contract/selfCheck.ts'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'
import { countsOf } from '#web/parts/sheet.ts'

type Props = { readonly sheet: SheetShown; readonly onDone: () => Promise<unknown>; readonly onCancel: () => void }

/** What goes on record, 未查 among it, before it goes. */
export const SubmitForm = ({ sheet, onDone, onCancel }: Props) => {
  const [commandId, setCommandId] = useState(newCommandId)
  const [team, setTeam] = useState('')
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const { asked, good, bad, notApplicable, notChecked } = countsOf(sheet)
  const submit = async () => {
    setSending(true)
    const params = { mineId: sheet.mineId, month: sheet.month }
    const body = { commandId, seen: sheet.digest, ...(team.trim() && { team: team.trim() }) }
    const answer = await api.call(submitSelfCheck, { params, body })
    setSending(false)
    setProblem(answer.ok ? undefined : answer.problem)
    // Refused, nothing stands under that id; with no answer it may, and goes out again as it was.
    if (!answer.ok && answer.problem.status !== 0) setCommandId(newCommandId())
    await onDone()
    if (answer.ok) onCancel()
  }
  return (
    <section className="sheet-form no-print" aria-label="提交排查表">
      <h2>提交排查表</h2>
      <p>
        应查 {asked} 项：符合要求 {good}，有问题 {bad}，不涉及 {notApplicable}，
        <strong>未查 {notChecked.length}</strong>。
      </p>
      {notChecked.length > 0 && (
        <details open>
          <summary>未查的 {notChecked.length} 项，照样写在提交的表上</summary>
          <ul className="sheet-left">
            {notChecked.map(({ code, number, question }) => (
              <li key={code}>
                {number} {question}
              </li>
            ))}
          </ul>
        </details>
      )}
      <ProblemBox problem={problem} />
      <div className="sheet-field">
        <label htmlFor="team">参加排查的人员（可不填）</label>
        <Input
          id="team"
          value={team}
          maxLength={300}
          placeholder="按岗位写，例如：矿长、安全员、采剥班长"
          onChange={(event) => setTeam(event.target.value)}
        />
      </div>
      <div className="answer-acts">
        <Button type="primary" loading={sending} data-act="selfCheck.submit" onClick={() => void submit()}>
          提交，未查 {notChecked.length} 项
        </Button>
        <Button onClick={onCancel}>先不提交</Button>
      </div>
    </section>
  )
}
