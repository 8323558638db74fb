import type { Queries } from '#server/ledger/tiles.ts'
import { LedgerTrouble } from '#server/ledger/trouble.ts'
import { businessDate, businessTime } from '#server/platform/clock.ts'
import { type Act, commandRecords, eventRecords } from './records.ts'

type Standing = {
  readonly type: string | null
  readonly tenant_id: string | null
  readonly stream_id: string | null
  readonly received_at: Date
  readonly altered: boolean
}

/** How many are named; the rest are counted. */
const named = 20

const standingInTheWay = `
  with given as (
    select g.*, r.leaf_hash as wanted, r.outbox from jsonb_populate_recordset(null::core.event, $1::jsonb) with ordinality g
    join unnest($2::bytea[], $3::bigint[]) with ordinality as r(leaf_hash, outbox, place) on r.place = g.ordinality
  )
  -- Another leaf under the same number of the outbox.
  select e.type, o.tenant as tenant_id, o.subject as stream_id, o.at as received_at, false as altered
  from given g join ledger.outbox o on o.id = g.outbox
  left join core.event e on e.tenant_id = o.tenant and e.stream_id = o.subject and e.version = o.version
  where o.leaf_hash <> g.wanted
  union
  -- Another event in the same place of its stream, or the same one with other contents.
  select e.type, e.tenant_id, e.stream_id, e.received_at, s.leaf_hash is not distinct from g.wanted
  from given g join core.event e on e.tenant_id = g.tenant_id and e.stream_id = g.stream_id and e.version = g.version
  left join private.leaf_salt s on s.tenant_id = e.tenant_id and s.stream_id = e.stream_id and s.version = e.version
  where to_jsonb(e) - 'div' <> to_jsonb(g) - 'ordinality' - 'wanted' - 'outbox' - 'div' or s.leaf_hash is distinct from g.wanted
  union
  select null::text, c.tenant_id, null::uuid, c.received_at, false
  from jsonb_populate_recordset(null::core.command, $4::jsonb) g join core.command c on c.tenant_id = g.tenant_id and c.id = g.id
  where to_jsonb(c) - 'div' <> to_jsonb(g) - 'div'`

/** What the database holds where the journal has something else. */
export const findInTheWay = async (db: Queries, acts: readonly Act[]): Promise<readonly Standing[]> => {
  const { rows } = await db.query<Standing>(standingInTheWay, [
    eventRecords(acts),
    acts.map(({ leafHash }) => leafHash),
    acts.map(({ outbox }) => outbox),
    commandRecords(acts),
  ])
  return rows
}

const tell = ({ type, tenant_id, stream_id, received_at }: Standing): string =>
  `${businessDate(received_at)} ${businessTime(received_at)} ${type ?? '办理'}（单位 ${tenant_id ?? '不详'}${stream_id ? `，记录 ${stream_id}` : ''}）`

export const refuseInTheWay = (found: readonly Standing[]): void => {
  if (found.length === 0) return
  const list = `${found.slice(0, named).map(tell).join('；')}${found.length > named ? '……' : ''}`
  if (found.some(({ altered }) => altered))
    throw new LedgerTrouble(
      'forked',
      `数据库里有 ${found.length} 条记录与第二存放处的内容不同，没有补回任何记录：${list}`,
      '先运行 bihuan ledger fsck --repair 恢复被改动的记录，再重新启动',
    )
  throw new LedgerTrouble(
    'madeSince',
    `数据库放回以后、补回以前又办了 ${found.length} 件事，与第二存放处的记录占了同一个位置，没有补回任何记录：${list}`,
    '两者只能留一个：要补回原来的记录，用备份重新恢复，接好第二存放处再启动；要保留后来办的，运行 bihuan ledger begin 另起存证，原来的存证收在第二存放处的 archive 里',
  )
}
