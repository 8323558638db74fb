import pg from 'pg'
import {
  type Applied,
  type Attack,
  act,
  claimRow,
  type Draw,
  type LogTable,
  logRow,
  type Scene,
  tablesOfEntry,
  type Victim,
  whereOf,
} from './attack.ts'
import { type Column, changedValue } from './changedValue.ts'
import type { ProtectedTable } from './snapshots.ts'

const logTables = ['ledger.tile', 'ledger.head', 'ledger.checkpoint'] as const satisfies readonly ProtectedTable[]

const keysOf: Readonly<Record<LogTable, readonly string[]>> = {
  'ledger.tile': ['log', 'hash', 'level', 'idx'],
  'ledger.head': ['log', 'hash'],
  'ledger.checkpoint': ['log', 'hash', 'size'],
}

const isLogTable = (table: ProtectedTable): table is LogTable => logTables.some((one) => one === table)

/** A drawn id is written over by none but the way of `renumber`: taken out and put in again. */
export const columnsOf = async (client: pg.PoolClient, table: ProtectedTable): Promise<readonly Column[]> => {
  const { rows } = await client.query<Column>(
    `select attname as name, format_type(atttypid, null) as type, not attnotnull as nullable
     from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attidentity = '' order by attnum`,
    [table],
  )
  return rows
}

type Row = { readonly sql: string; readonly values: readonly unknown[]; readonly victim: Victim }

/** A row of the log itself, as it was before anybody laid hands on it. */
export const drawLogRow = async (scene: Scene, table: LogTable): Promise<Row | undefined> => {
  const names = keysOf[table]
  const { rows } = await scene.client.query<Record<string, string | number>>(
    `select ${names.join(', ')} from ${scene.house.snapshots.copyOf('now', table)} order by ${names.join(', ')}`,
  )
  const key = scene.draw.of(rows)
  if (!key || !claimRow(scene, table, key)) return undefined
  return {
    sql: names.map((name, at) => `${name} = $${at + 1}`).join(' and '),
    values: names.map((name) => key[name]),
    victim: logRow(table, key),
  }
}

const drawRow = async (scene: Scene, table: ProtectedTable): Promise<Row | undefined> => {
  if (isLogTable(table)) return drawLogRow(scene, table)
  const entry = scene.draw.entry()
  return entry && { ...whereOf(table, entry), victim: act(entry) }
}

/** A new value may break a key or a check; a superuser would then take another. */
const isRefused = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && ['23503', '23505', '23514', '22003'].includes(error.code ?? '')

const moved = (condition: string, by: number): string =>
  condition.replaceAll(/\$(\d+)/g, (_, digits: string) => `$${Number(digits) + by}`)

const write = async (scene: Scene, table: ProtectedTable, column: Column, row: Row, draw: Draw): Promise<boolean> => {
  const { client } = scene
  const { rows } = await client.query<{ old: string | null }>(
    `select "${column.name}"::text as old from ${table} where ${row.sql}`,
    [...row.values],
  )
  if (!rows[0]) return false
  for (let tried = 0; tried < 8; tried += 1) {
    const change = changedValue(column, rows[0].old, draw)
    if (!change) continue
    await client.query('savepoint before')
    try {
      const done = await client.query(
        `update ${table} set "${column.name}" = ${change.sql} where ${moved(row.sql, 1)} and "${column.name}" is distinct from ${change.sql}`,
        [change.value, ...row.values],
      )
      if (done.rowCount === 1) return true
    } catch (error) {
      if (!isRefused(error)) throw error
    }
    await client.query('rollback to savepoint before')
  }
  return false
}

const flipColumn = (table: ProtectedTable): Attack => ({
  kind: 'flip',
  name: `one value of ${table}`,
  strike: async (scene): Promise<Applied | undefined> => {
    const column = scene.draw.of(await columnsOf(scene.client, table))
    const row = column && (await drawRow(scene, table))
    if (!row || !(await write(scene, table, column, row, scene.draw))) return undefined
    return { what: `${table}.${column.name} of ${row.values.join(' ')}`, victims: [row.victim], reach: 'database' }
  },
})

/** The way a database administrator would go about it: the triggers of one table off, changed, on again. */
const changeWithTriggersOff = (table: ProtectedTable): Attack => ({
  kind: 'triggers off',
  name: `one value of ${table}`,
  strike: async (scene) => {
    const { client, draw } = scene
    const column = draw.of(await columnsOf(client, table))
    const row = column && (await drawRow(scene, table))
    if (!row) return undefined
    await client.query('set local session_replication_role = origin')
    await client.query(`alter table ${table} disable trigger user`)
    const done = await write(scene, table, column, row, draw)
    await client.query(`alter table ${table} enable trigger user`)
    await client.query('set local session_replication_role = replica')
    if (!done) return undefined
    return { what: `${table}.${column.name} of ${row.values.join(' ')}`, victims: [row.victim], reach: 'database' }
  },
})

export const flips: readonly Attack[] = [...tablesOfEntry, ...logTables].map(flipColumn)

/** Foreign keys stand in the way of nothing here: they are triggers of the system, and stay on. */
export const withTriggersOff: readonly Attack[] = (
  ['core.event', 'core.command', 'ledger.outbox', 'ledger.checkpoint'] as const
).map(changeWithTriggersOff)
