import { z } from 'zod'
import type { HazardListed } from '#contract/hazard.ts'
import { daysBetween } from '#domain/calendarDate.ts'
import { sourceTitles } from '#domain/hazard/source.ts'
import { type HazardStatus, statuses } from '#domain/hazard/status.ts'
import { exactTotalLimit } from '#server/platform/cursor.ts'
import { eventsOf, recordedEvent } from '#server/platform/load.ts'
import type { ReadScope } from '#server/platform/read.ts'
import type { Found } from '#server/register/conditions.ts'
import { alongTheOrder, findRows } from '#server/register/search.ts'

const statusNames = Object.keys(statuses) as [HazardStatus, ...HazardStatus[]]
const sourceNames = Object.keys(sourceTitles) as [keyof typeof sourceTitles, ...(keyof typeof sourceTitles)[]]

const listedRow = z.object({
  tenant_id: z.string(),
  id: z.string(),
  number: z.string(),
  mine_id: z.string(),
  mine_name: z.string().nullable(),
  status: z.enum(statusNames),
  grade: z.enum(['major', 'general']).nullable(),
  source: z.enum(sourceNames),
  found_by: z.enum(['mine', 'department']),
  found_on: z.string(),
  place: z.string().nullable(),
  description: z.string().nullable(),
  criteria: z.array(z.string()),
  due_on: z.string().nullable(),
  clock_runs: z.boolean(),
  closed_on: z.string().nullable(),
  progress_percent: z.number().nullable(),
  listed: z.boolean(),
  legacy: z.boolean(),
  repeated: z.boolean(),
  photo: z.string().nullable(),
})

const listed = (row: unknown, today: string): HazardListed => {
  const found = listedRow.parse(row)
  const overdueDays = found.clock_runs && found.due_on ? daysBetween(found.due_on, today) : 0
  return {
    tenantId: found.tenant_id,
    id: found.id,
    number: found.number,
    mineId: found.mine_id,
    mineName: found.mine_name ?? '',
    status: found.status,
    statusTitle: statuses[found.status],
    ...(found.grade && { grade: found.grade }),
    source: found.source,
    sourceTitle: sourceTitles[found.source],
    foundBy: found.found_by,
    foundOn: found.found_on,
    ...(found.place && { place: found.place }),
    ...(found.description && { description: found.description }),
    criteria: found.criteria,
    ...(found.due_on && { deadline: found.due_on }),
    ...(overdueDays > 0 && { overdueDays }),
    ...(found.closed_on && { closedOn: found.closed_on }),
    ...(found.progress_percent !== null && { progressPercent: found.progress_percent }),
    listed: found.listed,
    legacy: found.legacy,
    repeated: found.repeated,
    ...(found.photo && { thumb: found.photo }),
  }
}

export type HazardFilter = {
  readonly today: string
  readonly after: readonly string[] | undefined
  readonly limit: number
  readonly mineId?: string | undefined
  readonly status?: string | undefined
  readonly grade?: string | undefined
  readonly open?: boolean | undefined
  readonly overdue?: boolean | undefined
  /** Account that reported it. */
  readonly reporter?: string | undefined
  readonly search?: string | undefined
}

/** The rows a search found, or, of common words, the words to look for along the list. */
const searchConditions = {
  rows: `(h.tenant_id, h.id) in (select k.tenant, k.id from jsonb_to_recordset($10::jsonb) as k(tenant uuid, id uuid))`,
  words: `(select bool_and(strpos(e.words, n) > 0) from read.hazard_entry e cross join jsonb_array_elements_text($10::jsonb) as n
    where e.tenant_id = h.tenant_id and e.id = h.id)`,
} as const

const searchValue = (found: Found | undefined): string | null => {
  if (!found) return null
  if (found.kind === 'words') return JSON.stringify(found.needles)
  return JSON.stringify(found.ids.map((id, at) => ({ tenant: found.tenants[at], id })))
}

const conditionsOf = (
  found: Found | undefined,
): string => `((h.div >= $1 and h.div < $2) or h.tenant_id = any($3::uuid[]))
  and ($4::uuid is null or h.mine_id = $4)
  and ($5::text is null or h.status = $5)
  and ($6::text is null or h.grade = $6)
  and ($7::boolean is null or h.open = $7)
  and ($8::boolean is distinct from true or (h.open and h.clock_runs and h.due_on < $9))
  and ($8::boolean is distinct from false or not (h.clock_runs and h.due_on is not null and h.due_on < $9))
  and ${found ? searchConditions[found.kind] : '$10::jsonb is null'}
  and ($11::uuid is null or h.reported_by = $11)`

const parametersOf = ({ bounds }: ReadScope, filter: HazardFilter, found: Found | undefined): unknown[] => [
  bounds.lo,
  bounds.hi,
  bounds.tenants,
  filter.mineId ?? null,
  filter.status ?? null,
  filter.grade ?? null,
  filter.open ?? null,
  filter.overdue ?? null,
  filter.today,
  searchValue(found),
  filter.reporter ?? null,
]

export const pageOfHazards = async (scope: ReadScope, filter: HazardFilter): Promise<HazardListed[]> => {
  const found = await findRows(scope, { search: filter.search })
  const text = `select h.*, m.name as mine_name from (
       select h.tenant_id, h.id, h.number, h.mine_id, h.status, h.grade, h.source, h.found_by, h.found_on, h.place, h.description,
         h.criteria, h.due_on, h.clock_runs, h.closed_on, h.progress_percent, h.listed, h.legacy, h.repeated, h.photo
       from read.hazard h where ${conditionsOf(found)} and ($12::date is null or (h.found_on, h.id) < ($12, $13::uuid))
       order by h.found_on desc, h.id desc limit $14) h
     left join read.mine m on m.tenant_id = h.mine_id and m.id = h.mine_id
     order by h.found_on desc, h.id desc`
  const key = [filter.after?.[0] ?? null, filter.after?.[1] ?? null]
  const values = [...parametersOf(scope, filter, found), ...key, filter.limit + 1]
  const { rows } = await alongTheOrder(scope, found, () => scope.client.query(text, values))
  return rows.map((row) => listed(row, filter.today))
}

export const countHazards = async (scope: ReadScope, filter: HazardFilter): Promise<number> => {
  const found = await findRows(scope, { search: filter.search })
  const { rows } = await scope.client.query<{ total: number }>(
    `select count(*)::int as total from (select from read.hazard h where ${conditionsOf(found)} limit ${exactTotalLimit + 1}) as few`,
    parametersOf(scope, filter, found),
  )
  return rows[0]?.total ?? 0
}

const fileRow = z.object({ sha256: z.string(), name: z.string(), mime: z.string(), size: z.number() })

/** One hazard with everything its page shows, in one snapshot: stream, leaves, names of mine, posts and files. */
export const findHazard = async ({ client }: ReadScope, tenantId: string, id: string) => {
  const { rows } = await client.query<{ events: unknown[]; leaves: Record<string, string>; mine_name: string | null }>(
    `select ${eventsOf} as events,
       (select jsonb_object_agg(s.version, encode(s.leaf_hash, 'hex')) from private.leaf_salt s where s.tenant_id = $1 and s.stream_id = $2) as leaves,
       m.name as mine_name
     from read.hazard h left join read.mine m on m.tenant_id = h.mine_id and m.id = h.mine_id
     where h.tenant_id = $1 and h.id = $2`,
    [tenantId, id],
  )
  const row = rows[0]
  if (!row) return undefined
  return { events: row.events.map(recordedEvent), leaves: row.leaves ?? {}, mineName: row.mine_name ?? '' }
}

export const filesOf = async ({ client }: ReadScope, tenantId: string, hashes: readonly string[]) => {
  if (hashes.length === 0) return {}
  const { rows } = await client.query(
    'select sha256, name, mime, size from core.file where tenant_id = $1 and sha256 = any($2::text[])',
    [tenantId, hashes],
  )
  return Object.fromEntries(
    rows.map((row) => fileRow.parse(row)).map(({ sha256, name, mime, size }) => [sha256, { name, mime, size }]),
  )
}
