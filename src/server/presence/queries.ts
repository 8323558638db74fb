import { z } from 'zod'
import type { PresenceDayShown, PresenceListed, PresenceOfficeShown } from '#contract/presence.ts'
import { maskName } from '#domain/access/mask.ts'
import { roleNames, roleTitle } from '#domain/access/role.ts'
import { type KeyOffice, keyOffices, offices } from '#domain/org/office.ts'
import { officesInMonth } from '#domain/presence/month.ts'
import { presenceEvents, presenceTitles } from '#domain/presence/record.ts'
import type { Month } from '#domain/selfCheck/month.ts'
import { exactTotalLimit } from '#server/platform/cursor.ts'
import { likeText } from '#server/platform/likeText.ts'
import type { ReadScope } from '#server/platform/read.ts'

const inScope = '((m.div >= $1 and m.div < $2) or m.tenant_id = any($3::uuid[]))'

/** Days that count for an office in the month `$4`. */
const daysOf = (office: KeyOffice): string => `(select count(distinct k.on_day) from read.key_presence k
  where k.tenant_id = m.tenant_id and k.month = $4 and k.stands and '${office}' = any(k.offices))`

const heldBySomebody = (office: KeyOffice): string => `exists (select from read.person p
  where p.tenant_id = m.tenant_id and p.active and p.doc -> 'offices' ? '${office}')`

/** The same answer as officesInMonth, where the list is narrowed; `$5` is the number of days asked, at least one. */
const lacks = `m.in_scope and (${keyOffices.map((office) => `not ${heldBySomebody(office)} or ${daysOf(office)} < $5`).join(' or ')})`

export type PresenceFilter = {
  readonly month: Month
  readonly required: number | null
  readonly missing?: boolean | undefined
  readonly search?: string | undefined
  /** Code and id of the last mine seen. */
  readonly after: readonly string[] | undefined
  readonly limit: number
}

const mineRow = z.object({ id: z.string(), name: z.string(), code: z.string(), in_scope: z.boolean() })

const personRow = z.object({
  tenant_id: z.string(),
  id: z.string(),
  post: z.string(),
  name: z.string().nullable(),
  offices: z.array(z.enum(keyOffices)),
})

const dayRow = z.object({ tenant_id: z.string(), offices: z.array(z.enum(keyOffices)), on: z.string() })

/** A mine outside the campaign lacks nothing, whatever is recorded there. */
type Owing = { readonly id: string; readonly in_scope: boolean }

/** Key persons of mines and their days of the month, as the domain counts them. */
const officesOf = async (
  { client }: ReadScope,
  mines: readonly Owing[],
  month: Month,
  required: number | null,
): Promise<(mine: Owing) => PresenceOfficeShown[]> => {
  const ids = mines.map(({ id }) => id)
  const people = await client.query(
    `select p.tenant_id, p.id, p.post, s.name,
       array(select o from jsonb_array_elements_text(p.doc -> 'offices') o where o = any($2::text[])) as offices
     from read.person p left join private.person s on s.tenant_id = p.tenant_id and s.person_id = p.id
     where p.tenant_id = any($1::uuid[]) and p.active and p.doc -> 'offices' ?| $2::text[]
     order by p.tenant_id, p.post, p.id`,
    [ids, [...keyOffices]],
  )
  const days = await client.query(
    `select tenant_id, offices, on_day::text as on from read.key_presence
     where tenant_id = any($1::uuid[]) and month = $2 and stands`,
    [ids, month],
  )
  const peopleOf = Map.groupBy(
    people.rows.map((row) => personRow.parse(row)),
    ({ tenant_id }) => tenant_id,
  )
  const daysAt = Map.groupBy(
    days.rows.map((row) => dayRow.parse(row)),
    ({ tenant_id }) => tenant_id,
  )
  return ({ id: mineId, in_scope }) => {
    const here = peopleOf.get(mineId) ?? []
    const byId = new Map(here.map((one) => [one.id, one]))
    return officesInMonth(here, daysAt.get(mineId) ?? [], required).map((one) => ({
      office: one.office,
      title: offices[one.office],
      holders: one.holders.map((id) => {
        const { post, name } = byId.get(id) ?? { post: '', name: null }
        return { id, post, ...(name && { name: maskName(name) }) }
      }),
      days: one.days,
      ...(in_scope && one.missing && { missing: one.missing }),
    }))
  }
}

/** Mines that the campaign covers (PRACTICE 15), and any other where somebody recorded a day all the same. */
const concerned = `(m.in_scope or exists (select from read.key_presence k where k.tenant_id = m.tenant_id and k.month = $4))`

const from = (narrowed: boolean): string => `read.mine m where ${inScope} and ${concerned} and $5::int > 0
  ${narrowed ? `and ${lacks}` : ''} and ($6::text is null or m.name ilike '%' || $6 || '%' or m.code ilike $6 || '%')`

const valuesOf = ({ bounds }: ReadScope, { month, required, search }: PresenceFilter) => [
  bounds.lo,
  bounds.hi,
  bounds.tenants,
  month,
  Math.max(required ?? 1, 1),
  likeText(search),
]

const count = async (scope: ReadScope, filter: PresenceFilter, narrowed: boolean): Promise<number> => {
  const { rows } = await scope.client.query<{ total: number }>(
    `select count(*)::int as total from (select from ${from(narrowed)} limit ${exactTotalLimit + 1}) few`,
    valuesOf(scope, filter),
  )
  return rows[0]?.total ?? 0
}

/** Every mine in reach with its key persons' month; or only those that lack something. */
export const pageOfPresence = async (
  scope: ReadScope,
  filter: PresenceFilter,
): Promise<{ readonly found: readonly PresenceListed[]; readonly total: number; readonly missing: number }> => {
  const narrowed = filter.missing ?? false
  const { rows } = await scope.client.query(
    `select m.id, m.name, m.code, m.in_scope from ${from(narrowed)}
     and ($7::text is null or (m.code, m.id) > ($7, $8::uuid)) order by m.code, m.id limit $9`,
    [...valuesOf(scope, filter), filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit + 1],
  )
  const mines = rows.map((row) => mineRow.parse(row))
  const shown = await officesOf(scope, mines, filter.month, filter.required)
  return {
    found: mines.map((one) => ({ mineId: one.id, mineName: one.name, mineCode: one.code, offices: shown(one) })),
    total: await count(scope, filter, narrowed),
    missing: await count(scope, { ...filter, search: undefined }, true),
  }
}

const recordRow = z.object({
  id: z.string(),
  version: z.number(),
  person_id: z.string(),
  post: z.string().nullable(),
  name: z.string().nullable(),
  offices: z.array(z.enum(keyOffices)),
  on: z.string(),
  matters: z.string(),
  paper: z.array(z.string()),
  stands: z.boolean(),
  on_behalf: z.boolean(),
  recorded_on: z.string(),
})

const changeRow = z.object({
  stream_id: z.string(),
  at: z.string(),
  type: z.string(),
  role: z.enum(roleNames),
  body: z.record(z.string(), z.unknown()),
})

type Change = PresenceDayShown['changes'][number]

/** What became of a record after it was first entered; `before` is what was written until then. */
const changesOf = (events: readonly z.output<typeof changeRow>[]): Change[] => {
  let written = ''
  return events.flatMap(({ at, type, role, body }, index): Change[] => {
    const by = { at, roleTitle: roleTitle(role) }
    if (type === 'presence.recorded') {
      written = presenceEvents.recorded.parse(body).matters
      return index === 0 ? [] : [{ ...by, title: '重新记录' }]
    }
    if (type === 'presence.corrected') {
      const { matters, reason } = presenceEvents.corrected.parse(body)
      const before = written
      written = matters
      return [{ ...by, title: presenceTitles.correct, reason, before }]
    }
    return [{ ...by, title: presenceTitles.withdraw, reason: presenceEvents.withdrawn.parse(body).reason }]
  })
}

/** One mine's month, day by day; undefined where there is no such mine for this actor. */
export const monthAtMine = async (scope: ReadScope, mineId: string, month: Month, required: number | null) => {
  const { client } = scope
  const mine = await client.query<Owing & { name: string }>(
    'select id, name, in_scope from read.mine where tenant_id = $1 and id = $1',
    [mineId],
  )
  const [named] = mine.rows
  if (!named) return undefined
  const { rows } = await client.query(
    `select k.id, h.version, k.person_id, p.post, s.name, k.offices, k.on_day::text as on, k.matters, k.paper, k.stands,
       k.on_behalf, k.recorded_on::text
     from read.key_presence k
     join core.stream h on h.tenant_id = k.tenant_id and h.stream_id = k.id
     left join read.person p on p.tenant_id = k.tenant_id and p.id = k.person_id
     left join private.person s on s.tenant_id = k.tenant_id and s.person_id = k.person_id
     where k.tenant_id = $1 and k.month = $2 order by k.on_day desc, p.post, k.id`,
    [mineId, month],
  )
  const records = rows.map((row) => recordRow.parse(row))
  const changed = await client.query(
    `select e.stream_id, e.type, e.role, e.body,
       to_char(e.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
     from core.event e where e.tenant_id = $1 and e.stream_id = any($2::uuid[]) order by e.stream_id, e.version`,
    [mineId, records.filter(({ version }) => version > 1).map(({ id }) => id)],
  )
  const events = Map.groupBy(
    changed.rows.map((row) => changeRow.parse(row)),
    ({ stream_id }) => stream_id,
  )
  const files = await client.query<{ sha256: string; name: string; mime: string; size: string }>(
    'select sha256, name, mime, size from core.file where tenant_id = $1 and sha256 = any($2::text[])',
    [mineId, records.flatMap(({ paper }) => paper)],
  )
  const officesShown = await officesOf(scope, [named], month, required)
  return {
    mineId,
    mineName: named.name,
    offices: officesShown(named),
    days: records.map(
      (one): PresenceDayShown => ({
        id: one.id,
        version: one.version,
        personId: one.person_id,
        post: one.post ?? '',
        ...(one.name && { name: maskName(one.name) }),
        offices: one.offices,
        on: one.on,
        matters: one.matters,
        paper: one.paper,
        stands: one.stands,
        onBehalf: one.on_behalf,
        recordedOn: one.recorded_on,
        changes: changesOf(events.get(one.id) ?? []),
      }),
    ),
    files: Object.fromEntries(
      files.rows.map(({ sha256, name, mime, size }) => [sha256, { name, mime, size: Number(size) }]),
    ),
  }
}
