import { isDeepStrictEqual } from 'node:util'
import { hazardCapability } from '#server/hazard/commands.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { eventsIn, recordedEvent } from '#server/platform/load.ts'

type Sampled = { readonly tenant_id: string; readonly stream_id: string; readonly events: unknown[] }

/** Of a sample of hazards: rows of the read tables that are not what the fold of the stored events gives. */
export const wrongRows = async (owner: DatabasePool, count: number): Promise<number> => {
  const { rows } = await owner.query<Sampled>(
    `select s.tenant_id, s.stream_id, ${eventsIn('s.tenant_id', 's.stream_id')} as events
     from core.stream s where s.kind = 'hazard' order by md5(s.stream_id::text) limit $1`,
    [count],
  )
  let wrong = 0
  for (const { tenant_id, stream_id, events } of rows) {
    const folded = hazardCapability.rows(events.map(recordedEvent), {
      tenantId: tenant_id,
      streamId: stream_id,
      version: events.length,
    })
    for (const { table, row } of folded) {
      const { rows: kept } = await owner.query<{ same: boolean }>(
        `select to_jsonb(r) = to_jsonb(jsonb_populate_record(r, $3::jsonb)) as same from ${table} r where tenant_id = $1 and id = $2`,
        [tenant_id, stream_id, JSON.stringify(row)],
      )
      if (!isDeepStrictEqual(kept, [{ same: true }])) wrong += 1
    }
  }
  return wrong
}
