import { isDeepStrictEqual } from 'node:util'
import type { Queries } from '#server/ledger/tiles.ts'
import type { CheckedTable } from './finding.ts'
import { instantOf } from './sealedRecord.ts'
import type { Truth } from './truth.ts'

type Row = Readonly<Record<string, unknown>>

/** A row of the database that is not what it was; without columns where it is not there at all. */
export type Difference = {
  readonly truth: Truth
  readonly table: CheckedTable
  readonly columns: readonly string[] | undefined
}

const hex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`

type Compared = {
  readonly table: CheckedTable
  readonly rowOf: (truth: Truth) => Row
  /** The rows that are there, by place in the list of truths. */
  readonly there: (db: Queries, truths: readonly Truth[]) => Promise<ReadonlyMap<number, Row>>
}

const byPlace = async (db: Queries, sql: string, values: unknown[]): Promise<ReadonlyMap<number, Row>> => {
  const { rows } = await db.query<{ place: number; row: Row }>(sql, values)
  return new Map(rows.map(({ place, row }) => [place, row]))
}

const ofStream = (truths: readonly Truth[]): unknown[] => [
  truths.map((_, at) => at),
  truths.map(({ line }) => line.event.tenant_id),
  truths.map(({ line }) => line.event.stream_id),
  truths.map(({ line }) => line.event.version),
]

const streamPlaces = (table: string): string => `select g.place, to_jsonb(t) as row
  from unnest($1::int[], $2::uuid[], $3::uuid[], $4::int[]) as g(place, tenant_id, stream_id, version)
  join ${table} t on t.tenant_id = g.tenant_id and t.stream_id = g.stream_id and t.version = g.version`

const compared: readonly Compared[] = [
  {
    table: 'core.event',
    rowOf: ({ line }) => line.event,
    there: (db, truths) => byPlace(db, streamPlaces('core.event'), ofStream(truths)),
  },
  {
    table: 'private.leaf_salt',
    rowOf: ({ line: { event, salt }, leafHash }) => ({
      tenant_id: event.tenant_id,
      stream_id: event.stream_id,
      version: event.version,
      salt: salt === null ? null : hex(Buffer.from(salt, 'base64')),
      leaf_hash: hex(leafHash),
    }),
    there: (db, truths) => byPlace(db, streamPlaces('private.leaf_salt'), ofStream(truths)),
  },
  {
    table: 'core.command',
    rowOf: ({ line: { command } }) => ({ ...command, hash: hex(Buffer.from(command.hash, 'base64')) }),
    there: (db, truths) =>
      byPlace(
        db,
        `select g.place, to_jsonb(t) as row from unnest($1::int[], $2::uuid[], $3::uuid[]) as g(place, tenant_id, id)
         join core.command t on t.tenant_id = g.tenant_id and t.id = g.id`,
        [
          truths.map((_, at) => at),
          truths.map(({ line }) => line.command.tenant_id),
          truths.map(({ line }) => line.command.id),
        ],
      ),
  },
  {
    table: 'ledger.outbox',
    rowOf: ({ line: { outbox, leaf, at, event, sealing }, leafHash }) => ({
      id: outbox,
      leaf: hex(Buffer.from(leaf, 'base64')),
      leaf_hash: hex(leafHash),
      at,
      tenant: event.tenant_id,
      subject: event.stream_id,
      version: event.version,
      sealing,
    }),
    there: (db, truths) =>
      byPlace(
        db,
        `select g.place, to_jsonb(t) as row from unnest($1::int[], $2::bigint[]) as g(place, id) join ledger.outbox t using (id)`,
        [truths.map((_, at) => at), truths.map(({ line }) => line.outbox)],
      ),
  },
  {
    table: 'ledger.entry',
    rowOf: ({ log, index, leafHash, line }) => ({ log, idx: index, leaf_hash: hex(leafHash), outbox_id: line.outbox }),
    there: (db, truths) =>
      byPlace(
        db,
        `select g.place, to_jsonb(t) as row from unnest($1::int[], $2::int[], $3::bigint[]) as g(place, log, idx)
         join ledger.entry t using (log, idx)`,
        [truths.map((_, at) => at), truths.map(({ log }) => log), truths.map(({ index }) => index)],
      ),
  },
]

const instants = new Set(['at', 'received_at', 'captured_at'])

/** The column by which a record is routed is looked at apart. */
const routing = 'div'

const isSame = (name: string, a: unknown, b: unknown): boolean =>
  instants.has(name) && typeof a === 'string' && typeof b === 'string'
    ? instantOf(a) === instantOf(b)
    : isDeepStrictEqual(a, b)

const columnsThatDiffer = (wanted: Row, there: Row): readonly string[] =>
  Object.keys(wanted).filter((name) => name !== routing && !isSame(name, wanted[name], there[name]))

/** Row by row: what the database holds in the place of what was. */
export const differencesOf = async (db: Queries, truths: readonly Truth[]): Promise<readonly Difference[]> => {
  const found: Difference[] = []
  for (const { table, rowOf, there } of compared) {
    const rows = await there(db, truths)
    for (const [at, truth] of truths.entries()) {
      const row = rows.get(at)
      const columns = row && columnsThatDiffer(rowOf(truth), row)
      if (columns?.length !== 0) found.push({ truth, table, columns })
    }
  }
  return found
}
