import {
  type Attack,
  act,
  type Entry,
  logRow,
  type Scene,
  type TableOfEntry,
  tablesOfEntry,
  whereOf,
} from './attack.ts'
import { drawLogRow } from './flips.ts'

export const removeRow = async ({ client }: Scene, table: TableOfEntry, entry: Entry): Promise<void> => {
  const { sql, values } = whereOf(table, entry)
  await client.query(`delete from ${table} where ${sql}`, [...values])
}

const deleteRow = (table: TableOfEntry): Attack => ({
  kind: 'delete',
  name: `a row of ${table}`,
  strike: async (scene) => {
    const entry = scene.draw.entry()
    if (!entry) return undefined
    await removeRow(scene, table, entry)
    return { what: `${table} of entry ${entry.index}`, victims: [act(entry)], reach: 'database' }
  },
})

const deleteLogRow = (table: 'ledger.tile' | 'ledger.head' | 'ledger.checkpoint'): Attack => ({
  kind: 'delete',
  name: `a row of ${table}`,
  strike: async (scene) => {
    const row = await drawLogRow(scene, table)
    if (!row) return undefined
    await scene.client.query(`delete from ${table} where ${row.sql}`, [...row.values])
    return { what: `${table} ${row.values.join(' ')}`, victims: [row.victim], reach: 'database' }
  },
})

/** Everything that the database holds of an act, as if it had never been: the last of its stream, by a command of its own. */
const deleteLastAct: Attack = {
  kind: 'delete',
  name: 'an act with every trace of it',
  strike: async (scene) => {
    const entry = scene.draw.entry((one) => one.version === one.last && one.version > 1 && one.events === 1)
    if (!entry) return undefined
    for (const table of tablesOfEntry.filter((one) => one !== 'core.stream')) await removeRow(scene, table, entry)
    const { sql, values } = whereOf('core.stream', entry)
    await scene.client.query(`update core.stream set version = version - 1 where ${sql}`, [...values])
    return { what: `entry ${entry.index}`, victims: [act(entry)], reach: 'database' }
  },
}

/** The hazard that never was. */
const deleteStream: Attack = {
  kind: 'delete',
  name: 'a whole record with every trace of it',
  strike: async (scene) => {
    const drawn = scene.draw.entry((one) => one.kind === 'hazard')
    if (!drawn) return undefined
    const all = scene.entries.filter((one) => one.stream === drawn.stream)
    for (const entry of all) for (const table of tablesOfEntry) await removeRow(scene, table, entry)
    await scene.client.query('delete from read.hazard where id = $1', [drawn.stream])
    return { what: `stream ${drawn.stream}`, victims: all.map(act), reach: 'database' }
  },
}

const tails: Readonly<Record<'ledger.outbox' | 'ledger.entry' | 'core.event' | 'private.leaf_salt', string>> = {
  'ledger.outbox': 'id >= $1',
  'ledger.entry': 'idx >= $2',
  'core.event': `(tenant_id, stream_id, version) in (select tenant, subject, version from ledger.outbox where id >= $1)`,
  'private.leaf_salt': `(tenant_id, stream_id, version) in (select tenant, subject, version from ledger.outbox where id >= $1)`,
}

const cutTail = (table: keyof typeof tails): Attack => ({
  kind: 'truncate',
  name: `the end of ${table}`,
  alone: true,
  weight: 0.2,
  strike: async ({ client, draw, entries }) => {
    const kept = entries.length - 1 - draw.below(30)
    const first = entries[kept]
    if (!first) return undefined
    // Both are named, so that one statement's parameters fit every table.
    await client.query(`delete from ${table} where ${tails[table]} and $1::bigint > 0 and $2::bigint >= 0`, [
      first.outbox,
      first.index,
    ])
    const gone = entries.filter((one) =>
      table === 'ledger.entry' ? one.index >= first.index : one.outbox >= first.outbox,
    )
    return { what: `${table} from entry ${first.index} on`, victims: gone.map(act), reach: 'database' }
  },
})

const truncatable = [...tablesOfEntry, 'ledger.tile', 'ledger.head', 'ledger.checkpoint'] as const

const emptyTable = (table: (typeof truncatable)[number]): Attack => ({
  kind: 'truncate',
  name: `the whole of ${table}`,
  alone: true,
  weight: 0.05,
  strike: async ({ client, entries }) => {
    const { rows } = await client.query<{ key: Record<string, string | number> }>(
      `select to_jsonb(t) as key from ${table} t`,
    )
    await client.query(`truncate ${table}`)
    const isLog = table === 'ledger.tile' || table === 'ledger.head' || table === 'ledger.checkpoint'
    const victims = !isLog ? entries.map(act) : rows.map(({ key }) => logRow(table, key))
    return { what: table, victims, reach: 'database' }
  },
})

/** All of the log's own tables and the outbox: nothing in the database says that there ever was a log. */
const emptyLog: Attack = {
  kind: 'truncate',
  name: 'every table of the log',
  alone: true,
  weight: 0.1,
  strike: async ({ client, entries }) => {
    await client.query('truncate ledger.outbox, ledger.entry, ledger.tile, ledger.checkpoint')
    await client.query(`update ledger.head set size = 0, root = sha256(''), settled = 0`)
    return { what: 'outbox, entries, tiles, checkpoints', victims: entries.map(act), reach: 'database' }
  },
}

export const removals: readonly Attack[] = [
  ...tablesOfEntry.map(deleteRow),
  deleteLogRow('ledger.tile'),
  deleteLogRow('ledger.head'),
  deleteLogRow('ledger.checkpoint'),
  deleteLastAct,
  deleteStream,
  cutTail('ledger.outbox'),
  cutTail('ledger.entry'),
  cutTail('core.event'),
  cutTail('private.leaf_salt'),
  ...truncatable.map(emptyTable),
  emptyLog,
]
