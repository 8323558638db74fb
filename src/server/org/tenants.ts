import { z } from 'zod'
import type { CompanyShown, OrganisationShown, TenantShown } from '#contract/org.ts'
import { company } from '#domain/org/company.ts'
import { organisation } from '#domain/org/organisation.ts'
import { exactTotalLimit } from '#server/platform/cursor.ts'
import { likeText } from '#server/platform/likeText.ts'
import type { ReadScope } from '#server/platform/read.ts'

export type NameFilter = {
  readonly search?: string | undefined
  /** Name and id of the last row seen. */
  readonly after?: readonly string[] | undefined
  readonly limit: number
}

const inScope = '((t.div >= $1 and t.div < $2) or t.tenant_id = any($3::uuid[]))'
const named = `t.name ilike '%' || $4 || '%'`
const afterKey = '($5::text is null or (t.name, t.id) > ($5, $6::uuid))'

/** A list of one registry by name: its columns, where it comes from, what a search looks at. */
type NamedList<T> = {
  readonly from: string
  readonly columns: string
  readonly found: string
  readonly shown: (row: unknown) => T
}

const pageOf = async <T>(
  { client, bounds }: ReadScope,
  { from, columns, found, shown }: NamedList<T>,
  { search, after, limit }: NameFilter,
): Promise<{ readonly found: readonly T[]; readonly total: number }> => {
  const where = `${inScope} and ($4::text is null or ${found})`
  const values = [bounds.lo, bounds.hi, bounds.tenants, likeText(search)]
  const { rows } = await client.query(
    `select ${columns} from ${from} t where ${where} and ${afterKey} order by t.name, t.id limit $7`,
    [...values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  )
  const counted = await client.query<{ total: number }>(
    `select count(*)::int as total from (select from ${from} t where ${where} limit ${exactTotalLimit + 1}) as few`,
    values,
  )
  return { found: rows.map(shown), total: counted.rows[0]?.total ?? 0 }
}

const findIn = async <T>(
  { client, bounds }: ReadScope,
  { from, columns, shown }: NamedList<T>,
  id: string,
): Promise<T | undefined> => {
  const { rows } = await client.query(
    `select ${columns} from ${from} t where ${inScope} and t.tenant_id = $4 and t.id = $4`,
    [bounds.lo, bounds.hi, bounds.tenants, id],
  )
  return rows.length > 0 ? shown(rows[0]) : undefined
}

const version =
  '(select s.version from core.stream s where s.tenant_id = t.tenant_id and s.stream_id = t.id) as version'

const companyRow = z.object({ id: z.string(), version: z.number().nullable(), mines: z.number(), doc: company })

const companies: NamedList<CompanyShown> = {
  from: 'read.company',
  columns: `t.id, t.doc, ${version}, (select count(*)::int from read.mine m where m.company_id = t.id) as mines`,
  found: `(${named} or t.credit_code ilike $4 || '%')`,
  shown: (row) => {
    const { doc, version: known, ...rest } = companyRow.parse(row)
    return { ...rest, ...(known !== null && { version: known }), ...doc }
  },
}

const organisationRow = z.object({ id: z.string(), version: z.number().nullable(), doc: organisation })

const organisations: NamedList<OrganisationShown> = {
  from: 'read.organisation',
  columns: `t.id, t.doc, ${version}`,
  found: named,
  shown: (row) => {
    const { id, doc, version: known } = organisationRow.parse(row)
    return { id, ...(known !== null && { version: known }), ...doc }
  },
}

const tenantRow = z.object({
  id: z.string(),
  kind: z.enum(['organisation', 'mine', 'company']),
  name: z.string(),
  div: z.string(),
})

const tenants: NamedList<TenantShown> = {
  from: 'read.tenant',
  columns: 't.id, t.kind, t.name, t.div',
  found: named,
  shown: (row) => tenantRow.parse(row),
}

export const pageOfCompanies = (scope: ReadScope, filter: NameFilter) => pageOf(scope, companies, filter)
export const pageOfOrganisations = (scope: ReadScope, filter: NameFilter) => pageOf(scope, organisations, filter)
export const pageOfTenants = (scope: ReadScope, filter: NameFilter) => pageOf(scope, tenants, filter)
export const findCompany = (scope: ReadScope, id: string) => findIn(scope, companies, id)
export const findTenant = (scope: ReadScope, id: string) => findIn(scope, tenants, id)
export const findOrganisation = (scope: ReadScope, id: string) => findIn(scope, organisations, id)
