import { randomUUID } from 'node:crypto'
import type { FindingPlace } from '#server/ledger/fsck/finding.ts'
import { leafUnder, type SealedEvent } from '#server/platform/seal.ts'
import { type Attack, act, at, claimRow, type Entry, logRow, type Scene, type TableOfEntry, whereOf } from './attack.ts'
import { drawLogRow } from './flips.ts'
import { sealedRow } from './sealedRow.ts'

type NewRow = Readonly<Record<string, string | number>>

type Copying = {
  readonly names: () => readonly unknown[]
  /** The columns that are otherwise, as SQL over the old row. */
  readonly columns: Readonly<Record<string, string>>
  /** Where a finding must say that the new row is. */
  readonly placed: (row: NewRow) => Partial<FindingPlace>
}

/** A row like another one, some of its columns otherwise. */
const copyRow = (table: TableOfEntry, { names, columns, placed }: Copying): Attack => ({
  kind: 'insert',
  name: `a row into ${table}`,
  strike: async (scene) => {
    const entry = scene.draw.entry((one) => one.version === one.last)
    if (!entry) return undefined
    const { sql, values } = whereOf(table, entry)
    const { rows } = await scene.client.query<{ all: readonly string[] }>(
      `select array_agg(attname::text order by attnum) as all from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
      [table],
    )
    const all = rows[0]?.all ?? []
    const extra = names()
    const shifted = (text: string): string =>
      text.replaceAll(/\$(\d+)/g, (_, digits: string) => `$${Number(digits) + values.length}`)
    const { rows: inserted } = await scene.client.query<Record<string, string | number>>(
      `insert into ${table} (${all.join(', ')}) overriding system value
       select ${all.map((name) => shifted(columns[name] ?? name)).join(', ')} from ${table} where ${sql} returning *`,
      [...values, ...extra],
    )
    const victims = inserted.map((row) => at(placed(row)))
    return { what: `${table}, a copy of entry ${entry.index}'s`, victims, reach: 'database' }
  },
})

/** The next act of the record, by the same person as the last one. */
const nextAct = async ({ client }: Scene, entry: Entry): Promise<SealedEvent> => ({
  ...(await sealedRow(client, entry)),
  id: randomUUID(),
  version: entry.last + 1,
  commandId: randomUUID(),
  commandHash: Buffer.alloc(32, 7),
  number: null,
  capturedAt: null,
})

/**
 * An act that nobody did, with all that belongs to one: command, receipt, salt, a leaf that opens. What is missing is the
 * log's signature under the receipt.
 */
const forgeAct: Attack = {
  kind: 'insert',
  name: 'an act that nobody did, whole but for the signature',
  strike: async (scene) => {
    const entry = scene.draw.entry((one) => one.version === one.last)
    if (!entry) return undefined
    const { client } = scene
    const event = await nextAct(scene, entry)
    const salt = Buffer.alloc(32, 9)
    const { leaf, leafHash } = leafUnder(salt, event, 2)
    const stream = [entry.tenant, entry.stream]
    await client.query(
      `insert into core.event (tenant_id, stream_id, version, div, id, kind, type, v, body, account_id, role, person_id, command_id, rulebook_version, received_at)
       select tenant_id, stream_id, $3, div, $4, kind, type, v, body, account_id, role, person_id, $5, rulebook_version, received_at
       from core.event where tenant_id = $1 and stream_id = $2 and version = $3 - 1`,
      [...stream, event.version, event.id, event.commandId],
    )
    await client.query('update core.stream set version = $3 where tenant_id = $1 and stream_id = $2', [
      ...stream,
      event.version,
    ])
    await client.query(
      `insert into core.command (tenant_id, id, div, hash, receipt, received_at)
       select tenant_id, $3::uuid, div, $4, (receipt - 'number') || jsonb_build_object('commandId', $3::uuid::text, 'version', $5::int, 'events',
         jsonb_build_array(jsonb_build_object('id', $6::text, 'type', $7::text, 'v', 1, 'leafHash', encode($8::bytea, 'hex')))), received_at
       from core.command where tenant_id = $1 and id = $2`,
      [entry.tenant, entry.command, event.commandId, event.commandHash, event.version, event.id, event.type, leafHash],
    )
    await client.query(
      `insert into private.leaf_salt (tenant_id, stream_id, version, div, salt, leaf_hash)
       select tenant_id, stream_id, $3, div, $4, $5 from core.stream where tenant_id = $1 and stream_id = $2`,
      [...stream, event.version, salt, leafHash],
    )
    await client.query(
      `insert into ledger.outbox (id, leaf, leaf_hash, at, tenant, subject, version, sealing) overriding system value
       values ((select max(id) + 1 from ledger.outbox), $1, $2, $3, $4, $5, $6, 2)`,
      [leaf, leafHash, event.receivedAt, ...stream, event.version],
    )
    const forged: Entry = { ...entry, index: -1, version: event.version, event: event.id, command: event.commandId }
    return { what: `an act after entry ${entry.index}`, victims: [act(forged)], reach: 'database' }
  },
}

const insertCheckpoint: Attack = {
  kind: 'insert',
  name: 'a checkpoint that was never signed',
  strike: async (scene) => {
    const row = await drawLogRow(scene, 'ledger.checkpoint')
    const size = 1 + scene.draw.below(scene.entries.length)
    const { client } = scene
    const taken = await client.query('select from ledger.checkpoint where size = $1', [size])
    if (!row || taken.rows.length > 0 || !claimRow(scene, 'ledger.checkpoint', { size })) return undefined
    await client.query(
      `insert into ledger.checkpoint (log, hash, size, root, note, signed_at)
       select log, hash, $${row.values.length + 1}, root, note, signed_at from ledger.checkpoint where ${row.sql}`,
      [...row.values, size],
    )
    return { what: `of size ${size}`, victims: [logRow('ledger.checkpoint', { size })], reach: 'database' }
  },
}

const insertTile: Attack = {
  kind: 'insert',
  name: 'a tile that the tree does not have',
  strike: async (scene) => {
    const index = 1 + scene.draw.below(1_000)
    if (!claimRow(scene, 'ledger.tile', { level: 0, idx: index })) return undefined
    const done = await scene.client.query(
      `insert into ledger.tile (log, hash, level, idx, hashes, root)
       select log, hash, level, $1, hashes, root from ledger.tile where level = 0 and idx = 0`,
      [index],
    )
    if (done.rowCount !== 1) return undefined
    return { what: `0/${index}`, victims: [logRow('ledger.tile', { level: 0, idx: index })], reach: 'database' }
  },
}

const uuid = (): readonly unknown[] => [randomUUID()]
const nothing = (): readonly unknown[] => []

const ofStream = ({ stream_id }: NewRow) => ({ streamId: String(stream_id) })
const ofVersion = (row: NewRow) => ({ ...ofStream(row), version: Number(row.version) })

export const insertions: readonly Attack[] = [
  copyRow('core.event', { names: uuid, columns: { version: 'version + 1', id: '$1::uuid' }, placed: ofVersion }),
  copyRow('core.stream', { names: uuid, columns: { stream_id: '$1::uuid' }, placed: ofStream }),
  copyRow('core.command', {
    names: uuid,
    columns: { id: '$1::uuid' },
    placed: ({ id }) => ({ commandId: String(id) }),
  }),
  copyRow('private.leaf_salt', { names: nothing, columns: { version: 'version + 1' }, placed: ofVersion }),
  copyRow('ledger.outbox', {
    names: nothing,
    // The next one: where another attack makes an entry to point there, it has not asked for it all the same.
    columns: { id: '(select max(id) + 1 from ledger.outbox)' },
    placed: ({ id }) => ({ outboxId: Number(id) }),
  }),
  copyRow('ledger.entry', {
    names: nothing,
    columns: {
      idx: '(select max(idx) + 1 from ledger.entry)',
      outbox_id: 'null',
      leaf_hash: 'sha256(leaf_hash)',
    },
    placed: ({ idx }) => ({ index: Number(idx) }),
  }),
  forgeAct,
  insertCheckpoint,
  insertTile,
]
