import { isDone, type SelfCheckState, waitsForSignature } from './record.ts'

/** The row that lists ask for: how far the month has come. */
export const selfCheckRow = (state: SelfCheckState) => {
  const last = state.submissions.at(-1)
  const firstSigned = state.signatures[0]
  return {
    mine_id: state.mineId,
    month: state.month,
    done: isDone(state),
    waits: waitsForSignature(state),
    submitted_on: last?.on ?? null,
    signed_on: firstSigned?.on ?? null,
    led_in_person: state.signatures.some(({ ledInPerson }) => ledInPerson),
    asked: last?.counts.asked ?? null,
    good: last?.counts.good ?? null,
    bad: last?.counts.bad ?? null,
    not_applicable: last?.counts.notApplicable ?? null,
    not_checked: last?.counts.notChecked ?? null,
  }
}
