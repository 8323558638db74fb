import pg from 'pg'
import { BatchingSocket } from './batchingSocket.ts'

export type DatabasePool = pg.Pool

export type PoolOptions = {
  readonly max?: number
  readonly applicationName?: string
  /** Milliseconds a statement may run; 0 for no limit (rebuild, backup). */
  readonly statementTimeout?: number
  /** Hears of connections that broke while nobody waited on them; the pool itself opens new ones. */
  readonly onBroken?: (error: Error) => void
}

const oid = { int8: 20, date: 1082, textArray: 1009, int8Array: 1016, dateArray: 1182 }

const asText = (value: string): string => value

/** Counts and sizes fit a number; what does not stays text rather than lose digits. */
const asSafeNumber = (value: string): number | string => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** The driver's parser of text[] splits and leaves the elements alone. */
const split: (value: string) => (string | null)[] = pg.types.getTypeParser(oid.textArray)

const parsers = new Map<number, (value: string) => unknown>([
  // A legal date never becomes an instant on the way (the driver would make it local midnight).
  [oid.date, asText],
  [oid.dateArray, split],
  [oid.int8, asSafeNumber],
  [oid.int8Array, (value) => split(value).map((item) => (item === null ? null : asSafeNumber(item)))],
])

const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    (format === 'binary' ? undefined : parsers.get(id)) ?? pg.types.getTypeParser(id, format),
}

/** `date` reads as 'YYYY-MM-DD', int8 as a number where it is safe, timestamptz as Date. */
export const createPool = (url: string, options: PoolOptions = {}): DatabasePool => {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.applicationName ?? 'bihuan',
    statement_timeout: options.statementTimeout ?? 15_000,
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // Statements that need not wait for one another's answers are sent together: a command is two round trips, not eight.
    pipeline: true,
    stream: () => new BatchingSocket(),
    types,
  })
  const onBroken = options.onBroken ?? (() => undefined)
  pool.on('error', onBroken)
  // A connection that dies between two statements of a transaction has no waiting query and no idle handler:
  // without a listener its 'error' event would end the process. The next statement on it fails by itself.
  pool.on('connect', (client) => client.on('error', onBroken))
  return pool
}
