import type { PoolClient } from 'pg'
import type { ReadColumns } from '#server/platform/project.ts'
import { shadowOf, shadowSchema } from './shadow.ts'

export type RowKey = { readonly tenantId: string; readonly id: string }

/** What a read table held against what its events say. Counts are exact; keys are named up to a limit. */
export type TableDifference = {
  readonly table: string
  readonly rows: number
  readonly missing: number
  readonly extra: number
  readonly different: number
  readonly missingKeys: readonly RowKey[]
  readonly extraKeys: readonly RowKey[]
  readonly differentKeys: readonly (RowKey & { readonly columns: readonly string[] })[]
}

const named = 20

type Client = Pick<PoolClient, 'query'>

/**
 * Marks every key whose row is not byte for byte the same on both sides: `*<>` compares stored images, so that 1.0 in
 * the place of 1 counts too.
 */
export const suspectDifferences = async (client: Client, table: string): Promise<void> => {
  await client.query(
    `insert into ${shadowSchema}.suspect
     select $1, coalesce(s.tenant_id, r.tenant_id), coalesce(s.id, r.id)
     from ${shadowOf(table)} s full join ${table} r on r.tenant_id = s.tenant_id and r.id = s.id
     where s.id is null or r.id is null or s.* *<> r.*`,
    [table],
  )
}

/** Suspects once more, now that nothing moves: what differs, and in which columns. */
const differing = (table: string): string => `
  select k.tenant_id, k.id, case when r.id is null then 'missing' when s.id is null then 'extra' else 'different' end as what,
    case when s.id is not null and r.id is not null then
      (select array_agg(a.key order by a.key) from jsonb_each(to_jsonb(s)) a join jsonb_each(to_jsonb(r)) b using (key)
       where a.value::text <> b.value::text) end as columns
  from ${shadowSchema}.suspect k
  left join ${shadowOf(table)} s on s.tenant_id = k.tenant_id and s.id = k.id
  left join ${table} r on r.tenant_id = k.tenant_id and r.id = k.id
  where k.table_name = '${table}' and (s.id is null) <> (r.id is null)
    or k.table_name = '${table}' and s.id is not null and r.id is not null and s.* *<> r.*`

type Found = {
  readonly tenant_id: string
  readonly id: string
  readonly what: 'missing' | 'extra' | 'different'
  readonly columns: string[] | null
}

const keyOf = ({ tenant_id, id }: Found): RowKey => ({ tenantId: tenant_id, id })

export const differenceOf = async (client: Client, table: string): Promise<TableDifference> => {
  const { rows: counts } = await client.query<{ what: Found['what']; count: number }>(
    `select what, count(*)::int as count from (${differing(table)}) found group by what`,
  )
  const { rows: found } = await client.query<Found>(
    `select tenant_id, id, what, columns from (
       select *, row_number() over (partition by what order by tenant_id, id) as nth from (${differing(table)}) found
     ) numbered where nth <= ${named} order by what, tenant_id, id`,
  )
  const { rows: total } = await client.query<{ rows: number }>(`select count(*)::int as rows from ${shadowOf(table)}`)
  const count = (what: Found['what']) => counts.find((one) => one.what === what)?.count ?? 0
  const of = (what: Found['what']) => found.filter((one) => one.what === what)
  return {
    table,
    rows: total[0]?.rows ?? 0,
    missing: count('missing'),
    extra: count('extra'),
    different: count('different'),
    missingKeys: of('missing').map(keyOf),
    extraKeys: of('extra').map(keyOf),
    differentKeys: of('different').map((one) => ({ ...keyOf(one), columns: one.columns ?? [] })),
  }
}

/** Writes what differs, and only that: rows that were right are not touched. */
export const mendTable = async (client: Client, table: string, columns: ReadColumns): Promise<void> => {
  const shadow = shadowOf(table)
  const all = columns.get(table) ?? []
  const changed = all.filter((column) => column !== 'tenant_id' && column !== 'id')
  const suspected = (alias: string) =>
    `exists (select from ${shadowSchema}.suspect k where k.table_name = '${table}' and k.tenant_id = ${alias}.tenant_id and k.id = ${alias}.id)`
  await client.query(
    `delete from ${table} r where ${suspected('r')}
     and not exists (select from ${shadow} s where s.tenant_id = r.tenant_id and s.id = r.id)`,
  )
  await client.query(
    `insert into ${table} (${all.join(', ')}) select ${all.map((column) => `s.${column}`).join(', ')} from ${shadow} s
     left join ${table} r on r.tenant_id = s.tenant_id and r.id = s.id
     where ${suspected('s')} and (r.id is null or s.* *<> r.*)
     on conflict (tenant_id, id) do update set ${changed.map((column) => `${column} = excluded.${column}`).join(', ')}`,
  )
}
