import { z } from 'zod'
import type { numberStandings } from '#contract/hazardNumbers.ts'
import { numberSystems } from '#domain/hazard/ledgerRow.ts'
import type { OurHazard } from '#domain/hazard/reconcile.ts'
import { exactTotalLimit } from '#server/platform/cursor.ts'
import type { ReadScope } from '#server/platform/read.ts'

/**
 * What counts in a reconciliation: what lies in a mine's register, not what goes on under another record, nor what turned
 * out to be none.
 */
const within = `((h.div >= $1 and h.div < $2) or h.tenant_id = any($3::uuid[]))
  and h.tenant_id = h.mine_id and not h.continued and h.status <> 'notEstablished' and ($4::uuid is null or h.mine_id = $4)`

const scopeOf = ({ bounds }: ReadScope, mineId: string | undefined): unknown[] => [
  bounds.lo,
  bounds.hi,
  bounds.tenants,
  mineId ?? null,
]

/** Asked about even where nobody has entered a number yet. */
const always: readonly string[] = [numberSystems.national, numberSystems.provincial]

type SystemCounts = {
  readonly system: string
  readonly numbered: number
  readonly missing: number
  readonly doubled: number
}

export const countNumberSystems = async (
  scope: ReadScope,
  mineId: string | undefined,
): Promise<readonly SystemCounts[]> => {
  const { rows } = await scope.client.query<{ system: string; numbered: number; doubled: number }>(
    `with said as (
       select n.key as system, n.value as number from read.hazard h, jsonb_each_text(h.external_numbers) n where ${within}
     ), counted as (select system, number, count(*)::int as times from said group by 1, 2)
     select system, sum(times)::int as numbered, coalesce(sum(times) filter (where times > 1), 0)::int as doubled
     from counted group by system order by system limit 50`,
    scopeOf(scope, mineId),
  )
  const all = await scope.client.query<{ total: number }>(
    `select count(*)::int as total from read.hazard h where ${within}`,
    scopeOf(scope, mineId),
  )
  const total = all.rows[0]?.total ?? 0
  const found = new Map(rows.map((row) => [row.system, row]))
  return [...new Set([...always, ...found.keys()])].map((system) => {
    const { numbered, doubled } = found.get(system) ?? { numbered: 0, doubled: 0 }
    return { system, numbered, doubled, missing: total - numbered }
  })
}

const hazardRow = z.object({
  tenant_id: z.string(),
  id: z.string(),
  number: z.string(),
  mine_id: z.string(),
  mine_name: z.string().nullable(),
  external: z.string().nullable(),
  found_on: z.string(),
  place: z.string().nullable(),
  description: z.string().nullable(),
  grade: z.enum(['major', 'general']).nullable(),
  status: z.string(),
  closed_on: z.string().nullable(),
  due_on: z.string().nullable(),
})

const ourHazard = (row: unknown): OurHazard => {
  const found = hazardRow.parse(row)
  return {
    tenantId: found.tenant_id,
    id: found.id,
    number: found.number,
    mineId: found.mine_id,
    mineName: found.mine_name ?? '',
    foundOn: found.found_on,
    closed: found.status === 'closed',
    ...(found.external !== null && { external: found.external }),
    ...(found.place !== null && { place: found.place }),
    ...(found.description !== null && { description: found.description }),
    ...(found.grade !== null && { grade: found.grade }),
    ...(found.closed_on !== null && { closedOn: found.closed_on }),
    ...(found.due_on !== null && { deadline: found.due_on }),
  }
}

const columns = `h.tenant_id, h.id, h.number, h.mine_id, m.name as mine_name, h.external_numbers ->> $5 as external,
  h.found_on, h.place, h.description, h.grade, h.status, h.closed_on, h.due_on`

const from = `read.hazard h left join read.mine m on m.tenant_id = h.mine_id and m.id = h.mine_id where ${within}`

const doubled = `h.external_numbers ->> $5 in (
  select h.external_numbers ->> $5 from read.hazard h where ${within} and h.external_numbers ? $5
  group by 1 having count(*) > 1)`

const standings: Readonly<Record<(typeof numberStandings)[number], string>> = {
  missing: 'not (h.external_numbers ? $5)',
  doubled,
  numbered: 'h.external_numbers ? $5',
}

export type NumbersWanted = {
  readonly system: string
  readonly standing: (typeof numberStandings)[number]
  readonly mineId: string | undefined
  readonly after: readonly string[] | undefined
  readonly limit: number
}

export const pageOfNumbers = async (
  scope: ReadScope,
  { system, standing, mineId, after, limit }: NumbersWanted,
): Promise<{ readonly found: readonly OurHazard[]; readonly total: number }> => {
  const given = [...scopeOf(scope, mineId), system]
  const { rows } = await scope.client.query(
    `select ${columns} from ${from} and ${standings[standing]}
       and ($6::date is null or (h.found_on, h.id) < ($6, $7::uuid))
     order by h.found_on desc, h.id desc limit $8`,
    [...given, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  )
  const counted = await scope.client.query<{ total: number }>(
    `select count(*)::int as total from (
       select from read.hazard h where ${within} and ${standings[standing]} and $5::text is not null limit ${exactTotalLimit + 1}) few`,
    given,
  )
  return { found: rows.map(ourHazard), total: counted.rows[0]?.total ?? 0 }
}

export const mostCompared = 20_000

/** Everything of ours that a list of the other system could speak of; one more than can be compared, if there is. */
export const hazardsToCompare = async (
  scope: ReadScope,
  { system, mineId }: { readonly system: string; readonly mineId?: string | undefined },
): Promise<readonly OurHazard[]> => {
  const { rows } = await scope.client.query(
    `select ${columns} from ${from} order by h.found_on desc, h.id desc limit ${mostCompared + 1}`,
    [...scopeOf(scope, mineId), system],
  )
  return rows.map(ourHazard)
}
