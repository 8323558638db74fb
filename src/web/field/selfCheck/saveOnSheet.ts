import type { Problem } from '#contract/problem.ts'
import type { ReplyOf } from '#contract/route.ts'
import { type SavedAnswer, type SheetShown, saveAnswers } from '#contract/selfCheck.ts'
import { statuses } from '#domain/hazard/status.ts'
import { ask, queries } from '#web/field/connection/ask.ts'
import type { PendingAnswer } from '#web/field/outbox/pending.ts'
import { keepSheet, keptSheet, sheetKey } from '#web/field/selfCheck/kept.ts'
import { savedAnswerOf } from '#web/field/selfCheck/savedAnswer.ts'
import { ownAnswer, withAnswers } from '#web/parts/sheet.ts'

type Saved = ReplyOf<typeof saveAnswers>

/** What the server said goes onto the sheet in the phone; the whole sheet is not fetched again after every answer. */
const noteSaved = (accountId: string, sheet: SheetShown, sent: readonly SavedAnswer[], saved: Saved): void => {
  const shown = sent.map((answer) => {
    const raised = saved.raised.find(({ item }) => item === answer.item && answer.outcome === 'bad')
    const hazard = raised && { id: raised.hazardId, number: raised.number, statusTitle: statuses.found }
    return { ...ownAnswer(answer, '我'), ...(hazard && { hazard }) }
  })
  const standing = sheet.standing === 'notBegun' ? ('inProgress' as const) : sheet.standing
  const next = { ...withAnswers(sheet, shown), standing, before: { ...sheet.before, ...saved.before } }
  queries.setQueryData(sheetKey(accountId, sheet), next)
  keepSheet(accountId, next)
}

/** Hands answers of one sheet in; tells what stood in the way. Sent twice they are saved once, by their ids. */
export const saveOnSheet = async (answers: readonly PendingAnswer[]): Promise<Problem | undefined> => {
  const [first] = answers
  const sent = answers.flatMap((one) => savedAnswerOf(one) ?? [])
  if (!first || sent.length === 0) return undefined
  const { accountId, tenantId: mineId, month } = first
  const answer = await ask(saveAnswers, { params: { mineId, month }, body: { answers: sent } })
  if (!answer.ok) return answer.problem
  const key = sheetKey(accountId, { mineId, month })
  // A reading under way may be from before these answers.
  await queries.cancelQueries({ queryKey: key })
  const sheet = queries.getQueryData<SheetShown>(key) ?? keptSheet(accountId, { mineId, month })
  if (sheet) noteSaved(accountId, sheet, sent, answer.value)
  if (answer.value.raised.length > 0)
    for (const name of ['home', 'myReports', 'places']) void queries.invalidateQueries({ queryKey: [name] })
  return undefined
}
