import { v5 as uuidv5 } from 'uuid'
import { z } from 'zod'
import { scope } from '#domain/access/actor.ts'
import { roleNames } from '#domain/access/role.ts'
import type { Execute } from '#server/platform/execute.ts'
import type { Worker } from '#server/platform/jobs.ts'

const posting = z.object({
  eventId: z.uuid(),
  tenantId: z.uuid(),
  hazards: z.array(z.uuid()),
  where: z.string(),
  photos: z.array(z.string()),
  on: z.string(),
  actor: z.object({
    accountId: z.string(),
    homeTenantId: z.string(),
    personId: z.string().optional(),
    role: z.enum(roleNames),
    scope,
  }),
})

/** One board that was put up makes each hazard on it 已公示, in the name of whoever put it up. */
export const boardWorkers = (execute: Execute): readonly Worker[] => [
  {
    queue: 'board.recordPosting',
    run: async ({ data }) => {
      const { eventId, tenantId, hazards, where, photos, on, actor } = posting.parse(data)
      for (const streamId of hazards) {
        const posted = await execute(actor, {
          id: uuidv5(streamId, eventId),
          tenantId,
          streamId,
          act: 'hazard.posting',
          body: { on, where, ...(photos.length > 0 && { photos }) },
        })
        if (!posted.ok) throw new Error(`put up, but not recorded: ${posted.refusal.message}`)
      }
    },
  },
]
