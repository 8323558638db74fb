import type { Outcome, Refusal } from '#domain/refusal.ts'

/** What was done; a refusal is told in full. */
export const granted = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal, undefined, 1)}`)
  return outcome.value
}

export const refusedBy = (outcome: Outcome<unknown>): Refusal => {
  if (outcome.ok) throw new Error(`granted: ${JSON.stringify(outcome.value)}`)
  return outcome.refusal
}
