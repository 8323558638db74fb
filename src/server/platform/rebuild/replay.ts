import type { PoolClient } from 'pg'
import { eventColumns, recordedEvent } from '#server/platform/load.ts'
import { type ReadColumns, upsertText } from '#server/platform/project.ts'
import type { Capability } from '#server/platform/stream.ts'
import { shadowOf, shadowSchema } from './shadow.ts'

export type StreamKey = { readonly tenantId: string; readonly streamId: string }

export type Replayer = {
  readonly capabilities: ReadonlyMap<string, Capability>
  readonly columns: ReadColumns
}

/** The events do not agree with what they should hold: nothing is rebuilt from them. */
export class BrokenStream extends Error {
  override readonly name = 'BrokenStream'
}

type Head = {
  readonly tenant_id: string
  readonly stream_id: string
  readonly div: string
  readonly kind: string
  readonly version: number
  readonly events: readonly unknown[]
}

/** Head and events out of one snapshot, so that neither is newer than the other. */
const headsText = `select s.tenant_id, s.stream_id, s.div, s.kind, s.version,
    coalesce((select jsonb_agg(${eventColumns} order by e.version) from core.event e
      where e.tenant_id = s.tenant_id and e.stream_id = s.stream_id), '[]'::jsonb) as events
  from core.stream s join unnest($1::uuid[], $2::uuid[]) as k(tenant_id, stream_id) using (tenant_id, stream_id)`

const rowsOf = ({ capabilities }: Replayer, head: Head) => {
  const { tenant_id, stream_id, div, kind, version } = head
  const capability = capabilities.get(kind)
  if (!capability) throw new BrokenStream(`流 ${stream_id} 的种类“${kind}”本版程序不认识；请用新版程序重建`)
  const events = head.events.map(recordedEvent)
  if (events.some((event, index) => event.version !== index + 1) || events.length !== version)
    throw new BrokenStream(
      `流 ${stream_id}（${kind}）的事件不齐：应到第 ${version} 版，实有 ${events.length} 个；请从备份核对后再重建`,
    )
  return capability
    .rows(events, { tenantId: tenant_id, streamId: stream_id, version })
    .map(({ table, row }) => ({ table, stored: { ...row, tenant_id, id: stream_id, div } }))
}

/** Folds the streams as `execute` does and writes their rows, by its own text, into the shadow. */
export const replayStreams = async (
  client: Pick<PoolClient, 'query'>,
  replayer: Replayer,
  keys: readonly StreamKey[],
): Promise<void> => {
  const { rows: heads } = await client.query<Head>({
    name: 'rebuild-heads',
    text: headsText,
    values: [keys.map(({ tenantId }) => tenantId), keys.map(({ streamId }) => streamId)],
  })
  const byTable = Map.groupBy(
    heads.flatMap((head) => rowsOf(replayer, head)),
    ({ table }) => table,
  )
  for (const [table, rows] of byTable) {
    const columns = replayer.columns.get(table)
    if (!columns) throw new Error(`no read table ${table}`)
    await client.query({
      name: `rebuild-${table}`,
      text: upsertText(table, columns, shadowOf(table), 'recordset'),
      values: [JSON.stringify(rows.map(({ stored }) => stored))],
    })
  }
  await client.query({
    name: 'rebuild-replayed',
    text: `insert into ${shadowSchema}.replayed select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[])
      on conflict (tenant_id, stream_id) do update set div = excluded.div, version = excluded.version`,
    values: [
      heads.map((head) => head.tenant_id),
      heads.map((head) => head.stream_id),
      heads.map((head) => head.div),
      heads.map((head) => head.version),
    ],
  })
}

const perBatch = 400

/** All streams, kind after kind, in batches by key. */
export async function* allStreams(client: Pick<PoolClient, 'query'>): AsyncGenerator<readonly StreamKey[]> {
  let after = ['', '00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000']
  for (;;) {
    const { rows } = await client.query<StreamKey & { kind: string }>({
      name: 'rebuild-keys',
      text: `select kind, tenant_id as "tenantId", stream_id as "streamId" from core.stream
        where (kind, tenant_id, stream_id) > ($1, $2::uuid, $3::uuid) order by kind, tenant_id, stream_id limit $4`,
      values: [...after, perBatch],
    })
    const last = rows.at(-1)
    if (!last) return
    after = [last.kind, last.tenantId, last.streamId]
    yield rows
  }
}
