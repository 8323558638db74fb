import { v5 as uuidv5 } from 'uuid'
import { z } from 'zod'
import { scope } from '#domain/access/actor.ts'
import { roleNames } from '#domain/access/role.ts'
import type { Execute } from '#server/platform/execute.ts'
import type { Worker } from '#server/platform/jobs.ts'

const opening = z.object({
  eventId: z.uuid(),
  mineId: z.uuid(),
  other: z.uuid(),
  on: z.string(),
  visit: z.string(),
  actor: z.object({
    accountId: z.string(),
    homeTenantId: z.string(),
    personId: z.string().optional(),
    role: z.enum(roleNames),
    scope,
  }),
})

/**
 * Opens in the mine's register what the visit confirmed, in the name of the officer who handed it over. It carries the
 * facts of the visit alone: nothing of the report or of who made it crosses over (安全生产法 73).
 */
export const hazardWorkers = (execute: Execute): readonly Worker[] => [
  {
    queue: 'hazard.openInMine',
    run: async ({ data }) => {
      const { eventId, mineId, other, on, visit, actor } = opening.parse(data)
      const opened = await execute(actor, {
        id: uuidv5(mineId, eventId),
        tenantId: mineId,
        streamId: other,
        act: 'hazard.report',
        body: { source: 'enforcement', mineId, description: visit, on },
      })
      if (!opened.ok) throw new Error(`handed over, but not opened: ${opened.refusal.message}`)
    },
  },
]
