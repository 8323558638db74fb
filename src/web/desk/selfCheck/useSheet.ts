import { readSelfCheck, type SavedAnswer, type SheetShown, saveAnswers } from '#contract/selfCheck.ts'
import { statuses } from '#domain/hazard/status.ts'
import { keyOf, markSignedOut, queries, useAnswer } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'
import { api, ProblemError } from '#web/parts/api.ts'
import { newId } from '#web/parts/commandId.ts'
import { nextSeq, ownAnswer, withAnswers } from '#web/parts/sheet.ts'

export type SheetParams = { readonly mineId: string; readonly month: string }

export type GivenAtDesk = Omit<SavedAnswer, 'id' | 'seq' | 'answeredAt'>

/** A sheet and the way to answer on it; what was saved shows at once, what was not is told and stays open. */
export const useSheet = (params: SheetParams) => {
  const { session } = useStanding()
  const read = useAnswer(readSelfCheck, { params })
  const key = keyOf(readSelfCheck, { params })

  const give = async (given: GivenAtDesk) => {
    const sheet = queries.getQueryData<SheetShown>(key)
    const sent: SavedAnswer = {
      ...given,
      id: newId(),
      seq: nextSeq(sheet?.answers ?? []),
      answeredAt: new Date().toISOString(),
    }
    const answer = await api.call(saveAnswers, { params, body: { answers: [sent] } })
    if (!answer.ok) {
      markSignedOut(new ProblemError(answer.problem))
      return answer
    }
    const { raised, before } = answer.value
    const [first] = raised
    const hazard = first && { id: first.hazardId, number: first.number, statusTitle: statuses.found }
    const shown = { ...ownAnswer(sent, session.grant.roleTitle), ...(hazard && { hazard }) }
    await queries.cancelQueries({ queryKey: key })
    queries.setQueryData<SheetShown>(
      key,
      (now) => now && { ...withAnswers(now, [shown]), before: { ...now.before, ...before } },
    )
    // The digest of what was seen changes with every answer: submitting asks for it anew.
    void queries.invalidateQueries({ queryKey: key })
    return answer
  }
  return { read, give, reload: () => queries.invalidateQueries({ queryKey: key }) }
}
