import { z } from 'zod'
import type { AccountShown } from '#contract/org.ts'
import { account } from '#domain/org/account.ts'
import { exactTotalLimit } from '#server/platform/cursor.ts'
import { likeText } from '#server/platform/likeText.ts'
import type { ReadScope } from '#server/platform/read.ts'

const row = z.object({
  id: z.string(),
  tenant_id: z.string(),
  tenant_name: z.string().nullable(),
  version: z.number().nullable(),
  login: z.string().nullable(),
  person_id: z.string().nullable(),
  post: z.string().nullable(),
  disabled: z.boolean(),
  grants: account.shape.grants,
  reaches: z.array(z.object({ id: z.string(), name: z.string() })),
})

const shown = (found: unknown): AccountShown => {
  const one = row.parse(found)
  return {
    id: one.id,
    tenantId: one.tenant_id,
    tenantName: one.tenant_name ?? '',
    ...(one.version !== null && { version: one.version }),
    ...(one.login !== null && { login: one.login }),
    ...(one.person_id && { personId: one.person_id }),
    ...(one.post && { post: one.post }),
    disabled: one.disabled,
    grants: one.grants,
    reaches: one.reaches,
  }
}

const from = `read.account a
  left join read.tenant t on t.tenant_id = a.tenant_id and t.id = a.tenant_id
  left join private.account p on p.tenant_id = a.tenant_id and p.account_id = a.id
  left join read.person h on h.tenant_id = a.tenant_id and h.id = a.person_id`

const columns = `a.id, a.tenant_id, t.name as tenant_name, p.login, a.person_id, h.post, a.disabled, a.grants,
  (select s.version from core.stream s where s.tenant_id = a.tenant_id and s.stream_id = a.id) as version,
  coalesce((select json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name) from read.tenant r
    where r.tenant_id = any (array(select jsonb_array_elements_text(g -> 'scope' -> 'ids')::uuid
      from jsonb_array_elements(a.grants) as g where g #>> '{scope,kind}' = 'tenants'))), '[]') as reaches`

const inScope = '((a.div >= $1 and a.div < $2) or a.tenant_id = any($3::uuid[]))'
const found = `($4::text is null or t.name ilike '%' || $4 || '%' or p.login ilike '%' || $4 || '%' or h.post ilike '%' || $4 || '%')`

export type AccountFilter = {
  readonly search?: string | undefined
  /** Tenant and id of the last row seen. */
  readonly after?: readonly string[] | undefined
  readonly limit: number
}

export const pageOfAccounts = async ({ client, bounds }: ReadScope, { search, after, limit }: AccountFilter) => {
  const values = [bounds.lo, bounds.hi, bounds.tenants, likeText(search)]
  const { rows } = await client.query(
    `select ${columns} from ${from} where ${inScope} and ${found}
       and ($5::uuid is null or (a.tenant_id, a.id) > ($5, $6::uuid))
     order by a.tenant_id, a.id limit $7`,
    [...values, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  )
  const counted = await client.query<{ total: number }>(
    `select count(*)::int as total from (select from ${from} where ${inScope} and ${found} limit ${exactTotalLimit + 1}) as few`,
    values,
  )
  return { found: rows.map(shown), total: counted.rows[0]?.total ?? 0 }
}

export const findAccount = async ({ client, bounds }: ReadScope, tenantId: string, id: string) => {
  const { rows } = await client.query(
    `select ${columns} from ${from} where ${inScope} and a.tenant_id = $4 and a.id = $5`,
    [bounds.lo, bounds.hi, bounds.tenants, tenantId, id],
  )
  return rows.length > 0 ? shown(rows[0]) : undefined
}
