import { z } from 'zod'
import {
  type CheckpointShown,
  type FindingShown,
  findingShown,
  type LedgerShown,
  type LogShown,
  type ReceiptInLog,
  type VerificationShown,
} from '#contract/ledger.ts'
import { exactTotalLimit } from '#server/platform/cursor.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { fingerprintOf } from '#translog/trust.ts'
import type { LogIdentity } from './identity.ts'
import { isLate } from './late.ts'

/** An instant as JSON carries it. */
const instant = (expression: string): string =>
  `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const text = z.string().nullable()
const whole = z.number().int()

const overviewRow = z.object({
  logs: z.array(
    z.object({
      number: whole,
      origin: z.string(),
      vkey: z.string(),
      beganAt: z.string(),
      reason: text,
      previous: text,
      decidedBy: z.array(z.string()),
    }),
  ),
  head: z.object({ size: whole, root: z.string() }).nullable(),
  signed: z.object({ size: whole, root: z.string(), signedAt: z.string() }).nullable(),
  waiting: whole,
  witnesses: z.array(
    z.object({
      name: z.string(),
      vkey: z.string(),
      addedAt: z.string(),
      size: whole.nullable(),
      cosignedAt: text,
      triedAt: text,
      trouble: text,
    }),
  ),
  witnessed: z.array(z.object({ origin: z.string(), vkey: z.string(), size: whole.nullable(), cosignedAt: text })),
  verifications: z.array(
    z.object({
      at: z.string(),
      source: z.enum(['sequencer', 'fsck', 'witness', 'replay']),
      log: whole,
      size: whole,
      sound: z.boolean(),
      findings: z.array(findingShown),
      /** The last run of its kind. */
      last: z.boolean(),
    }),
  ),
})

const overview = {
  name: 'ledger-overview',
  text: `with last as (
      select coalesce(max(number), $1) as log from ledger.log
    ), signed as (
      select c.size, encode(c.root, 'hex') as root, ${instant('c.signed_at')} as "signedAt"
      from ledger.checkpoint c, last where c.log = last.log and c.hash = 'sha256' order by c.size desc limit 1
    ), checks as (
      (select v.*, false as last from ledger.verification v order by at desc, id desc limit 10)
      union
      (select distinct on (source) v.*, true as last from ledger.verification v order by source, at desc, id desc)
    )
    select
      (select coalesce(json_agg(json_build_object('number', number, 'origin', origin, 'vkey', vkey,
         'beganAt', ${instant('began_at')}, 'reason', reason, 'previous', previous, 'decidedBy', decided_by) order by number desc), '[]')
       from ledger.log) as logs,
      (select json_build_object('size', h.size, 'root', encode(h.root, 'hex'))
       from ledger.head h, last where h.log = last.log and h.hash = 'sha256') as head,
      (select to_json(signed) from signed) as signed,
      ledger.waiting() as waiting,
      (select coalesce(json_agg(json_build_object('name', w.name, 'vkey', w.vkey, 'addedAt', ${instant('w.added_at')},
         'size', w.size, 'triedAt', ${instant('w.tried_at')}, 'trouble', w.trouble,
         'cosignedAt', (select ${instant('g.cosigned_at')} from ledger.cosignature g, last
           where g.log = last.log and g.witness = w.name and g.size = w.size)) order by w.name), '[]')
       from ledger.witness w) as witnesses,
      (select coalesce(json_agg(json_build_object('origin', origin, 'vkey', vkey, 'size', size,
         'cosignedAt', ${instant('cosigned_at')}) order by origin), '[]') from ledger.witnessed) as witnessed,
      (select coalesce(json_agg(json_build_object('at', ${instant('at')}, 'source', source, 'log', log, 'size', size,
         'sound', sound, 'findings', findings, 'last', last) order by at desc, id desc), '[]')
       from checks) as verifications`,
}

const without = <T>(value: T | null): T | undefined => value ?? undefined

const logShown = (row: z.infer<typeof overviewRow>['logs'][number]): LogShown => ({
  number: row.number,
  origin: row.origin,
  vkey: row.vkey,
  fingerprint: fingerprintOf(row.vkey),
  beganAt: row.beganAt,
  ...(row.reason !== null && { reason: row.reason }),
  ...(row.previous !== null && { previous: row.previous }),
  decidedBy: row.decidedBy,
})

/** Before its first batch a log has no row; its name and key are drawn already. */
const toBegin = ({ number, origin, signer, toBegin: begins }: LogIdentity): LogShown => ({
  number,
  origin,
  vkey: signer.vkey,
  fingerprint: fingerprintOf(signer.vkey),
  ...(begins?.reason !== undefined && { reason: begins.reason }),
  decidedBy: [...(begins?.decidedBy ?? [])],
})

type Told = {
  readonly identity: LogIdentity
  /** What the sequencer of this process says, where it has one. */
  readonly trouble: LedgerShown['trouble']
  readonly waitingSince: string | undefined
  /** Whether findings that name records may be shown. */
  readonly inspects: boolean
  /** Whether paths, addresses and the system's own words may be. */
  readonly runs: boolean
}

const shownTo = ({ runs }: Told, { detail, ...finding }: FindingShown): FindingShown => ({
  ...finding,
  ...(runs && detail !== undefined && { detail }),
})

/** What a witness's server said names addresses. */
const witnessWords = '最近一次没有办成，程序会自动再问；请系统管理员看这一页'

/** Everything the log's page shows of what is in the database, in one statement. */
export const ledgerOverview = async ({ client }: ReadScope, told: Told): Promise<Omit<LedgerShown, 'secondFolder'>> => {
  const { rows } = await client.query({ ...overview, values: [told.identity.number] })
  const found = overviewRow.parse(rows[0])
  const [log = toBegin(told.identity), ...earlier] = found.logs.map(logShown)
  const checks = found.verifications.map(({ last, findings, ...check }) => ({
    last,
    findings,
    shown: {
      ...check,
      found: findings.length,
      // The sequencer and the witnesses speak of places and sizes, never of a record.
      findings: (told.inspects || check.source === 'sequencer' || check.source === 'witness' ? findings : []).map(
        (finding) => shownTo(told, finding),
      ),
    } satisfies VerificationShown,
  }))
  const signedAt = found.signed?.signedAt ?? ''
  const soundAt = checks.find(({ last, shown }) => last && shown.source === 'fsck' && shown.sound)?.shown.at ?? ''
  // Another process signs: what stopped it stands until it goes on, or until everything was checked and found well.
  const stopped = checks.find(
    ({ last, shown }) =>
      last && shown.source === 'sequencer' && !shown.sound && shown.at > signedAt && shown.at > soundAt,
  )
  const [why] = stopped?.findings ?? []
  const trouble = told.trouble ?? (stopped && why && { ...why, at: stopped.shown.at })
  return {
    log,
    earlier,
    size: found.head?.size ?? 0,
    ...(found.head && { root: found.head.root }),
    ...(found.signed && { signed: found.signed }),
    waiting: found.waiting,
    ...(told.waitingSince !== undefined && { waitingSince: told.waitingSince }),
    witnesses: found.witnesses.map(({ size, cosignedAt, triedAt, trouble: refused, ...witness }) => ({
      ...witness,
      fingerprint: fingerprintOf(witness.vkey),
      size: without(size),
      cosignedAt: without(cosignedAt),
      triedAt: without(triedAt),
      trouble: refused === null ? undefined : told.runs ? refused : witnessWords,
    })),
    witnessed: found.witnessed.map(({ size, cosignedAt, ...other }) => ({
      ...other,
      fingerprint: fingerprintOf(other.vkey),
      size: without(size),
      cosignedAt: without(cosignedAt),
    })),
    verifications: checks.filter(({ last }) => !last).map(({ shown }) => shown),
    ...(trouble && { trouble: { ...shownTo(told, trouble), at: trouble.at } }),
    alarms: checks
      .filter(({ last, shown }) => last && !shown.sound && shown.source !== 'sequencer')
      .filter(({ shown }) => !(shown.source === 'replay' && soundAt > shown.at))
      .map(({ shown }) => shown),
  }
}

const checkpointRow = z.object({
  log: whole,
  size: whole,
  root: z.string(),
  signedAt: z.string(),
  cosignedBy: z.array(z.string()),
})

/** The last first, those of earlier logs behind. One more than asked for, when there is one. */
export const pageOfCheckpoints = async (
  { client }: ReadScope,
  { after, limit }: { readonly after: readonly string[] | undefined; readonly limit: number },
): Promise<readonly CheckpointShown[]> => {
  const { rows } = await client.query(
    `select c.log, c.size, encode(c.root, 'hex') as root, ${instant('c.signed_at')} as "signedAt",
       (select coalesce(array_agg(g.witness order by g.witness), '{}') from ledger.cosignature g
        where g.log = c.log and g.size = c.size) as "cosignedBy"
     from ledger.checkpoint c
     where c.hash = 'sha256' and ($1::int is null or (c.log, c.size) < ($1, $2::bigint))
     order by c.log desc, c.size desc limit $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  )
  return rows.map((row) => checkpointRow.parse(row))
}

export const countCheckpoints = async ({ client }: ReadScope): Promise<number> => {
  const { rows } = await client.query<{ total: number }>(
    `select count(*)::int as total from (select from ledger.checkpoint where hash = 'sha256' limit ${exactTotalLimit + 1}) as few`,
  )
  return rows[0]?.total ?? 0
}

const receiptRow = z.object({
  kind: z.string(),
  version: whole,
  leafHash: z.string(),
  receivedAt: z.string(),
  erased: z.boolean(),
  log: whole.nullable(),
  index: whole.nullable(),
  size: whole.nullable(),
  signedAt: text,
  cosigned: z.array(z.object({ witness: z.string(), at: z.string() })),
})

const shownReceipt = (row: z.infer<typeof receiptRow>, now: Date): ReceiptInLog => {
  const { version, leafHash, receivedAt, erased, log, index, size, signedAt, cosigned } = row
  const waits = log === null || index === null || size === null || signedAt === null
  return {
    version,
    leafHash,
    receivedAt,
    erased,
    late: waits && isLate(receivedAt, now),
    ...(!waits && { inLog: { log, index, size, signedAt, cosigned } }),
  }
}

/** What became of every event of a stream in the log: where it lies, which checkpoint first held it, who co-signed first. */
export const receiptsOf = async ({ client }: ReadScope, tenantId: string, streamId: string, now: Date) => {
  const { rows } = await client.query({
    name: 'ledger-receipts',
    text: `select v.kind, s.version, encode(s.leaf_hash, 'hex') as "leafHash", ${instant('v.received_at')} as "receivedAt",
        s.salt is null as erased, p.log, p.idx as index, c.size, ${instant('c.signed_at')} as "signedAt",
        (select coalesce(json_agg(json_build_object('witness', w.name, 'at', ${instant('g.cosigned_at')}) order by w.name), '[]')
         from ledger.witness w, lateral (
           select cosigned_at from ledger.cosignature g where g.log = p.log and g.witness = w.name and g.size > p.idx
           order by g.size limit 1
         ) g) as cosigned
      from private.leaf_salt s
      join core.event v on v.tenant_id = s.tenant_id and v.stream_id = s.stream_id and v.version = s.version
      left join lateral (
        select n.log, n.idx from ledger.log l join ledger.entry n on n.log = l.number and n.leaf_hash = s.leaf_hash
        order by n.log desc limit 1
      ) p on true
      left join lateral (
        select c.size, c.signed_at from ledger.checkpoint c
        where c.log = p.log and c.hash = 'sha256' and c.size > p.idx order by c.size limit 1
      ) c on true
      where s.tenant_id = $1 and s.stream_id = $2 order by s.version`,
    values: [tenantId, streamId],
  })
  const found = rows.map((row) => receiptRow.parse(row))
  return { kind: found[0]?.kind, items: found.map((row) => shownReceipt(row, now)) }
}
