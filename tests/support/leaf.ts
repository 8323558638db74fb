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
  salt: z.instanceof(Buffer),
})

/** The leaf of an event computed anew from what is stored: hash in hex, and whether the outbox holds those very bytes. */
export const leafOf = async (owner: pg.Pool, { tenantId, id }: HazardPlace, version: number) => {
  const { rows } = await owner.query(
    `select e.type, e.v, e.body, e.account_id, e.role, e.received_at, e.captured_at, s.salt
     from core.event e join private.leaf_salt s using (tenant_id, stream_id, version)
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
  }
  const bytes = leafBytes({ v: 1, commit: sealFields(fields, event.salt).commit })
  const hash = Buffer.from(leafHash(bytes))
  const kept = await owner.query('select leaf from ledger.outbox where leaf_hash = $1', [hash])
  return {
    hash: hash.toString('hex'),
    inOutbox: kept.rows.length === 1 && Buffer.from(bytes).equals(kept.rows[0].leaf),
  }
}
