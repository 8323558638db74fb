import type pg from 'pg'
import { z } from 'zod'
import type { SealedEvent } from '#server/platform/seal.ts'
import type { Entry } from './attack.ts'

const json: z.ZodType<z.core.util.JSONType> = z.json()

const row = z.object({
  kind: z.string(),
  type: z.string(),
  v: z.number(),
  body: z.record(z.string(), json),
  account_id: z.string(),
  role: z.string(),
  person_id: z.string().nullable(),
  rulebook_version: z.string(),
  captured_at: z.date().nullable(),
  received_at: z.date(),
  hash: z.instanceof(Buffer),
  number: z.coerce.number().nullable(),
})

/** What the leaf of an entry is made over, as the database holds it at this moment. */
export const sealedRow = async (client: pg.PoolClient, entry: Entry): Promise<SealedEvent> => {
  const { rows } = await client.query(
    `select e.*, c.hash, c.receipt->>'number' as number from core.event e
     join core.command c on c.tenant_id = e.tenant_id and c.id = e.command_id
     where e.tenant_id = $1 and e.stream_id = $2 and e.version = $3`,
    [entry.tenant, entry.stream, entry.version],
  )
  const event = row.parse(rows[0])
  return {
    type: event.type,
    v: event.v,
    body: event.body,
    id: entry.event,
    tenantId: entry.tenant,
    streamId: entry.stream,
    version: entry.version,
    kind: event.kind,
    accountId: event.account_id,
    role: event.role,
    personId: event.person_id,
    commandId: entry.command,
    commandHash: event.hash,
    number: event.number,
    rulebookVersion: event.rulebook_version,
    receivedAt: event.received_at.toISOString(),
    capturedAt: event.captured_at?.toISOString() ?? null,
  }
}
