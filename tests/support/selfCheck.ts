import { v7 as uuidv7 } from 'uuid'
import type { Client } from '#contract/client.ts'
import {
  handOverSelfCheck,
  readSelfCheck,
  type SavedAnswer,
  type SheetShown,
  saveAnswers,
  signSelfCheck,
  submitSelfCheck,
} from '#contract/selfCheck.ts'
import { granted, type Person, type TestServer } from '#tests/support/district.ts'

export const seesSheet = async (person: Client, mineId: string, month: string): Promise<SheetShown> =>
  granted(await person.call(readSelfCheck, { params: { mineId, month } }))

type Given = Pick<SavedAnswer, 'item' | 'outcome'> & Partial<SavedAnswer>

/** One answer as a phone sends it. */
export const asSent = (given: Given): SavedAnswer => ({
  id: uuidv7(),
  seq: 1,
  answeredAt: '2023-07-03T01:00:00.000Z',
  ...given,
})

export const saves = async (person: Person, mineId: string, month: string, ...answers: readonly Given[]) =>
  granted(await person.call(saveAnswers, { params: { mineId, month }, body: { answers: answers.map(asSent) } }))

/** A month from the first answer to the principal's signature, with a hand-over between. */
export const wholeMonth = async ({ ids, as }: TestServer, month: string): Promise<void> => {
  const [officer, leader] = [as('safetyOfficer'), as('crewLeader')]
  const params = { mineId: ids.mine, month }
  await saves(officer, ids.mine, month, { item: 'OP-01-1', outcome: 'good' })
  granted(await officer.call(handOverSelfCheck, { params, body: { commandId: uuidv7(), to: leader.personId } }))
  await saves(leader, ids.mine, month, { item: 'OP-03-1', outcome: 'good' })
  const { digest } = await seesSheet(officer, ids.mine, month)
  granted(await officer.call(submitSelfCheck, { params, body: { commandId: uuidv7(), seen: digest } }))
  const body = { commandId: uuidv7(), submission: 1, ledInPerson: true }
  granted(await as('principal').call(signSelfCheck, { params, body }))
}
