import type { Outcome } from '#domain/refusal.ts'
import { refused } from '../refusal.ts'

/** What was done; a refusal ends the command with its words. */
export const granted = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw refused(outcome.refusal)
  return outcome.value
}
