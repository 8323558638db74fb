import type { ReadScope } from '#server/platform/read.ts'

/** The tenants an account's grants name that lie within the reader's reach. */
export const reachableOf = async ({ client }: ReadScope, tenantId: string, accountId: string): Promise<string[]> => {
  const { rows } = await client.query<{ id: string }>(
    `select t.id from read.tenant t where t.tenant_id = any (array(
       select jsonb_array_elements_text(g -> 'scope' -> 'ids')::uuid
       from read.account a cross join jsonb_array_elements(a.grants) as g
       where a.tenant_id = $1 and a.id = $2 and g #>> '{scope,kind}' = 'tenants'))`,
    [tenantId, accountId],
  )
  return rows.map(({ id }) => id)
}

/** The names of tenants, for whoever's grants or home name them. */
export const tenantNames = async (
  { client }: ReadScope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await client.query<{ id: string; name: string }>(
    'select id, name from read.tenant where tenant_id = any($1::uuid[])',
    [ids],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
