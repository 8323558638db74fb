import type { LogRow } from '#server/ledger/beginning.ts'
import type { JournalEntry } from '#server/ledger/journalLine.ts'
import type { PublishedByUs } from '#server/ledger/published.ts'
import type { Queries } from '#server/ledger/tiles.ts'
import { businessDate } from '#server/platform/clock.ts'
import type { Capability } from '#server/platform/stream.ts'
import type { FullTile } from '#translog/growingTree.ts'
import { type Act, commandRecords, eventRecords } from './records.ts'

/** The log's own row, where the database is from before it began. */
export const writeLog = async (
  db: Queries,
  { number, vkey, checkpoint }: PublishedByUs,
  first: JournalEntry,
): Promise<void> => {
  const row: LogRow =
    first.kind === 'beginning'
      ? first.log
      : { number, origin: checkpoint.origin, vkey, began_at: first.at, reason: null, previous: null, decided_by: [] }
  await db.query('insert into ledger.log select * from jsonb_populate_record(null::ledger.log, $1::jsonb)', [
    JSON.stringify(row),
  ])
}

const keysOf = (acts: readonly Act[]): readonly [string[], string[], number[], string[]] => [
  acts.map(({ event }) => event.tenant_id),
  acts.map(({ event }) => event.stream_id),
  acts.map(({ event }) => event.version),
  acts.map(({ event }) => event.div),
]

/** What of these the database does not have, as it was. */
export const writeActs = async (db: Queries, acts: readonly Act[]): Promise<{ events: number; commands: number }> => {
  const { rowCount: events } = await db.query(
    `insert into core.event select * from jsonb_populate_recordset(null::core.event, $1::jsonb)
     on conflict (tenant_id, stream_id, version) do nothing`,
    [eventRecords(acts)],
  )
  await db.query(
    `insert into core.stream (tenant_id, stream_id, div, kind, version)
     select distinct on (tenant_id, stream_id) tenant_id, stream_id, div, kind, version
     from jsonb_populate_recordset(null::core.event, $1::jsonb) order by tenant_id, stream_id, version desc
     on conflict (tenant_id, stream_id) do update set version = excluded.version, div = excluded.div
     where core.stream.version < excluded.version`,
    [eventRecords(acts)],
  )
  const { rowCount: commands } = await db.query(
    `insert into core.command select * from jsonb_populate_recordset(null::core.command, $1::jsonb)
     on conflict (tenant_id, id) do nothing`,
    [commandRecords(acts)],
  )
  const leaves = acts.map(({ leafHash }) => leafHash)
  const [tenants, streams, versions, divisions] = keysOf(acts)
  await db.query(
    `insert into private.leaf_salt (tenant_id, stream_id, version, div, salt, leaf_hash)
     select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::bytea[], $6::bytea[])
     on conflict (tenant_id, stream_id, version) do nothing`,
    [tenants, streams, versions, divisions, acts.map(({ salt }) => salt), leaves],
  )
  await db.query(
    `insert into ledger.outbox (id, leaf, leaf_hash, at, tenant, subject, version, sealing) overriding system value
     select * from unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::timestamptz[], $5::uuid[], $6::uuid[], $7::int[], $8::int[])
     on conflict (id) do nothing`,
    [
      acts.map(({ outbox }) => outbox),
      acts.map(({ leaf }) => leaf),
      leaves,
      acts.map(({ at }) => at),
      tenants,
      streams,
      versions,
      acts.map(({ sealing }) => sealing),
    ],
  )
  return { events: events ?? 0, commands: commands ?? 0 }
}

export const writeEntries = async (db: Queries, log: number, entries: readonly JournalEntry[]): Promise<void> => {
  await db.query(
    `insert into ledger.entry (log, idx, leaf_hash, outbox_id)
     select $1, * from unnest($2::bigint[], $3::bytea[], $4::bigint[])`,
    [
      log,
      entries.map(({ index }) => index),
      entries.map(({ leafHash }) => leafHash),
      entries.map((entry) => (entry.kind === 'act' ? entry.outbox : null)),
    ],
  )
}

/** Tiles, head and checkpoint of the tree as it was signed. */
export const writeTree = async (
  db: Queries,
  { number, checkpoint, written, writtenAt }: PublishedByUs,
  filled: readonly FullTile[],
): Promise<void> => {
  for (const { level, index, hashes, root } of filled)
    await db.query(
      `insert into ledger.tile (log, hash, level, idx, hashes, root) values ($1, 'sha256', $2, $3, $4, $5)`,
      [number, level, index, Buffer.concat(hashes), root],
    )
  await db.query(
    `insert into ledger.head (log, hash, size, root, settled) values ($1, 'sha256', $2, $3, 0)
     on conflict (log, hash) do update set size = excluded.size, root = excluded.root`,
    [number, checkpoint.size, Buffer.from(checkpoint.root)],
  )
  await db.query(
    `insert into ledger.checkpoint (log, hash, size, root, note, signed_at) values ($1, 'sha256', $2, $3, $4, $5)
     on conflict (log, hash, size) do nothing`,
    [number, checkpoint.size, Buffer.from(checkpoint.root), written, writtenAt],
  )
  // What is written from now on goes on after the last one; raised also where this is rolled back, which does no harm.
  await db.query(
    `select setval(pg_get_serial_sequence('ledger.outbox', 'id'), coalesce(max(id), 1), count(*) > 0) from ledger.outbox`,
  )
}

/** The series a number was drawn from, as the capability would draw it for this event. */
const seriesOf = (capabilities: ReadonlyMap<string, Capability>, { event }: Act): string | undefined =>
  capabilities
    .get(event.kind)
    ?.series(
      { id: event.command_id, tenantId: event.tenant_id, streamId: event.stream_id, act: event.type, body: event.body },
      businessDate(new Date(event.received_at)),
    )

/** No number that was given out is given out again. */
export const raiseCounters = async (
  db: Queries,
  capabilities: ReadonlyMap<string, Capability>,
  acts: readonly Act[],
): Promise<void> => {
  const highest = new Map<string, { tenant: string; series: string; div: string; value: number }>()
  for (const act of acts) {
    const value = act.command.receipt.number
    const series = value === undefined ? undefined : seriesOf(capabilities, act)
    if (value === undefined || series === undefined) continue
    const { tenant_id: tenant, div } = act.event
    const key = `${tenant} ${series}`
    if ((highest.get(key)?.value ?? 0) < value) highest.set(key, { tenant, series, div, value })
  }
  const rows = [...highest.values()]
  await db.query(
    `insert into core.counter (tenant_id, series, div, value) select * from unnest($1::uuid[], $2::text[], $3::text[], $4::int[])
     on conflict (tenant_id, series) do update set value = greatest(core.counter.value, excluded.value)`,
    [
      rows.map(({ tenant }) => tenant),
      rows.map(({ series }) => series),
      rows.map(({ div }) => div),
      rows.map(({ value }) => value),
    ],
  )
}
