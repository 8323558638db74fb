import type { Actor } from '#domain/access/actor.ts'
import type { Corrections } from '#domain/importing/header.ts'
import type { ImportKindName } from '#domain/importing/kinds/kinds.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { keepWithin } from '#server/platform/keep.ts'
import { heldDivision } from '#server/platform/load.ts'
import type { ReadScope } from '#server/platform/read.ts'

/** What people of this unit said its headers mean. */
export const rememberedCorrections = async (
  { client }: ReadScope,
  tenantId: string,
  kind: ImportKindName,
): Promise<Corrections> => {
  const { rows } = await client.query<{ header: string; key: string | null }>(
    'select header, key from machinery.import_correction where tenant_id = $1 and kind = $2 order by header limit 2000',
    [tenantId, kind],
  )
  return Object.fromEntries(rows.map(({ header, key }) => [header, key]))
}

/** An empty key takes back what was said of the header. */
export const rememberCorrections = async (
  pool: DatabasePool,
  actor: Actor,
  kind: ImportKindName,
  corrections: Corrections,
): Promise<void> => {
  const said = Object.entries(corrections)
  if (said.length === 0) return
  await keepWithin(pool, actor, async (client) => {
    const div = await heldDivision(client, actor.homeTenantId)
    const kept = said.filter(([, key]) => key !== '')
    await client.query(
      'delete from machinery.import_correction where tenant_id = $1 and kind = $2 and header = any($3::text[])',
      [actor.homeTenantId, kind, said.map(([header]) => header)],
    )
    // A unit outside the scope of the present post remembers nothing; its import works all the same.
    if (div !== undefined && kept.length > 0)
      await client.query(
        `insert into machinery.import_correction (tenant_id, kind, header, div, key)
         select $1, $2, header, $3, key from unnest($4::text[], $5::text[]) as g(header, key)
         on conflict (tenant_id, kind, header) do update set key = excluded.key`,
        [actor.homeTenantId, kind, div, kept.map(([header]) => header), kept.map(([, key]) => key)],
      )
  })
}
