import { z } from 'zod'

/** What the sender keeps: which events the command became, when they were received, and their leaves. */
export const receipt = z.object({
  commandId: z.uuid(),
  tenantId: z.uuid(),
  streamId: z.uuid(),
  version: z.number().int(),
  receivedAt: z.string(),
  number: z.number().int().optional(),
  rulebookVersion: z.string(),
  events: z.array(z.object({ id: z.uuid(), type: z.string(), v: z.number().int(), leafHash: z.string() })),
})

export type Receipt = z.infer<typeof receipt>
