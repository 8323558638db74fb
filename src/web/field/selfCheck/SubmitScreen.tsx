import { useState } from 'react'
import type { Problem } from '#contract/problem.ts'
import { submitSelfCheck } from '#contract/selfCheck.ts'
import { ask, queries } from '#web/field/connection/ask.ts'
import { go } from '#web/field/routing/location.ts'
import { ItemList } from '#web/field/selfCheck/ItemList.tsx'
import { sheetKey } from '#web/field/selfCheck/kept.ts'
import { type SheetRef, sheetPath } from '#web/field/selfCheck/paths.ts'
import type { SheetHere } from '#web/field/selfCheck/reads.ts'
import { SheetGate } from '#web/field/selfCheck/SheetGate.tsx'
import { StillHere } from '#web/field/selfCheck/StillHere.tsx'
import { useSession } from '#web/field/session/session.tsx'
import { problemText } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'
import { answerOf, countsOf, itemsOf, monthTitle } from '#web/parts/sheet.ts'

/** What goes on record: counts, what has a problem, and everything that nobody looked at, in full. */
export const SubmitScreen = ({ sheetRef }: { readonly sheetRef: SheetRef }) => (
  <SheetGate sheetRef={sheetRef} afresh>
    {(here, fetching) => <Submit sheetRef={sheetRef} here={here} fetching={fetching} />}
  </SheetGate>
)

type SubmitProps = { readonly sheetRef: SheetRef; readonly here: SheetHere; readonly fetching: boolean }

const Submit = ({ sheetRef, here: { sheet, waiting }, fetching }: SubmitProps) => {
  const { accountId } = useSession()
  const [commandId, setCommandId] = useState(newCommandId)
  const [team, setTeam] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const { asked, good, bad, notApplicable, notChecked } = countsOf(sheet)
  const found = itemsOf(sheet).filter(({ code }) => answerOf(sheet, code)?.outcome === 'bad')

  const send = async () => {
    setBusy(true)
    setProblem(undefined)
    const body = { commandId, seen: sheet.digest, ...(team.trim() && { team: team.trim() }) }
    const answer = await ask(submitSelfCheck, { params: sheetRef, body })
    setBusy(false)
    if (!answer.ok) {
      if (answer.problem.status !== 0) setCommandId(newCommandId())
      // Somebody answered meanwhile: the newest is shown before it is submitted.
      void queries.invalidateQueries({ queryKey: sheetKey(accountId, sheetRef) })
      return setProblem(answer.problem)
    }
    await queries.invalidateQueries({ queryKey: sheetKey(accountId, sheetRef) })
    go(sheetPath(sheetRef), { replace: true })
  }

  return (
    <main className="page stack with-action">
      <h1>提交{monthTitle(sheet.month)}排查表</h1>
      <StillHere waiting={waiting.length} what="提交" />
      <dl className="receipt number" aria-label="本次提交">
        <dt>应查</dt>
        <dd>{asked} 项</dd>
        <dt>符合要求</dt>
        <dd>{good} 项</dd>
        <dt>有问题</dt>
        <dd>{bad} 项</dd>
        <dt>不涉及</dt>
        <dd>{notApplicable} 项</dd>
        <dt>未查</dt>
        <dd>
          <strong>{notChecked.length} 项</strong>
        </dd>
      </dl>
      {found.length > 0 && (
        <section aria-label="有问题的">
          <h2>有问题的 {found.length} 项</h2>
          <ItemList items={found} sheet={sheet} sheetRef={sheetRef} />
        </section>
      )}
      <section aria-label="未查的">
        <h2>未查的 {notChecked.length} 项</h2>
        <p className="help">照样写在提交的表上，签字的人看得到。可以先提交，查了再补交一次。</p>
        <ItemList items={notChecked} sheet={sheet} sheetRef={sheetRef} />
      </section>
      <label className="field">
        <span>参加排查的人员（可以不填）</span>
        <textarea
          value={team}
          rows={2}
          maxLength={300}
          onChange={(event) => setTeam(event.target.value)}
          placeholder="按岗位写，例如：矿长、安全员、采剥班长"
        />
      </label>
      <div className="action">
        {problem && (
          <p className="refusal" role="alert">
            {problemText(problem)}
          </p>
        )}
        <button
          type="button"
          className="button primary large"
          data-act="selfCheck.submit"
          disabled={busy || fetching || waiting.length > 0 || sheet.answers.length === 0}
          onClick={() => void send()}
        >
          {busy ? '正在提交…' : fetching ? '正在核对…' : `提交，未查 ${notChecked.length} 项`}
        </button>
      </div>
    </main>
  )
}
