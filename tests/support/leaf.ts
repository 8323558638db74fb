import type pg from 'pg'
import { z } from 'zod'
import type { HazardPlace } from '#tests/support/district.ts'
import { leafBytes, leafHash, sealFields } from '#translog/leaf.ts'

const json: z.ZodType<z.core.util.JSONType> = z.json()

const stored = z.object({
  type: z.string(),
  v: z.number(),
  body: json,
  account_id: z.string(),
  role: z.string(),
  received_at: z.date(),
  captured_at: z.date().nullable(),
  id: z.string(),
  kind: z.string(),
  person_id: z.string().nullable(),
  command_id: z.string(),
  rulebook_version: z.string(),
  salt: z.instanceof(Buffer),
  hash: z.instanceof(Buffer),
  number: z.number().nullable(),
})

/** The leaf of an event computed anew from what is stored: hash in hex, and whether the outbox holds those very bytes. */
export const leafOf = async (owner: pg.Pool, { tenantId, id }: HazardPlace, version: number) => {
  const { rows } = await owner.query(
    `select e.*, s.salt, c.hash, (c.receipt->>'number')::int as number
     from core.event e join private.leaf_salt s using (tenant_id, stream_id, version)
     join core.command c on c.tenant_id = e.tenant_id and c.id = e.command_id
     where e.tenant_id = $1 and e.stream_id = $2 and e.version = $3`,
    [tenantId, id, version],
  )
  const event = stored.parse(rows[0])
  const fields = {
    kind: event.type,
    tenant: tenantId,
    subject: id,
    version,
    actor: event.account_id,
    role: event.role,
    receivedAt: event.received_at.toISOString(),
    capturedAt: event.captured_at?.toISOString() ?? null,
    record: { type: event.type, v: event.v, body: event.body },
    provenance: {
      event: event.id,
      stream: event.kind,
      person: event.person_id,
      command: event.command_id,
      commandHash: event.hash.toString('base64url'),
      number: event.number,
      rulebook: event.rulebook_version,
    },
  }
  const bytes = leafBytes({ v: 1, commit: sealFields(fields, event.salt).commit })
  const hash = Buffer.from(leafHash(bytes))
  const kept = await owner.query('select leaf from ledger.outbox where leaf_hash = $1', [hash])
  return {
    hash: hash.toString('hex'),
    inOutbox: kept.rows.length === 1 && Buffer.from(bytes).equals(kept.rows[0].leaf),
  }
}
