import type { z } from 'zod'
import { receiptShown } from '#contract/receipt.ts'

/** What the sender keeps, and the command's row with it. Whether it is told again is not part of it. */
export const receipt = receiptShown.omit({ replayed: true })

export type Receipt = z.infer<typeof receipt>
