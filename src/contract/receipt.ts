import { z } from 'zod'

/** The proof the sender keeps: when the act was received and the leaves it became in the log. */
export const receiptShown = z.object({
  commandId: z.uuid(),
  tenantId: z.uuid(),
  streamId: z.uuid(),
  version: z.number().int(),
  receivedAt: z.string(),
  number: z.number().int().optional(),
  rulebookVersion: z.string(),
  events: z.array(z.object({ id: z.uuid(), type: z.string(), v: z.number().int(), leafHash: z.string() })),
  /** Signed note over command, time and leaves, from the moment the act was received; older receipts have none. */
  signed: z.string().optional(),
  /** True when this very command had been carried out before. */
  replayed: z.boolean(),
})

export type ReceiptShown = z.infer<typeof receiptShown>
