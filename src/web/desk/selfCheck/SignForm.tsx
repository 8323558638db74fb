import { Link } from '@tanstack/react-router'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import type { Problem } from '#contract/problem.ts'
import { type SheetShown, signSelfCheck } from '#contract/selfCheck.ts'
import { BeforeSigning } from '#web/desk/paper/BeforeSigning.tsx'
import { PhotosInput } from '#web/desk/selfCheck/AnswerEditor.tsx'
import { useStanding } from '#web/desk/session/session.ts'
import { ProblemBox } from '#web/desk/shown/ProblemBox.tsx'
import { api } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'
import { itemsOf, monthTitle } from '#web/parts/sheet.ts'

type Props = { readonly sheet: SheetShown; readonly onDone: () => Promise<unknown>; readonly onCancel: () => void }

/** The principal signs what was submitted; by hand on paper, its photo is recorded for him (PRACTICE A14). */
export const SignForm = ({ sheet, onDone, onCancel }: Props) => {
  const { session } = useStanding()
  const [commandId, setCommandId] = useState(newCommandId)
  const [ledInPerson, setLedInPerson] = useState(false)
  const [paper, setPaper] = useState<readonly string[]>([])
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const submission = sheet.submissions.length
  const submitted = sheet.submissions.at(-1)
  if (!submitted) return null
  const isPrincipal = session.grant.role === 'principal'
  const params = { mineId: sheet.mineId, month: sheet.month }
  const { good, bad, notApplicable, notChecked } = submitted
  const unseen = itemsOf(sheet).filter(({ code }) => notChecked.includes(code))
  const sign = async () => {
    setSending(true)
    const body = { commandId, submission, ledInPerson, ...(paper.length > 0 && { paper: [...paper] }) }
    const answer = await api.call(signSelfCheck, { params, body })
    setSending(false)
    setProblem(answer.ok ? undefined : answer.problem)
    if (!answer.ok && answer.problem.status !== 0) setCommandId(newCommandId())
    await onDone()
    if (answer.ok) onCancel()
  }
  return (
    <section className="sheet-form no-print" aria-label="签字">
      <h2>{isPrincipal ? '签字' : '代录主要负责人手签的原件'}</h2>
      <BeforeSigning
        act="selfCheck.sign"
        gaps={notChecked.length > 0 ? [`未查 ${notChecked.length} 项，列在下面`] : []}
      />
      <p>
        签的是{monthTitle(sheet.month)}排查表第 {submission} 次提交（{submitted.on}）：符合要求 {good}，有问题 {bad}
        ，不涉及 {notApplicable}，<strong>未查 {notChecked.length}</strong>。
      </p>
      {unseen.length > 0 && (
        <ul className="sheet-left" aria-label="未查的">
          {unseen.map(({ code, number, question }) => (
            <li key={code}>
              {number} {question}
            </li>
          ))}
        </ul>
      )}
      <ProblemBox problem={problem} />
      {!isPrincipal && (
        <div className="sheet-field">
          <span>
            纸质签字原件：
            <Link to="/self-checks/$mineId/$month/print" params={params}>
              打印排查表
            </Link>
            ，请主要负责人手签，拍下原件。页面写明代录，原件在档。
          </span>
          <PhotosInput mineId={sheet.mineId} value={paper} onChange={setPaper} />
        </div>
      )}
      <Checkbox checked={ledInPerson} onChange={(event) => setLedInPerson(event.target.checked)}>
        主要负责人亲自带队
      </Checkbox>
      <div className="answer-acts">
        <Button
          type="primary"
          loading={sending}
          disabled={!isPrincipal && paper.length === 0}
          data-act="selfCheck.sign"
          onClick={() => void sign()}
        >
          {isPrincipal ? '签字' : '代录签字'}
        </Button>
        <Button onClick={onCancel}>先不签</Button>
      </div>
    </section>
  )
}
