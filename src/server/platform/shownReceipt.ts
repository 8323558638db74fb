import type { ReceiptShown } from '#contract/receipt.ts'
import { type Outcome, ok } from '#domain/refusal.ts'
import type { Executed } from '#server/platform/execute.ts'

export const shownReceipt = (outcome: Outcome<Executed>): Outcome<ReceiptShown> =>
  outcome.ok ? ok({ ...outcome.value.receipt, replayed: outcome.value.replayed }) : outcome
