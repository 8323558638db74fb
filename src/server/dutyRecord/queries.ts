import { z } from 'zod'
import type { Actor } from '#domain/access/actor.ts'
import { roleNames } from '#domain/access/role.ts'
import type { RecordedEvent } from '#domain/event.ts'
import { eventsIn, recordedEvent } from '#server/platform/load.ts'
import type { ReadScope } from '#server/platform/read.ts'

/** Every account that stands in the person's name, as far as the present post sees. */
export const ownAccounts = async ({ client }: ReadScope, actor: Actor): Promise<readonly string[]> => {
  if (!actor.personId) return [actor.accountId]
  const { rows } = await client.query<{ id: string }>('select id from read.account where person_id = $1', [
    actor.personId,
  ])
  return [...new Set([actor.accountId, ...rows.map(({ id }) => id)])]
}

const monthRow = z.object({ month: z.string(), acts: z.number() })

export const monthsOf = async ({ client }: ReadScope, accounts: readonly string[]) => {
  const { rows } = await client.query(
    `select to_char(received_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, count(*)::int as acts
     from core.event where account_id = any($1::uuid[]) group by 1 order by 1 desc`,
    [accounts],
  )
  return rows.map((row) => monthRow.parse(row))
}

const actRow = z.object({
  tenant_id: z.string(),
  stream_id: z.string(),
  version: z.number(),
  kind: z.string(),
  type: z.string(),
  command_id: z.string(),
  role: z.enum(roleNames),
  on: z.string().nullable(),
  received_at: z.string(),
  leaf_hash: z.string().nullable(),
  number: z.string().nullable(),
  place: z.string().nullable(),
  unit_name: z.string().nullable(),
})

export type ActRow = z.infer<typeof actRow>

type Wanted = {
  readonly accounts: readonly string[]
  readonly from: string
  readonly before: string
  readonly limit: number
}

/** What the accounts did, in the order in which it came in. */
export const actsOf = async (
  { client }: ReadScope,
  { accounts, from, before, limit }: Wanted,
): Promise<readonly ActRow[]> => {
  const { rows } = await client.query(
    `select e.tenant_id, e.stream_id, e.version, e.kind, e.type, e.command_id, e.role, e.body ->> 'on' as "on",
       to_char(e.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as received_at,
       encode(s.leaf_hash, 'hex') as leaf_hash, h.number, h.place, coalesce(m.name, t.name) as unit_name
     from core.event e
     left join private.leaf_salt s on s.tenant_id = e.tenant_id and s.stream_id = e.stream_id and s.version = e.version
     left join read.hazard h on h.tenant_id = e.tenant_id and h.id = e.stream_id
     left join read.mine m on m.tenant_id = h.mine_id and m.id = h.mine_id
     left join read.tenant t on t.tenant_id = e.tenant_id and t.id = e.tenant_id
     where e.account_id = any($1::uuid[]) and e.received_at >= $2 and e.received_at < $3
     order by e.received_at, e.tenant_id, e.stream_id, e.version limit $4`,
    [accounts, from, before, limit],
  )
  return rows.map((row) => actRow.parse(row))
}

/** Whole streams by id, as the state before an act is folded from them. */
export const streamsOf = async (
  { client }: ReadScope,
  streams: readonly { readonly tenantId: string; readonly streamId: string }[],
): Promise<ReadonlyMap<string, readonly RecordedEvent[]>> => {
  if (streams.length === 0) return new Map()
  const { rows } = await client.query<{ stream_id: string; events: unknown[] }>(
    `select k.stream_id, ${eventsIn('k.tenant_id', 'k.stream_id')} as events
     from unnest($1::uuid[], $2::uuid[]) as k(tenant_id, stream_id)`,
    [streams.map(({ tenantId }) => tenantId), streams.map(({ streamId }) => streamId)],
  )
  return new Map(rows.map(({ stream_id, events }) => [stream_id, events.map(recordedEvent)]))
}
