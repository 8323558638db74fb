import { z } from 'zod'
import type { CrewMeetingShown } from '#contract/paper.ts'
import type { Actor } from '#domain/access/actor.ts'
import { fold } from '#domain/hazard/evolve.ts'
import type { HazardState } from '#domain/hazard/state.ts'
import { type PaperForm, paperForm } from '#domain/paper/paperForm.ts'
import { exactTotalLimit } from '#server/platform/cursor.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { keepWithin } from '#server/platform/keep.ts'
import { eventsIn, heldDivision, recordedEvent } from '#server/platform/load.ts'
import type { ReadScope } from '#server/platform/read.ts'

export const mineName = async ({ client }: ReadScope, mineId: string): Promise<string | undefined> => {
  const { rows } = await client.query<{ name: string }>('select name from read.mine where tenant_id = $1 and id = $1', [
    mineId,
  ])
  return rows[0]?.name
}

export const openHazards = async ({ client }: ReadScope, mineId: string): Promise<readonly HazardState[]> => {
  const { rows } = await client.query<{ events: unknown[] }>(
    `select ${eventsIn('h.tenant_id', 'h.id')} as events from read.hazard h
     where h.tenant_id = $1 and h.open order by (h.grade = 'major') desc nulls last, h.due_on nulls last, h.id limit 200`,
    [mineId],
  )
  return rows.flatMap(({ events }) => fold(events.map(recordedEvent)) ?? [])
}

/** Names of crews: as the mine has written them, the latest first, then those registered that have not met yet. */
export const crewsOf = async ({ client }: ReadScope, mineId: string): Promise<string[]> => {
  const { rows } = await client.query<{ crew: string }>(
    `select crew from (
       select crew, held_on from read.crew_meeting where tenant_id = $1
       union all select name, null from read.mine_unit where tenant_id = $1 and kind = 'crew' and active
     ) c group by crew order by max(held_on) desc nulls last, crew limit 50`,
    [mineId],
  )
  return rows.map(({ crew }) => crew)
}

const meetingRow = z.object({
  id: z.string(),
  held_on: z.string(),
  crew: z.string(),
  present: z.number(),
  photo: z.string(),
  doc: z.object({ note: z.string().optional() }),
})

export const pageOfMeetings = async (
  { client }: ReadScope,
  mineId: string,
  { after, limit }: { readonly after: readonly string[] | undefined; readonly limit: number },
): Promise<{ readonly found: readonly CrewMeetingShown[]; readonly total: number }> => {
  const { rows } = await client.query(
    `select id, held_on, crew, present, photo, doc from read.crew_meeting
     where tenant_id = $1 and ($2::date is null or (held_on, id) < ($2, $3::uuid))
     order by held_on desc, id desc limit $4`,
    [mineId, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  )
  const counted = await client.query<{ total: number }>(
    `select count(*)::int as total from (select from read.crew_meeting where tenant_id = $1 limit ${exactTotalLimit + 1}) as few`,
    [mineId],
  )
  return {
    found: rows.map((row) => {
      const { held_on: on, doc, ...rest } = meetingRow.parse(row)
      return { ...rest, on, ...(doc.note && { note: doc.note }) }
    }),
    total: counted.rows[0]?.total ?? 0,
  }
}

/** Kept before the paper leaves the printer: its code must mean something when somebody holds a phone to it. */
export const keepPaper = (
  pool: DatabasePool,
  actor: Actor,
  { tenantId, id, form }: { readonly tenantId: string; readonly id: string; readonly form: PaperForm },
  now: Date,
): Promise<'kept' | 'unknownTenant' | 'another'> =>
  keepWithin(pool, actor, async (client) => {
    const div = await heldDivision(client, tenantId)
    if (div === undefined) return 'unknownTenant'
    const { kind, ...doc } = form
    await client.query(
      `insert into core.paper_form (tenant_id, id, div, kind, doc, printed_by, printed_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (tenant_id, id) do nothing`,
      [tenantId, id, div, kind, JSON.stringify(doc), actor.accountId, now],
    )
    const { rowCount } = await client.query(
      'select from core.paper_form where tenant_id = $1 and id = $2 and kind = $3 and doc = $4::jsonb',
      [tenantId, id, kind, JSON.stringify(doc)],
    )
    return rowCount === 1 ? 'kept' : 'another'
  })

const paperRow = z.object({
  kind: z.string(),
  doc: z.record(z.string(), z.unknown()),
  printed_at: z.date(),
  filed: z.boolean(),
  unit: z.string(),
})

export type KeptPaper = {
  readonly form: PaperForm
  readonly printedAt: string
  readonly filed: boolean
  readonly unit: string
}

/** @param filedBy the command that its photo becomes */
export const findPaper = async (
  { client }: ReadScope,
  tenantId: string,
  id: string,
  filedBy: string,
): Promise<KeptPaper | undefined> => {
  const { rows } = await client.query(
    `select p.kind, p.doc, p.printed_at, t.name as unit,
       exists (select from core.command c where c.tenant_id = p.tenant_id and c.id = $3) as filed
     from core.paper_form p join read.tenant t on t.tenant_id = p.tenant_id and t.id = p.tenant_id
     where p.tenant_id = $1 and p.id = $2`,
    [tenantId, id, filedBy],
  )
  if (!rows[0]) return undefined
  const { kind, doc, printed_at, filed, unit } = paperRow.parse(rows[0])
  return { form: paperForm.parse({ kind, ...doc }), printedAt: printed_at.toISOString(), filed, unit }
}

export const hazardWords = async ({ client }: ReadScope, tenantId: string, id: string): Promise<string | undefined> => {
  const { rows } = await client.query<{ number: string; place: string | null }>(
    'select number, place from read.hazard where tenant_id = $1 and id = $2',
    [tenantId, id],
  )
  return rows[0] && [rows[0].number, rows[0].place].filter(Boolean).join(' ')
}
