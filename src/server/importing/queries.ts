import { z } from 'zod'
import type { ImportRowShown, ImportShown } from '#contract/importing.ts'
import { importOutcomes } from '#contract/importing.ts'
import { roleNames, roleTitle } from '#domain/access/role.ts'
import { importKindNames } from '#domain/importing/kinds/kinds.ts'
import { rowOutcomes } from '#domain/importing/settle.ts'
import { taken } from '#domain/importing/taken.ts'
import { exactTotalLimit } from '#server/platform/cursor.ts'
import type { ReadScope } from '#server/platform/read.ts'

const importRow = z.object({
  id: z.string(),
  tenant_id: z.string(),
  kind: z.enum(importKindNames),
  role: z.enum(roleNames),
  taken_at: z.date(),
  doc: taken.omit({ kind: true }),
  total: z.number(),
  added: z.number(),
  replaced: z.number(),
  already: z.number(),
  kept: z.number(),
  refused: z.number(),
})

const shownImport = (row: unknown): ImportShown => {
  const { id, tenant_id, kind, role, taken_at, doc, total, ...outcomes } = importRow.parse(row)
  return {
    id,
    tenantId: tenant_id,
    kind,
    takenAt: taken_at.toISOString(),
    roleTitle: roleTitle(role),
    sha256: doc.file,
    total,
    ended: Object.values(outcomes).reduce((sum, count) => sum + count, 0),
    outcomes,
    left: doc.left,
  }
}

/** Rows are counted for the imports of the page alone. */
const withOutcomes = (where: string): string => `
  with page as (select * from read.import i where ${where})
  select p.id, p.tenant_id, p.kind, p.role, p.taken_at, p.doc, coalesce(r.total, 0) as total, coalesce(r.added, 0) as added,
    coalesce(r.replaced, 0) as replaced, coalesce(r.already, 0) as already, coalesce(r.kept, 0) as kept,
    coalesce(r.refused, 0) as refused
  from page p left join lateral (
    select count(*)::int as total,
      count(*) filter (where outcome = 'done' and fate = 'add')::int as added,
      count(*) filter (where outcome = 'done' and fate = 'replace')::int as replaced,
      count(*) filter (where outcome = 'already')::int as already,
      count(*) filter (where outcome = 'keep')::int as kept,
      count(*) filter (where outcome = 'refused')::int as refused
    from private.import_row r where r.tenant_id = p.tenant_id and r.import_id = p.id
  ) r on true
  order by p.taken_at desc, p.id desc`

const inScope = '((i.div >= $1 and i.div < $2) or i.tenant_id = any($3::uuid[]))'

export const pageOfImports = async (
  { client, bounds }: ReadScope,
  { after, limit }: { readonly after: readonly string[] | undefined; readonly limit: number },
): Promise<{ readonly found: readonly ImportShown[]; readonly total: number }> => {
  const { lo, hi, tenants } = bounds
  const { rows } = await client.query(
    withOutcomes(`${inScope} and ($4::timestamptz is null or (i.taken_at, i.id) < ($4, $5::uuid))
      order by i.taken_at desc, i.id desc limit $6`),
    [lo, hi, tenants, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  )
  const counted = await client.query<{ total: number }>(
    `select count(*)::int as total from (select from read.import i where ${inScope} limit ${exactTotalLimit + 1}) as few`,
    [lo, hi, tenants],
  )
  return { found: rows.map(shownImport), total: counted.rows[0]?.total ?? 0 }
}

export const findImport = async (
  { client, bounds }: ReadScope,
  tenantId: string,
  id: string,
): Promise<ImportShown | undefined> => {
  const { lo, hi, tenants } = bounds
  const { rows } = await client.query(withOutcomes(`${inScope} and i.tenant_id = $4 and i.id = $5`), [
    lo,
    hi,
    tenants,
    tenantId,
    id,
  ])
  return rows.length > 0 ? shownImport(rows[0]) : undefined
}

const shownRow = z.object({
  at: z.number(),
  sheet: z.string(),
  row: z.number(),
  title: z.string(),
  fate: z.enum(rowOutcomes),
  outcome: z.enum(importOutcomes).nullable(),
  said: z.string().nullable(),
})

export type RowWanted = {
  readonly tenantId: string
  readonly id: string
  readonly outcome: (typeof importOutcomes)[number] | undefined
  readonly after: number | undefined
  readonly limit: number
}

export const pageOfImportRows = async (
  { client }: ReadScope,
  { tenantId, id, outcome, after, limit }: RowWanted,
): Promise<{ readonly found: readonly (ImportRowShown & { readonly at: number })[]; readonly total: number }> => {
  const { rows } = await client.query(
    `select at, sheet, row, title, fate, outcome, said from private.import_row
     where tenant_id = $1 and import_id = $2 and ($3::text is null or outcome = $3) and at > $4 order by at limit $5`,
    [tenantId, id, outcome ?? null, after ?? -1, limit + 1],
  )
  const counted = await client.query<{ total: number }>(
    `select count(*)::int as total from (select from private.import_row
     where tenant_id = $1 and import_id = $2 and ($3::text is null or outcome = $3) limit ${exactTotalLimit + 1}) as few`,
    [tenantId, id, outcome ?? null],
  )
  return {
    found: rows.map((row) => {
      const { outcome: ended, said, ...rest } = shownRow.parse(row)
      return { ...rest, ...(ended !== null && { outcome: ended }), ...(said !== null && { said }) }
    }),
    total: counted.rows[0]?.total ?? 0,
  }
}

/** The receipt of an import that was taken by this very command, for whoever sends it again. */
export const takenBefore = async ({ client }: ReadScope, tenantId: string, importId: string, commandId: string) => {
  const { rows } = await client.query<{ receipt: unknown; file: string }>(
    `select c.receipt, e.body ->> 'file' as file from core.event e
     join core.command c on c.tenant_id = e.tenant_id and c.id = e.command_id
     where e.tenant_id = $1 and e.stream_id = $2 and e.version = 1 and e.type = 'importing.taken' and c.id = $3`,
    [tenantId, importId, commandId],
  )
  return rows[0]
}
