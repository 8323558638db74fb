import type { PoolClient } from 'pg'
import { z } from 'zod'
import { roleNames } from '#domain/access/role.ts'
import type { RecordedEvent } from '#domain/event.ts'
import type { Receipt } from '#server/platform/receipt.ts'
import type { Command, OtherStream, StreamRef } from '#server/platform/stream.ts'

const storedEvent = z.object({
  id: z.string(),
  version: z.number(),
  type: z.string(),
  v: z.number(),
  body: z.record(z.string(), z.unknown()),
  receivedAt: z.string(),
  accountId: z.string(),
  role: z.enum(roleNames),
  personId: z.string().nullable(),
})

export const recordedEvent = (stored: unknown): RecordedEvent => {
  const { accountId, role, personId, ...event } = storedEvent.parse(stored)
  return { ...event, actor: { accountId, role, ...(personId && { personId }) } }
}

/** An event `e` of core.event as `recordedEvent` reads it. */
export const eventColumns = `json_build_object(
  'id', e.id, 'version', e.version, 'type', e.type, 'v', e.v, 'body', e.body,
  'receivedAt', to_char(e.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'accountId', e.account_id, 'role', e.role, 'personId', e.person_id)`

/** SQL of one stream's events in order; the two expressions name it. */
export const eventsIn = (
  tenantId: string,
  streamId: string,
): string => `coalesce((select json_agg(${eventColumns} order by e.version)
  from core.event e where e.tenant_id = ${tenantId} and e.stream_id = ${streamId}), '[]'::json)`

export const eventsOf = eventsIn('$1', '$2')

/**
 * Where the tenant lies, as the head of its own stream says, held until the commit: a mine that moves division waits for
 * what is under way in it, so that no record is written into a division the mine has left.
 */
export const heldDivision = async (client: PoolClient, tenantId: string): Promise<string | undefined> => {
  const { rows } = await client.query<{ div: string }>({
    name: 'held-division',
    text: 'select div from core.stream where tenant_id = $1 and stream_id = $1 for share',
    values: [tenantId],
  })
  return rows[0]?.div
}

/** The tenant's own stream is not held for itself: two who change it would each wait for the other. */
const loadCommand = {
  name: 'load-command',
  text: `with held as (select div from core.stream where tenant_id = $1 and stream_id = $1 and $1 <> $2 for share)
  select
    coalesce((select div from held), (select div from core.stream where tenant_id = $1 and stream_id = $1)) as div,
    (select json_build_object('hash', encode(hash, 'hex'), 'receipt', receipt) from core.command where tenant_id = $1 and id = $3) as prior,
    (select kind from core.stream where tenant_id = $1 and stream_id = $2) as kind,
    ${eventsOf} as events`,
}

export type Loaded = {
  readonly div: string | undefined
  readonly prior: { readonly hash: string; readonly receipt: Receipt } | undefined
  /** What the stream is, where it has begun. */
  readonly kind: string | undefined
  readonly events: readonly RecordedEvent[]
}

/** One round trip: where the tenant lies, whether the command was carried out before, and the stream itself. */
export const loadForCommand = async (client: PoolClient, command: Command): Promise<Loaded> => {
  const { rows } = await client.query<{
    div: string | null
    prior: Loaded['prior'] | null
    kind: string | null
    events: unknown[]
  }>({
    ...loadCommand,
    values: [command.tenantId, command.streamId, command.id],
  })
  const row = rows[0]
  return {
    div: row?.div ?? undefined,
    prior: row?.prior ?? undefined,
    kind: row?.kind ?? undefined,
    events: (row?.events ?? []).map(recordedEvent),
  }
}

const byKey = (a: StreamRef, b: StreamRef): number =>
  a.tenantId.localeCompare(b.tenantId) || a.streamId.localeCompare(b.streamId)

/** Locks the declared other streams in one fixed order, so that what the decision reads cannot change under it. */
export const loadOthers = async (
  client: PoolClient,
  refs: readonly StreamRef[],
): Promise<ReadonlyMap<string, OtherStream>> => {
  const others = new Map<string, OtherStream>()
  const read = async (ref: StreamRef): Promise<OtherStream | undefined> => {
    const { rows } = await client.query<{ version: number; events: unknown[] }>({
      name: 'load-other',
      text: `with head as (select version from core.stream where tenant_id = $1 and stream_id = $2 and kind = $3 for share)
        select (select version from head) as version, ${eventsOf} as events where exists (select from head)`,
      values: [ref.tenantId, ref.streamId, ref.kind],
    })
    const row = rows[0]
    return row && { ...ref, version: row.version, events: row.events.map(recordedEvent) }
  }
  const load = async (ref: StreamRef): Promise<void> => {
    const first = await read(ref)
    // Whoever held the lock has added events since this statement's snapshot; now that the lock is ours, look again.
    const other = first && first.version !== first.events.length ? await read(ref) : first
    if (other) others.set(ref.streamId, other)
  }
  // Sent in their order, on one connection: locked in that order.
  await Promise.all([...refs].sort(byKey).map(load))
  return others
}

/** Waits until nobody else is at work on the stream; a second try that did not wait would meet the same neighbours. */
export const waitForStream = async (client: PoolClient, command: Command): Promise<void> => {
  await client.query({
    name: 'wait-for-stream',
    text: 'select from core.stream where tenant_id = $1 and stream_id = $2 for update',
    values: [command.tenantId, command.streamId],
  })
}

/** Draws the next number of a series; the row stays locked until the command commits, so no number is lost. */
export const drawNumber = async (
  client: PoolClient,
  tenantId: string,
  div: string,
  series: string,
): Promise<number> => {
  const { rows } = await client.query<{ value: number }>({
    name: 'draw-number',
    text: `insert into core.counter (tenant_id, series, div, value) values ($1, $2, $3, 1)
      on conflict (tenant_id, series) do update set value = core.counter.value + 1 returning value`,
    values: [tenantId, series, div],
  })
  const value = rows[0]?.value
  if (value === undefined) throw new Error(`series ${series} gave no number`)
  return value
}

/** Which of the named contents were uploaded into this tenant's keeping. */
export const findStoredFiles = async (
  client: PoolClient,
  tenantId: string,
  named: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (named.length === 0) return new Set()
  const { rows } = await client.query<{ sha256: string }>({
    name: 'stored-files',
    text: 'select sha256 from core.file where tenant_id = $1 and sha256 = any($2::text[])',
    values: [tenantId, named],
  })
  return new Set(rows.map(({ sha256 }) => sha256))
}

/** The named persons within the actor's sight, each with its organisation. */
export const findPersons = async (
  client: PoolClient,
  named: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (named.length === 0) return new Map()
  const { rows } = await client.query<{ id: string; tenant_id: string }>({
    name: 'named-persons',
    text: 'select id, tenant_id from read.person where id = any($1::uuid[])',
    values: [named],
  })
  return new Map(rows.map(({ id, tenant_id }) => [id, tenant_id]))
}
