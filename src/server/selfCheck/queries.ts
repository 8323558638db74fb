import { z } from 'zod'
import type { SelfCheckListed, SheetStanding } from '#contract/selfCheck.ts'
import { roleNames, roleTitle } from '#domain/access/role.ts'
import { everyStatus, type HazardStatus, statuses } from '#domain/hazard/status.ts'
import { type Mine, mine } from '#domain/org/mine.ts'
import type { Month } from '#domain/selfCheck/month.ts'
import { statusesThatOwe } from '#domain/selfCheck/owes.ts'
import { exactTotalLimit } from '#server/platform/cursor.ts'
import { likeText } from '#server/platform/likeText.ts'
import { eventsOf, recordedEvent } from '#server/platform/load.ts'
import type { ReadScope } from '#server/platform/read.ts'

const owes = `m.in_scope and m.status in (${statusesThatOwe.map((status) => `'${status}'`).join(', ')})`

const inScope = '((m.div >= $1 and m.div < $2) or m.tenant_id = any($3::uuid[]))'

const standingOf = `case when s.done then 'done' when s.submitted_on is not null then 'submitted'
  when s.id is not null or exists (select from core.self_check_answer a where a.tenant_id = m.tenant_id and a.month = $4)
  then 'inProgress' else 'notBegun' end`

const sheetsOfMonth = `from read.mine m left join read.self_check s on s.mine_id = m.id and s.month = $4
  where ${inScope} and (${owes} or s.id is not null
    or exists (select from core.self_check_answer a where a.tenant_id = m.tenant_id and a.month = $4))`

/** How many questions somebody has looked at: the last answer counts, and 未查 is none (PRACTICE A3). */
const answeredIn = (tenantId: string, month: string): string => `(select count(*)::int from (
  select distinct on (a.item) a.outcome from core.self_check_answer a where a.tenant_id = ${tenantId} and a.month = ${month}
  order by a.item, a.seq desc, a.received_at desc, a.id desc) last where last.outcome <> 'notChecked')`

const listedRow = z.object({
  id: z.string(),
  name: z.string(),
  code: z.string(),
  month: z.string(),
  standing: z.enum(['notBegun', 'inProgress', 'submitted', 'done']),
  waits: z.boolean().nullable(),
  answered: z.number(),
  submitted_on: z.string().nullable(),
  signed_on: z.string().nullable(),
  led_in_person: z.boolean().nullable(),
  asked: z.number().nullable(),
  good: z.number().nullable(),
  bad: z.number().nullable(),
  not_applicable: z.number().nullable(),
  not_checked: z.number().nullable(),
})

const listed = (row: unknown, thisMonth: Month): SelfCheckListed => {
  const found = listedRow.parse(row)
  return {
    mineId: found.id,
    mineName: found.name,
    mineCode: found.code,
    month: found.month,
    standing: found.standing,
    waitsForSignature: found.waits ?? false,
    answered: found.answered,
    ...(found.submitted_on && { submittedOn: found.submitted_on }),
    ...(found.signed_on && { signedOn: found.signed_on }),
    ledInPerson: found.led_in_person ?? false,
    missed: found.month < thisMonth && found.standing !== 'done',
    ...(found.asked !== null && { asked: found.asked }),
    ...(found.good !== null && { good: found.good }),
    ...(found.bad !== null && { bad: found.bad }),
    ...(found.not_applicable !== null && { notApplicable: found.not_applicable }),
    ...(found.not_checked !== null && { notChecked: found.not_checked }),
  }
}

const columns = `s.waits, s.submitted_on::text, s.signed_on::text, s.led_in_person, s.asked, s.good, s.bad, s.not_applicable, s.not_checked`

export type MonthFilter = {
  readonly month: Month
  readonly thisMonth: Month
  readonly standing: SheetStanding | undefined
  readonly search: string | undefined
  readonly after: readonly string[] | undefined
  readonly limit: number
}

/** Every mine in reach that owes the month a sheet, or has one all the same. */
export const pageOfMonth = async ({ client, bounds }: ReadScope, filter: MonthFilter) => {
  const { lo, hi, tenants } = bounds
  const of = [lo, hi, tenants, filter.month]
  const filtered = `select m.tenant_id, m.id, m.name, m.code, $4::text as month, ${standingOf} as standing, ${columns} ${sheetsOfMonth}`
  const narrowed = `(select * from (${filtered}) f where ($5::text is null or f.standing = $5)
    and ($6::text is null or f.name ilike '%' || $6 || '%' or f.code ilike '%' || $6 || '%'))`
  const narrowing = [...of, filter.standing ?? null, likeText(filter.search)]
  const { rows } = await client.query(
    `with page as (select * from ${narrowed} n where ($7::text is null or (n.code, n.id) > ($7, $8::uuid)) order by n.code, n.id limit $9)
     select p.*, ${answeredIn('p.tenant_id', '$4')} as answered
     from page p order by p.code, p.id`,
    [...narrowing, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit + 1],
  )
  const counted = await client.query<{ total: number }>(
    `select count(*)::int as total from (select from ${narrowed} n limit ${exactTotalLimit + 1}) few`,
    narrowing,
  )
  return { found: rows.map((row) => listed(row, filter.thisMonth)), total: counted.rows[0]?.total ?? 0 }
}

/** How many mines stand where in a month. */
export const totalsOfMonth = async (
  { client, bounds }: ReadScope,
  month: Month,
): Promise<Record<SheetStanding, number>> => {
  const { rows } = await client.query<{ standing: SheetStanding; mines: number }>(
    `select standing, count(*)::int as mines from (select ${standingOf} as standing ${sheetsOfMonth}) f group by standing`,
    [bounds.lo, bounds.hi, bounds.tenants, month],
  )
  const of = new Map(rows.map(({ standing, mines }) => [standing, mines]))
  return {
    notBegun: of.get('notBegun') ?? 0,
    inProgress: of.get('inProgress') ?? 0,
    submitted: of.get('submitted') ?? 0,
    done: of.get('done') ?? 0,
  }
}

/** The months of one mine of which anything is there, and the one that runs; newest first. */
export const monthsOfMine = async (
  { client }: ReadScope,
  mineId: string,
  thisMonth: Month,
): Promise<readonly SelfCheckListed[]> => {
  const { rows } = await client.query(
    `with months as (
       select month from read.self_check where tenant_id = $1
       union select month from core.self_check_answer where tenant_id = $1
       union select $2)
     select m.id, m.name, m.code, w.month,
       case when s.done then 'done' when s.submitted_on is not null then 'submitted'
         when s.id is not null or exists (select from core.self_check_answer a where a.tenant_id = $1 and a.month = w.month)
         then 'inProgress' else 'notBegun' end as standing,
       ${columns}, ${answeredIn('$1', 'w.month')} as answered
     from months w join read.mine m on m.tenant_id = $1 and m.id = $1
     left join read.self_check s on s.tenant_id = $1 and s.month = w.month
     order by w.month desc`,
    [mineId, thisMonth],
  )
  return rows.map((row) => listed(row, thisMonth))
}

export const findMine = async ({ client }: ReadScope, mineId: string): Promise<Mine | undefined> => {
  const { rows } = await client.query<{ doc: unknown }>('select doc from read.mine where tenant_id = $1 and id = $1', [
    mineId,
  ])
  return rows[0] && mine.parse(rows[0].doc)
}

export const eventsOfSheet = async ({ client }: ReadScope, mineId: string, sheetId: string) => {
  const { rows } = await client.query<{ events: unknown[] }>(`select ${eventsOf} as events`, [mineId, sheetId])
  return (rows[0]?.events ?? []).map(recordedEvent)
}

const hazardRow = z.object({ id: z.string(), number: z.string(), status: z.enum(everyStatus) })

/** Which of the hazards stand, by id: a 有问题 shows what it raised. */
export const hazardsRaised = async ({ client }: ReadScope, mineId: string, ids: readonly string[]) => {
  const { rows } = await client.query(
    'select id, number, status from read.hazard where tenant_id = $1 and id = any($2::uuid[])',
    [mineId, ids],
  )
  const found = rows.map((row) => hazardRow.parse(row))
  const titleOf = (status: HazardStatus): string => statuses[status]
  return new Map(found.map(({ id, number, status }) => [id, { id, number, statusTitle: titleOf(status) }]))
}

const role = z.enum(roleNames)

export const titleOfRole = (name: string): string => {
  const known = role.safeParse(name)
  return known.success ? roleTitle(known.data) : name
}

/** The receipt of a command of this sheet that was carried out before. */
export const receiptOf = async (
  { client }: ReadScope,
  mineId: string,
  sheetId: string,
  commandId: string,
): Promise<unknown> => {
  const { rows } = await client.query<{ receipt: unknown }>(
    `select c.receipt from core.event e join core.command c on c.tenant_id = e.tenant_id and c.id = e.command_id
     where e.tenant_id = $1 and e.stream_id = $2 and c.id = $3`,
    [mineId, sheetId, commandId],
  )
  return rows[0]?.receipt
}
