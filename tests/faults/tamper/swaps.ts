import { type Attack, act, type Entry, type Scene, type TableOfEntry, whereOf } from './attack.ts'

const swappable: Readonly<Record<string, { readonly table: TableOfEntry; readonly columns: readonly string[] }>> = {
  'the bodies of two events': { table: 'core.event', columns: ['body'] },
  'who did two acts': { table: 'core.event', columns: ['account_id', 'role', 'person_id'] },
  'the ids of two events': { table: 'core.event', columns: ['id'] },
  'the leaves of two rows of the outbox': { table: 'ledger.outbox', columns: ['leaf', 'leaf_hash'] },
  'the events of two leaves': { table: 'ledger.outbox', columns: ['tenant', 'subject', 'version'] },
  'two leaves of the log': { table: 'ledger.entry', columns: ['leaf_hash', 'outbox_id'] },
  'two salts': { table: 'private.leaf_salt', columns: ['salt'] },
  'two salts with their leaves': { table: 'private.leaf_salt', columns: ['salt', 'leaf_hash'] },
  'the receipts of two commands': { table: 'core.command', columns: ['receipt'] },
}

const swap = (name: string, table: TableOfEntry, columns: readonly string[]): Attack => ({
  kind: 'swap',
  name,
  strike: async (scene) => {
    const a = scene.draw.entry()
    const b = a && scene.draw.entry()
    if (!a || !b) return undefined
    return (await exchange(scene, table, columns, a, b))
      ? { what: `${table}, entries ${a.index} and ${b.index}`, victims: [act(a), act(b)], reach: 'database' }
      : undefined
  },
})

const exchange = async (
  { client }: Scene,
  table: TableOfEntry,
  columns: readonly string[],
  a: Entry,
  b: Entry,
): Promise<boolean> => {
  const list = columns.join(', ')
  const read = async (entry: Entry) => {
    const { sql, values } = whereOf(table, entry)
    const { rows } = await client.query<{ row: string }>(`select t::text as row from ${table} t where ${sql}`, [
      ...values,
    ])
    return rows[0]?.row
  }
  const [one, other] = [await read(a), await read(b)]
  if (one === undefined || other === undefined) return false
  const write = async (entry: Entry, row: string): Promise<boolean> => {
    const { sql, values } = whereOf(table, entry)
    const at = values.length + 1
    const taken = columns.map((column) => `(($${at}::text)::${table}).${column}`).join(', ')
    const done = await client.query(
      `update ${table} set (${list}) = row(${taken}) where ${sql} and row(${list}) is distinct from row(${taken})`,
      [...values, row],
    )
    return done.rowCount === 1
  }
  await client.query('savepoint before')
  // Two leaves may not have one hash for a moment either, so one stands aside.
  if (table === 'ledger.entry')
    await client.query('update ledger.entry set leaf_hash = sha256(leaf_hash), outbox_id = -outbox_id where idx = $1', [
      b.index,
    ])
  const done = (await write(a, other)) && (await write(b, one))
  if (!done) await client.query('rollback to savepoint before')
  return done
}

/** A number of days, in everything that says when it was: event, command, receipt, outbox. */
const backDateAct: Attack = {
  kind: 'back-date',
  name: 'an act, wherever its time stands',
  strike: async (scene) => {
    const entry = scene.draw.entry((one) => one.events === 1)
    if (!entry) return undefined
    const { client, draw } = scene
    const by = `-${1 + draw.below(400)} days`
    const shift = async (table: TableOfEntry, set: string) => {
      const { sql, values } = whereOf(table, entry)
      const at = `$${values.length + 1}::text::interval`
      await client.query(`update ${table} set ${set.replaceAll('BY', at)} where ${sql}`, [...values, by])
    }
    await shift('core.event', 'received_at = received_at + BY, captured_at = captured_at + BY')
    await shift(
      'core.command',
      `received_at = received_at + BY, receipt = jsonb_set(receipt, '{receivedAt}', to_jsonb(to_char((received_at + BY) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))`,
    )
    await shift('ledger.outbox', 'at = at + BY')
    return { what: `entry ${entry.index} by ${by}`, victims: [act(entry)], reach: 'database' }
  },
}

const backDateColumn = (table: TableOfEntry, column: string): Attack => ({
  kind: 'back-date',
  name: `${table}.${column}`,
  strike: async (scene) => {
    const entry = scene.draw.entry()
    if (!entry) return undefined
    const { sql, values } = whereOf(table, entry)
    const by = `-${1 + scene.draw.below(100_000)} seconds`
    const done = await scene.client.query(
      `update ${table} set ${column} = ${column} + $${values.length + 1}::text::interval where ${sql} and ${column} is not null`,
      [...values, by],
    )
    return done.rowCount === 1
      ? { what: `${table}.${column} of entry ${entry.index} by ${by}`, victims: [act(entry)], reach: 'database' }
      : undefined
  },
})

/** The date that stands in the record itself: when the hazard was found, reported, mended. */
const backDateBody: Attack = {
  kind: 'back-date',
  name: 'the day written in the record',
  strike: async (scene) => {
    const entry = scene.draw.entry((one) => one.kind === 'hazard')
    if (!entry) return undefined
    const { sql, values } = whereOf('core.event', entry)
    const done = await scene.client.query(
      `update core.event set body = jsonb_set(body, '{on}', to_jsonb(((body->>'on')::date - 3)::text)) where ${sql} and body ? 'on'`,
      [...values],
    )
    return done.rowCount === 1 ? { what: `entry ${entry.index}`, victims: [act(entry)], reach: 'database' } : undefined
  },
}

/** Two events of one record change places. */
const renumberEvents: Attack = {
  kind: 'renumber',
  name: 'two events of one record',
  strike: async (scene) => {
    const entry = scene.draw.entry((one) => one.version > 1)
    const before =
      entry && scene.entries.find((one) => one.stream === entry.stream && one.version === entry.version - 1)
    if (!entry || !before) return undefined
    const stream = [entry.tenant, entry.stream]
    const to = (from: number, version: number) =>
      scene.client.query(
        'update core.event set version = $4 where tenant_id = $1 and stream_id = $2 and version = $3',
        [...stream, from, version],
      )
    await to(entry.version, 1_000_000)
    await to(before.version, entry.version)
    await to(1_000_000, before.version)
    return { what: `entries ${before.index} and ${entry.index}`, victims: [act(before), act(entry)], reach: 'database' }
  },
}

/** The events behind it move up: no gap tells of the one that was taken out. */
const closeGap: Attack = {
  kind: 'renumber',
  name: 'a record after one of its events was taken out',
  strike: async (scene) => {
    const entry = scene.draw.entry((one) => one.version < one.last)
    if (!entry) return undefined
    const stream = [entry.tenant, entry.stream]
    const { client } = scene
    for (const table of ['core.event', 'private.leaf_salt'] as const) {
      await client.query(`delete from ${table} where tenant_id = $1 and stream_id = $2 and version = $3`, [
        ...stream,
        entry.version,
      ])
      for (let version = entry.version + 1; version <= entry.last; version += 1)
        await client.query(
          `update ${table} set version = version - 1 where tenant_id = $1 and stream_id = $2 and version = $3`,
          [...stream, version],
        )
    }
    await client.query('update core.stream set version = version - 1 where tenant_id = $1 and stream_id = $2', stream)
    const moved = scene.entries.filter((one) => one.stream === entry.stream && one.version >= entry.version)
    return { what: `entry ${entry.index}`, victims: moved.map(act), reach: 'database' }
  },
}

const renumberOutbox: Attack = {
  kind: 'renumber',
  name: 'a row of the outbox',
  strike: async ({ client, draw }) => {
    const entry = draw.entry()
    if (!entry) return undefined
    await client.query(
      `with gone as (delete from ledger.outbox where id = $1 returning *)
       insert into ledger.outbox (id, leaf, leaf_hash, at, tenant, subject, version, sealing) overriding system value
       select id + $2, leaf, leaf_hash, at, tenant, subject, version, sealing from gone`,
      [entry.outbox, 1_000 + draw.below(1_000_000)],
    )
    return { what: `outbox ${entry.outbox}`, victims: [act(entry)], reach: 'database' }
  },
}

/** The last leaves of the log move on by one, and leave a place free. */
const renumberEntries: Attack = {
  kind: 'renumber',
  name: 'the last leaves of the log',
  alone: true,
  weight: 0.3,
  strike: async ({ client, draw, entries }) => {
    const first = entries[entries.length - 1 - draw.below(20)]
    if (!first) return undefined
    await client.query('update ledger.entry set idx = idx + 1000000 where idx >= $1', [first.index])
    await client.query('update ledger.entry set idx = idx - 999999 where idx >= 1000000')
    return {
      what: `entries from ${first.index} on`,
      victims: entries.filter((one) => one.index >= first.index).map(act),
      reach: 'database',
    }
  },
}

/** Registered numbers run without a gap: a later find takes an earlier one's. */
const renumberReceipts: Attack = {
  kind: 'renumber',
  name: 'the registered number of a record',
  strike: async ({ client, draw }) => {
    const entry = draw.entry((one) => one.kind === 'hazard' && one.version === 1)
    if (!entry) return undefined
    const { sql, values } = whereOf('core.command', entry)
    const done = await client.query(
      `update core.command set receipt = jsonb_set(receipt, '{number}', to_jsonb((receipt->>'number')::int + 1)) where ${sql} and receipt ? 'number'`,
      [...values],
    )
    return done.rowCount === 1 ? { what: `entry ${entry.index}`, victims: [act(entry)], reach: 'database' } : undefined
  },
}

export const swaps: readonly Attack[] = Object.entries(swappable).map(([name, { table, columns }]) =>
  swap(name, table, columns),
)

export const backDating: readonly Attack[] = [
  backDateAct,
  backDateBody,
  backDateColumn('core.event', 'received_at'),
  backDateColumn('core.command', 'received_at'),
  backDateColumn('ledger.outbox', 'at'),
]

export const renumbering: readonly Attack[] = [
  renumberEvents,
  closeGap,
  renumberOutbox,
  renumberEntries,
  renumberReceipts,
]
