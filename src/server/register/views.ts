import { z } from 'zod'
import type { ViewShown } from '#contract/register.ts'
import type { Actor } from '#domain/access/actor.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { columnKeys, isColumnKey, sorts } from '#domain/register/columns.ts'
import { filterShape } from '#domain/register/filter.ts'
import { mostViews, type View } from '#domain/register/view.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { heldDivision } from '#server/platform/load.ts'
import { inOwnHouse } from '#server/register/ownHouse.ts'

/** A view outlives columns and filters: what this version does not know is left out. */
const keptView = z.object({
  columns: z.array(z.string()).transform((keys) => keys.filter(isColumnKey)),
  filter: z.record(z.string(), z.string()),
  sort: z.enum(Object.keys(sorts) as [keyof typeof sorts, ...(keyof typeof sorts)[]]).catch('found'),
  descending: z.boolean().catch(true),
})

const shown = ({ id, name, doc }: { id: string; name: string; doc: unknown }): ViewShown => {
  const view = keptView.parse(doc)
  const known = Object.fromEntries(
    Object.entries(view.filter).filter(([key, value]) => filterShape.safeParse({ [key]: value }).success),
  )
  return {
    id,
    name,
    columns: view.columns.length > 0 ? view.columns : [columnKeys[0]],
    filter: filterShape.parse(known),
    sort: view.sort,
    descending: view.descending,
  }
}

export const viewsOf = (pool: DatabasePool, actor: Actor): Promise<ViewShown[]> =>
  inOwnHouse(pool, actor, async (client) => {
    const { rows } = await client.query<{ id: string; name: string; doc: unknown }>(
      `select id, name, doc from machinery.register_view where tenant_id = $1 and account_id = $2 order by name, id limit ${mostViews}`,
      [actor.homeTenantId, actor.accountId],
    )
    return rows.map(shown)
  })

const tooMany: Outcome<never> = refuse({
  code: 'too-many-views',
  message: `最多保存 ${mostViews} 个视图`,
  remedy: '先删去不用的视图',
})

const nameTaken = (name: string): Outcome<never> =>
  refuse({ code: 'view-name-taken', message: `已经有一个视图叫“${name}”`, remedy: '换一个名称，或者改那一个视图' })

export const keepView = (pool: DatabasePool, actor: Actor, id: string, view: View): Promise<Outcome<ViewShown>> =>
  inOwnHouse(pool, actor, async (client) => {
    const { homeTenantId, accountId } = actor
    const div = await heldDivision(client, homeTenantId)
    const { rows } = await client.query<{ others: number; named: boolean }>(
      `select count(*)::int as others, coalesce(bool_or(name = $4), false) as named
       from machinery.register_view where tenant_id = $1 and account_id = $2 and id <> $3`,
      [homeTenantId, accountId, id, view.name],
    )
    if (rows[0]?.named) return nameTaken(view.name)
    if (div === undefined || (rows[0]?.others ?? 0) >= mostViews) return tooMany
    const { name, ...doc } = view
    await client.query(
      `insert into machinery.register_view (tenant_id, account_id, id, div, name, doc) values ($1, $2, $3, $4, $5, $6)
       on conflict (tenant_id, account_id, id) do update set name = excluded.name, doc = excluded.doc`,
      [homeTenantId, accountId, id, div, name, JSON.stringify(doc)],
    )
    return ok({ id, ...view })
  })

export const dropView = (pool: DatabasePool, actor: Actor, id: string): Promise<boolean> =>
  inOwnHouse(pool, actor, async (client) => {
    const { rowCount } = await client.query(
      'delete from machinery.register_view where tenant_id = $1 and account_id = $2 and id = $3',
      [actor.homeTenantId, actor.accountId, id],
    )
    return rowCount === 1
  })
