import { z } from 'zod'
import type { PermitShown, UnregisteredPermit } from '#contract/permit.ts'
import { addDays, daysBetween } from '#domain/calendarDate.ts'
import { type PermitStanding, permit, permitStanding, renewBy, soonUntil } from '#domain/org/permit.ts'
import type { PermitKind } from '#rulebook/permitKind.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'
import { exactTotalLimit } from '#server/platform/cursor.ts'
import { likeText } from '#server/platform/likeText.ts'
import type { ReadScope } from '#server/platform/read.ts'
import { daysSetting } from '#server/platform/settings.ts'

/** What the day and the rulebook say of a permit's last day. */
export type PermitRules = {
  readonly today: string
  readonly soonDays: number
  readonly kinds: readonly PermitKind[]
  readonly clauseOf: (kind: PermitKind | undefined) => string | undefined
}

export const permitRules = (rulebook: Rulebook, today: string): PermitRules => {
  const clauses = new Map(rulebook.citations.map(({ id, short }) => [id, short]))
  return {
    today,
    soonDays: daysSetting(rulebook, 'org.permitSoonDays'),
    kinds: rulebook.permitKinds,
    clauseOf: (kind) => {
      const [first] = kind?.citations ?? []
      return first === undefined ? undefined : clauses.get(first)
    },
  }
}

const row = z.object({
  tenant_id: z.string(),
  id: z.string(),
  version: z.number().nullable(),
  doc: permit,
  mine_name: z.string().nullable(),
  mine_code: z.string().nullable(),
  holder: z.string().nullable(),
})

const shown = (found: unknown, { today, soonDays, kinds, clauseOf }: PermitRules): PermitShown => {
  const { tenant_id, id, version, doc, mine_name, mine_code, holder } = row.parse(found)
  const kind = kinds.find(({ key }) => key === doc.kind)
  const applyBy = renewBy(doc, kind)
  const clause = clauseOf(kind)
  return {
    id,
    ...(version !== null && { version }),
    mineId: tenant_id,
    mineName: mine_name ?? '',
    mineCode: mine_code ?? '',
    ...doc,
    kindTitle: kind?.title ?? doc.kind,
    ...(holder !== null && { holderName: holder }),
    standing: permitStanding(doc, kind, { today, soonDays }),
    ...(doc.validUntil !== undefined && { daysLeft: daysBetween(today, doc.validUntil) }),
    ...(applyBy !== undefined && { renewBy: applyBy, ...(clause && { renewClause: clause }) }),
  }
}

const inScope = '((p.div >= $1 and p.div < $2) or p.tenant_id = any($3::uuid[]))'

/** The same answer as permitStanding, where the list is narrowed; `$5` by kind, `$6` for the rest. */
const standingOf = `case when p.ended_on <= $4::date then 'ended' when p.valid_until is null then 'longTerm'
  when p.valid_until < $4::date then 'expired'
  when p.valid_until <= coalesce(($5::jsonb ->> p.kind)::date, $6::date) then 'soon' else 'valid' end`

const dayOf = `coalesce(p.valid_until, '9999-12-31'::date)`

export type PermitFilter = {
  readonly mineId?: string | undefined
  readonly standing?: PermitStanding | undefined
  readonly kind?: string | undefined
  readonly search?: string | undefined
  /** Last day, mine and id of the last row seen. */
  readonly after: readonly string[] | undefined
  readonly limit: number
}

const judged = ({ bounds }: ReadScope, { today, soonDays, kinds }: PermitRules) => [
  bounds.lo,
  bounds.hi,
  bounds.tenants,
  today,
  JSON.stringify(Object.fromEntries(kinds.map((kind) => [kind.key, soonUntil(kind, { today, soonDays })]))),
  addDays(today, soonDays),
]

export const pageOfPermits = async (scope: ReadScope, rules: PermitRules, filter: PermitFilter) => {
  const found = `read.permit p
    left join read.mine m on m.tenant_id = p.tenant_id and m.id = p.tenant_id
    left join core.stream h on h.tenant_id = p.tenant_id and h.stream_id = p.id
    left join read.mine_unit u on u.tenant_id = p.tenant_id and u.id = (p.doc ->> 'holderId')::uuid
    where ${inScope} and ($7::uuid is null or p.tenant_id = $7) and ($8::text is null or ${standingOf} = $8)
    and ($9::text is null or p.kind = $9)
    and ($10::text is null or m.name ilike '%' || $10 || '%' or m.code ilike $10 || '%' or p.number ilike '%' || $10 || '%')`
  const values = [
    ...judged(scope, rules),
    filter.mineId ?? null,
    filter.standing ?? null,
    filter.kind ?? null,
    likeText(filter.search),
  ]
  const { rows } = await scope.client.query(
    `select p.tenant_id, p.id, h.version, p.doc, m.name as mine_name, m.code as mine_code, u.name as holder from ${found}
     and ($11::date is null or (${dayOf}, p.tenant_id, p.id) > ($11, $12::uuid, $13::uuid))
     order by ${dayOf}, p.tenant_id, p.id limit $14`,
    [...values, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.after?.[2] ?? null, filter.limit + 1],
  )
  const counted = await scope.client.query<{ total: number }>(
    `select count(*)::int as total from (select from ${found} limit ${exactTotalLimit + 1}) few`,
    values,
  )
  return { found: rows.map((one) => shown(one, rules)), total: counted.rows[0]?.total ?? 0 }
}

/** How many permits stand how, of all within reach or of one mine. */
export const permitTotals = async (
  scope: ReadScope,
  rules: PermitRules,
  mineId: string | undefined,
): Promise<Record<PermitStanding, number>> => {
  const { rows } = await scope.client.query<{ standing: PermitStanding; permits: number }>(
    `select standing, count(*)::int as permits from (select ${standingOf} as standing from read.permit p
     where ${inScope} and ($7::uuid is null or p.tenant_id = $7)) f group by standing`,
    [...judged(scope, rules), mineId ?? null],
  )
  const of = new Map(rows.map(({ standing, permits }) => [standing, permits]))
  return {
    expired: of.get('expired') ?? 0,
    soon: of.get('soon') ?? 0,
    valid: of.get('valid') ?? 0,
    longTerm: of.get('longTerm') ?? 0,
    ended: of.get('ended') ?? 0,
  }
}

const unregistered = `read.mine m join unnest($4::text[], $5::text[]) as k(kind, mine_type) on k.mine_type = m.mine_type
  where ((m.div >= $1 and m.div < $2) or m.tenant_id = any($3::uuid[])) and m.status = 'producing'
  and ($6::uuid is null or m.id = $6)
  and not exists (select from read.permit p where p.tenant_id = m.tenant_id and p.kind = k.kind and p.ended_on is null)`

const unregisteredRow = z.object({ id: z.string(), name: z.string(), code: z.string(), kind: z.string() })

const expected = ({ bounds }: ReadScope, { kinds }: PermitRules, mineId: string | undefined) => {
  const pairs = kinds.flatMap(({ key, expectedOf }) => expectedOf.map((mineType) => [key, mineType] as const))
  return [
    bounds.lo,
    bounds.hi,
    bounds.tenants,
    pairs.map(([kind]) => kind),
    pairs.map(([, mineType]) => mineType),
    mineId ?? null,
  ]
}

export const countUnregistered = async (
  scope: ReadScope,
  rules: PermitRules,
  mineId: string | undefined,
): Promise<number> => {
  const { rows } = await scope.client.query<{ total: number }>(
    `select count(*)::int as total from ${unregistered}`,
    expected(scope, rules, mineId),
  )
  return rows[0]?.total ?? 0
}

/** Of producing mines, what the register does not know; it never says that the mine has none. */
export const pageOfUnregistered = async (
  scope: ReadScope,
  rules: PermitRules,
  filter: Pick<PermitFilter, 'mineId' | 'after' | 'limit'>,
): Promise<readonly UnregisteredPermit[]> => {
  const { rows } = await scope.client.query(
    `select m.id, m.name, m.code, k.kind from ${unregistered}
     and ($7::text is null or (m.code, m.id, k.kind) > ($7, $8::uuid, $9)) order by m.code, m.id, k.kind limit $10`,
    [
      ...expected(scope, rules, filter.mineId),
      filter.after?.[0] ?? null,
      filter.after?.[1] ?? null,
      filter.after?.[2] ?? null,
      filter.limit + 1,
    ],
  )
  const titles = new Map(rules.kinds.map(({ key, title }) => [key, title]))
  return rows.map((one) => {
    const { id, name, code, kind } = unregisteredRow.parse(one)
    return { mineId: id, mineName: name, mineCode: code, kind, kindTitle: titles.get(kind) ?? kind }
  })
}
