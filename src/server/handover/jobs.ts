import { v5 as uuidv5 } from 'uuid'
import { z } from 'zod'
import { scope } from '#domain/access/actor.ts'
import { roleNames } from '#domain/access/role.ts'
import { fold } from '#domain/handover/record.ts'
import type { Execute } from '#server/platform/execute.ts'
import type { Worker } from '#server/platform/jobs.ts'
import { eventsOf, recordedEvent } from '#server/platform/load.ts'
import type { Read } from '#server/platform/read.ts'

const reassigning = z.object({
  eventId: z.uuid(),
  tenantId: z.uuid(),
  streamId: z.uuid(),
  to: z.uuid(),
  on: z.string(),
  actor: z.object({
    accountId: z.string(),
    homeTenantId: z.string(),
    personId: z.string().optional(),
    role: z.enum(roleNames),
    scope,
  }),
})

/**
 * What was taken over is entered at each hazard, in the name of the receiver: he is responsible from that day on. A hazard
 * that was finished meanwhile, or whose receiver may not assign, refuses; its line on the list says so.
 */
export const handoverWorkers = (read: Read, execute: Execute): readonly Worker[] => [
  {
    queue: 'handover.reassign',
    run: async ({ data }) => {
      const { eventId, tenantId, streamId, to, on, actor } = reassigning.parse(data)
      const state = await read(actor, async ({ client }) => {
        const { rows } = await client.query<{ events: unknown[] }>(`select ${eventsOf} as events`, [tenantId, streamId])
        return fold((rows[0]?.events ?? []).map(recordedEvent))
      })
      for (const item of state?.items ?? []) {
        if (item.kind !== 'responsible') continue
        const assigned = await execute(actor, {
          id: uuidv5(item.streamId, eventId),
          tenantId: item.tenantId,
          streamId: item.streamId,
          act: 'hazard.assign',
          body: { responsible: to, on },
        })
        if (!assigned.ok && assigned.refusal.code === 'too-busy')
          throw new Error(`handed over, but not assigned: ${assigned.refusal.message}`)
      }
    },
  },
]
