import type { PoolClient } from 'pg'
import type { PrivateRow } from '#server/platform/stream.ts'

type Place = { readonly tenantId: string; readonly div: string; readonly now: Date }

/** Private data lies apart from the events, in the same transaction: erasable without touching the log. */
export const writePrivate = async (client: PoolClient, rows: readonly PrivateRow[], place: Place): Promise<void> => {
  const upserts = rows.map((row) => ({
    name: 'private-person',
    text: `insert into private.person (tenant_id, person_id, div, name, phone, updated_at) values ($1, $2, $3, $4, $5, $6)
      on conflict (tenant_id, person_id) do update
      set name = excluded.name, phone = excluded.phone, updated_at = excluded.updated_at, div = excluded.div`,
    values: [place.tenantId, row.personId, place.div, row.name ?? null, row.phone ?? null, place.now],
  }))
  await Promise.all(upserts.map((upsert) => client.query(upsert)))
}
