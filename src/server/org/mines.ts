import { z } from 'zod'
import type { MineShown } from '#contract/org.ts'
import { mine } from '#domain/org/mine.ts'
import type { MineFigure } from '#domain/org/mineFigures.ts'
import { mineFigureCondition } from '#server/org/mineFigures.ts'
import { exactTotalLimit } from '#server/platform/cursor.ts'
import { likeText } from '#server/platform/likeText.ts'
import type { ReadScope } from '#server/platform/read.ts'

const mineRow = z.object({
  id: z.string(),
  doc: mine,
  company_name: z.string().nullable(),
  credit_code: z.string().nullable(),
  open_major: z.number(),
  overdue: z.number(),
  open_general: z.number(),
})

const shownMine = (row: unknown): MineShown => {
  const { id, doc, ...figures } = mineRow.parse(row)
  return {
    id,
    ...doc,
    companyName: figures.company_name ?? '',
    creditCode: figures.credit_code ?? '',
    openMajor: figures.open_major,
    overdue: figures.overdue,
    openGeneral: figures.open_general,
  }
}

/** A mine with its company and what stands open against it; hazards are counted once, for the rows of the page alone. */
const minesWithFigures = (where: string): string => `
  with page as (
    select m.tenant_id, m.id, m.code, m.doc, m.company_id from read.mine m where ${where}
  ), hazards as (
    select h.tenant_id,
      count(*) filter (where h.judged_grade = 'major')::int as major,
      count(*) filter (where h.clock_runs and h.due_on < $1)::int as overdue,
      count(*) filter (where h.judged_grade = 'general')::int as general
    from read.hazard h where h.open and h.tenant_id = any (array(select tenant_id from page)) group by h.tenant_id
  )
  select p.id, p.doc, c.name as company_name, c.credit_code, coalesce(h.major, 0) as open_major,
    coalesce(h.overdue, 0) as overdue, coalesce(h.general, 0) as open_general
  from page p
  left join read.company c on c.tenant_id = p.company_id and c.id = p.company_id
  left join hazards h on h.tenant_id = p.tenant_id
  order by p.code, p.id`

const inScope = '((m.div >= $2 and m.div < $3) or m.tenant_id = any($4::uuid[]))'

export type MineFilter = {
  readonly today: string
  readonly after: readonly string[] | undefined
  readonly limit: number
  readonly search?: string | undefined
  readonly status?: string | undefined
  readonly mineType?: string | undefined
  readonly figure?: MineFigure | undefined
}

const filtersOf = ({ figure }: MineFilter): string => `${inScope}
  and ($5::text is null or m.name ilike '%' || $5 || '%' or m.code ilike $5 || '%' or m.doc ->> 'township' ilike '%' || $5 || '%'
    or exists (select from read.company c where c.tenant_id = m.company_id and c.credit_code ilike $5 || '%'))
  and ($6::text is null or m.status = $6) and ($7::text is null or m.mine_type = $7)
  ${figure ? `and ${mineFigureCondition(figure)}` : ''}`

export const pageOfMines = async ({ client, bounds }: ReadScope, filter: MineFilter): Promise<MineShown[]> => {
  const { rows } = await client.query(
    minesWithFigures(
      `${filtersOf(filter)} and ($8::text is null or (m.code, m.id) > ($8, $9::uuid)) order by m.code, m.id limit $10`,
    ),
    [
      filter.today,
      bounds.lo,
      bounds.hi,
      bounds.tenants,
      likeText(filter.search),
      filter.status ?? null,
      filter.mineType ?? null,
      filter.after?.[0] ?? null,
      filter.after?.[1] ?? null,
      filter.limit + 1,
    ],
  )
  return rows.map(shownMine)
}

export const countMines = async ({ client, bounds }: ReadScope, filter: MineFilter): Promise<number> => {
  const { rows } = await client.query<{ total: number }>(
    `select count(*)::int as total from (select from read.mine m where $1::text is not null and ${filtersOf(filter)} limit ${exactTotalLimit + 1}) as few`,
    [
      filter.today,
      bounds.lo,
      bounds.hi,
      bounds.tenants,
      likeText(filter.search),
      filter.status ?? null,
      filter.mineType ?? null,
    ],
  )
  return rows[0]?.total ?? 0
}

export const findMine = async (
  { client, bounds }: ReadScope,
  id: string,
  today: string,
): Promise<MineShown | undefined> => {
  const { rows } = await client.query(minesWithFigures(`${inScope} and m.tenant_id = $5 and m.id = $5`), [
    today,
    bounds.lo,
    bounds.hi,
    bounds.tenants,
    id,
  ])
  return rows.length > 0 ? shownMine(rows[0]) : undefined
}

/** Version of a registry stream, for forms that must not overwrite what they have not seen. */
export const streamVersion = async (
  { client }: ReadScope,
  tenantId: string,
  id: string,
): Promise<number | undefined> => {
  const { rows } = await client.query<{ version: number }>(
    'select version from core.stream where tenant_id = $1 and stream_id = $2',
    [tenantId, id],
  )
  return rows[0]?.version
}
