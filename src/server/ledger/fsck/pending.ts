import { journalJoins, journalLine } from '#server/ledger/journal.ts'
import { type Claims, isVouched, placeOf } from './claims.ts'
import type { Erasures } from './erasures.ts'
import { isSignedReceipt, wholeReceipt } from './receiptFault.ts'
import { statedHash } from './records.ts'
import type { KnownLog, Scene } from './scene.ts'
import { readRecord, type SealedRecord } from './sealedRecord.ts'
import { type Place, tellStray } from './strays.ts'
import { piecesOf, type Truth } from './truth.ts'
import { keylessWords, nameOf } from './words.ts'

type Row = {
  readonly id: number
  readonly tenant: string | null
  readonly subject: string | null
  readonly version: number | null
  readonly hash: string
  readonly same: boolean | null
  /** Entries of the same leaf. */
  readonly entries: readonly number[] | null
  readonly line: string
}

/** Ids of the outbox that are in no entry, or in one that points elsewhere than it did when it was sealed. */
const waiting = async (
  { db }: Scene,
  log: number,
  bound: number,
  { indexes, outbox }: Claims,
): Promise<readonly number[]> => {
  const { rows } = await db.query<{ id: number }>({
    name: 'fsck-waiting',
    text: `select o.id::float8 as id from ledger.outbox o
      where not exists (select from ledger.entry e where e.log = $1 and e.outbox_id = o.id and e.idx < $2)
      union select o.id::float8 from ledger.entry e join ledger.outbox o on o.id = e.outbox_id
      where e.log = $1 and e.idx = any($3::bigint[]) order by id`,
    values: [log, bound, [...indexes]],
  })
  return rows.flatMap(({ id }) => (outbox.has(id) ? [] : [id]))
}

const readRows = async ({ db }: Scene, log: number, bound: number, ids: readonly number[]): Promise<readonly Row[]> => {
  if (ids.length === 0) return []
  const { rows } = await db.query<Row>({
    name: 'fsck-pending',
    text: `select n.outbox_id::float8 as id, o.tenant, o.subject, o.version, encode(o.leaf_hash, 'hex') as hash,
       s.leaf_hash = o.leaf_hash as same,
       (select array_agg(e.idx::float8) from ledger.entry e where e.log = $1 and e.leaf_hash = o.leaf_hash and e.idx < $2) as entries,
       ${journalLine} as line
     from (select $1::int as log, -1::bigint as idx, w.id as outbox_id from unnest($3::bigint[]) as w(id)) n
     ${journalJoins} order by n.outbox_id`,
    values: [log, bound, ids],
  })
  return rows
}

/** Whose event lies in the log by another row of the outbox: the event is no stray, though this row is. */
const inLogOtherwise = async (
  { db }: Scene,
  log: number,
  bound: number,
  claims: Claims,
  rows: readonly Row[],
): Promise<ReadonlySet<number>> => {
  if (rows.length === 0) return new Set()
  const { rows: found } = await db.query<{ id: number; idx: number }>(
    `select g.id::float8 as id, e.idx::float8 as idx from unnest($3::bigint[], $4::uuid[], $5::uuid[], $6::int[]) as g(id, tenant, subject, version)
     join ledger.outbox o on o.tenant = g.tenant and o.subject = g.subject and o.version = g.version and o.id <> g.id
     join ledger.entry e on e.log = $1 and e.outbox_id = o.id and e.idx < $2`,
    [
      log,
      bound,
      rows.map(({ id }) => id),
      rows.map(({ tenant }) => tenant),
      rows.map(({ subject }) => subject),
      rows.map(({ version }) => version),
    ],
  )
  return new Set(found.flatMap(({ id, idx }) => (isVouched(claims, [idx]) ? [id] : [])))
}

const placeIn = ({ id, tenant, subject, version }: Row) => ({
  table: 'ledger.outbox' as const,
  outboxId: id,
  ...(tenant !== null && { tenantId: tenant }),
  ...(subject !== null && { streamId: subject }),
  ...(version !== null && { version }),
})

export type PendingOptions = {
  readonly log: KnownLog
  readonly claims: Claims
  readonly erasures: Erasures
  /** Entries from here on do not count. */
  readonly bound: number
  readonly settled: number
  /** The log holds an act whose receipt was signed. */
  readonly afterKey: boolean
}

export type Pending = {
  /** Events that only a row of the outbox speaks of which is itself a stray. */
  readonly strays: readonly Place[]
  /** Where acts stand that are whole and signed, made since, in places that the log has given to others. */
  readonly madeSince: readonly Truth[]
  /** The lowest id that was passed over. */
  readonly passedOver: number | undefined
}

/** What waits for the log: whole and signed for, or written by somebody else. */
export const checkPending = async (scene: Scene, options: PendingOptions): Promise<Pending> => {
  const { log, claims, erasures, bound, settled, afterKey } = options
  const madeSince: Truth[] = []
  const passedOver: number[] = []
  const strays: Place[] = []

  const isWhole = ({ hash, same }: Row, record: SealedRecord): boolean =>
    record.kind === 'act' &&
    record.stated === hash &&
    same === true &&
    record.fault === undefined &&
    !(record.noSignature && (afterKey || isBehindSigned(record.line.outbox))) &&
    (record.computed === hash || (record.line.salt === null && erasures.isClosed(record.line.event)))

  // Leaves are taken in the order of their ids: whatever is from before the key lies in front of all that were signed for.
  const isBehindSigned = (id: number): boolean => firstSigned !== undefined && id > firstSigned

  /** As acts are while the key file is gone: whole, its receipt not signed. Nobody can tell it from one that was made up. */
  const isKeyless = ({ hash, same }: Row, record: SealedRecord): boolean =>
    record.kind === 'act' &&
    record.noSignature &&
    record.fault === 'unsigned' &&
    same === true &&
    record.stated === hash &&
    record.computed === hash

  const isTwice = ({ entries, hash }: Row): boolean => isVouched(claims, entries) || claims.hashes.has(hash)

  /** The receipt is ours, and promises this leaf: what was altered is an act that somebody did. */
  const isPromised = ({ hash, line }: Row): boolean => {
    const receipt = wholeReceipt(piecesOf(line, statedHash).command?.receipt)
    return receipt?.events.some(({ leafHash }) => leafHash === hash) === true && isSignedReceipt(receipt, scene.keys)
  }

  const ids = await waiting(scene, log.number, bound, claims)
  const rows = await readRows(scene, log.number, bound, ids)
  const records = new Map(
    rows.map((row) => [row, scene.memory.records(row.line, () => readRecord(row.line, scene.keys))] as const),
  )
  const firstSigned = rows.find((row) => {
    const record = records.get(row)
    return record?.kind === 'act' && !record.noSignature && record.fault === undefined && record.computed === row.hash
  })?.id
  const doubtful: Row[] = []
  for (const [row, record] of records) {
    if (isTwice(row) || !isWhole(row, record)) {
      doubtful.push(row)
      continue
    }
    const claimed = claims.places.get(placeOf(row.tenant ?? '', row.subject ?? '', row.version ?? 0))
    if (claimed) madeSince.push(claimed)
    else if (row.id <= settled) {
      passedOver.push(row.id)
      const place = placeIn(row)
      // Put right with the head: the sequencer then takes it.
      scene.tell({ kind: 'passedOver', ...place, message: `${nameOf(place)}：应已排进存证，却被跳过`, mends: [] })
    }
  }
  const elsewhere = await inLogOtherwise(scene, log.number, bound, claims, doubtful)
  for (const row of doubtful) {
    const place = placeIn(row)
    if (!isTwice(row) && isPromised(row)) {
      scene.tell({
        kind: 'rowAltered',
        ...place,
        message: `${nameOf(place)}：还没有排进存证就被改动，与签过的回执不符；第二存放处还没有它`,
        remedy: '向办理人取回执核对，从备份取回这一条；恢复以前不要继续办理',
      })
      continue
    }
    const { tenant, subject, version } = row
    const claimed = claims.places.has(placeOf(tenant ?? '', subject ?? '', version ?? 0)) || elsewhere.has(row.id)
    const record = records.get(row)
    if (record && isKeyless(row, record) && !isTwice(row) && !claimed) {
      scene.tell({
        kind: 'unsigned',
        ...place,
        message: `${nameOf(place)}：还没有排进存证，回执没有签名：${keylessWords}`,
        remedy: '问办理人是不是办过；密钥文件不在的，先放回去',
      })
      continue
    }
    tellStray(scene, place, 'id = $1', [row.id])
    if (tenant === null || subject === null || version === null || claimed) continue
    strays.push({ tenant, stream: subject, version })
  }
  return { strays, madeSince, passedOver: passedOver.length === 0 ? undefined : Math.min(...passedOver) }
}
