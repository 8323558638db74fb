import { useState } from 'react'
import type { Problem } from '#contract/problem.ts'
import { handOverSelfCheck } from '#contract/selfCheck.ts'
import { ask, queries } from '#web/field/connection/ask.ts'
import { go } from '#web/field/routing/location.ts'
import { sheetKey } from '#web/field/selfCheck/kept.ts'
import { type SheetRef, sheetPath } from '#web/field/selfCheck/paths.ts'
import { type SheetHere, usePeopleOfMine } from '#web/field/selfCheck/reads.ts'
import { SheetGate } from '#web/field/selfCheck/SheetGate.tsx'
import { StillHere } from '#web/field/selfCheck/StillHere.tsx'
import { useSession } from '#web/field/session/session.tsx'
import { problemText } from '#web/parts/api.ts'
import { newCommandId } from '#web/parts/commandId.ts'
import { itemsOf, leftIn, monthTitle } from '#web/parts/sheet.ts'

/** The rest of the round goes to somebody else of the mine, by post; what was answered stays. */
export const HandOverScreen = ({ sheetRef }: { readonly sheetRef: SheetRef }) => (
  <SheetGate sheetRef={sheetRef}>{(here) => <HandOver sheetRef={sheetRef} here={here} />}</SheetGate>
)

const HandOver = ({
  sheetRef,
  here: { sheet, waiting },
}: {
  readonly sheetRef: SheetRef
  readonly here: SheetHere
}) => {
  const { accountId, personId } = useSession()
  const people = usePeopleOfMine(sheetRef.mineId)
  const [commandId] = useState(newCommandId)
  const [to, setTo] = useState('')
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const [told, setTold] = useState<string>()
  const left = leftIn(sheet, itemsOf(sheet)).length

  const send = async () => {
    setTold(to ? undefined : '先选交给谁')
    if (!to) return
    setBusy(true)
    setProblem(undefined)
    const body = { commandId, to, ...(note.trim() && { note: note.trim() }) }
    const answer = await ask(handOverSelfCheck, { params: sheetRef, body })
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    await queries.invalidateQueries({ queryKey: sheetKey(accountId, sheetRef) })
    go(sheetPath(sheetRef), { replace: true })
  }

  return (
    <main className="page stack with-action">
      <div>
        <h1>交给另一个人接着查</h1>
        <p className="soft">
          {monthTitle(sheet.month)}排查，还剩 {left} 项。已答的都留着，写明是谁答的。
        </p>
      </div>
      <StillHere waiting={waiting.length} what="交接" />
      <label className="field">
        <span>交给谁</span>
        <select value={to} onChange={(event) => setTo(event.target.value)}>
          <option value="">选岗位</option>
          {people.data
            ?.filter(({ id }) => id !== personId)
            .map(({ id, post, name }) => (
              <option key={id} value={id}>
                {[post, name].filter(Boolean).join(' ')}
              </option>
            ))}
        </select>
      </label>
      {people.error && <p className="refusal">{people.error.message}</p>}
      <label className="field">
        <span>交接说明（可以不填）</span>
        <textarea
          value={note}
          rows={3}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
          placeholder="查到哪里、要注意什么"
        />
      </label>
      <div className="action">
        {(told ?? problem) && (
          <p className="refusal" role="alert">
            {told ?? (problem && problemText(problem))}
          </p>
        )}
        <button
          type="button"
          className="button primary large"
          data-act="selfCheck.handOver"
          disabled={busy || waiting.length > 0}
          onClick={() => void send()}
        >
          {busy ? '正在交接…' : '交接'}
        </button>
      </div>
    </main>
  )
}
