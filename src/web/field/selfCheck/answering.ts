import type { ShownItem } from '#contract/selfCheck.ts'
import { begin, send, useOutbox, write } from '#web/field/outbox/outbox.ts'
import { isAnswer, type Pending, type PendingAnswer } from '#web/field/outbox/pending.ts'
import type { SheetRef } from '#web/field/selfCheck/paths.ts'
import { type SheetHere, useGoesRound } from '#web/field/selfCheck/reads.ts'
import type { Given } from '#web/field/selfCheck/savedAnswer.ts'
import { useSession } from '#web/field/session/session.tsx'
import { nextSeq, outcomeWords } from '#web/parts/sheet.ts'

/** What the last tap was about, for the line on the screen that came after it. */
let lastAnswered: (SheetRef & { readonly code: string }) | undefined

export const lastAnsweredOf = ({ mineId, month }: SheetRef): string | undefined =>
  lastAnswered?.mineId === mineId && lastAnswered.month === month ? lastAnswered.code : undefined

const only = (given: Given): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''))

/** Answers one question on this phone: begun with the first word or photo, kept at once, sent when it is given. */
export const useAnswering = (ref: SheetRef, item: ShownItem, { sheet }: SheetHere) => {
  const { accountId } = useSession()
  const { commands } = useOutbox()
  const mayAnswer = useGoesRound() && sheet.may.answer
  const mine = commands
    .filter(isAnswer)
    .filter((one) => one.accountId === accountId && one.tenantId === ref.mineId && one.month === ref.month)
  const draft: PendingAnswer | undefined = mine.find(({ item: code, stage }) => code === item.code && stage === 'draft')

  const start = (given: Given): Promise<Pending> =>
    begin({
      accountId,
      tenantId: ref.mineId,
      month: ref.month,
      item: item.code,
      title: `月排查 ${item.number}`,
      body: only(given),
    })
  const change = (given: Given): Promise<unknown> =>
    draft ? write(draft.commandId, { body: only({ ...draft.body, ...given }) }) : start(given)
  const give = async (given: Given): Promise<void> => {
    const seqs = [...sheet.answers, ...mine.map(({ body }) => ({ seq: Number(body.seq ?? 0) }))]
    const command = draft ?? (await start(given))
    const body = only({ ...command.body, ...given, seq: nextSeq(seqs) })
    const title = `月排查 ${item.number}：${given.outcome ? outcomeWords(item, given.outcome) : ''}`
    await write(command.commandId, { body, title })
    lastAnswered = { ...ref, code: item.code }
    void send(command.commandId)
  }
  return { draft, mayAnswer, start, change, give }
}
