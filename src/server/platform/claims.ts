import type { PoolClient } from 'pg'
import { type Outcome, ok } from '#domain/refusal.ts'
import type { Claim } from '#server/platform/stream.ts'

type Place = { readonly tenantId: string; readonly streamId: string; readonly div: string }

/**
 * Takes what must be unique across all tenants and releases what the stream no longer claims. A name that another
 * stream holds is a refusal, not a database error: the insert yields no row instead of failing the transaction.
 */
export const claimNames = async (
  client: PoolClient,
  claims: readonly Claim[],
  place: Place,
): Promise<Outcome<undefined>> => {
  await client.query({
    name: 'release-claims',
    text: `delete from core.claim where tenant_id = $1 and stream_id = $2
      and (kind, value) not in (select * from unnest($3::text[], $4::text[]))`,
    values: [place.tenantId, place.streamId, claims.map(({ kind }) => kind), claims.map(({ value }) => value)],
  })
  for (const claim of claims) {
    const { rowCount } = await client.query({
      name: 'take-claim',
      text: `insert into core.claim (kind, value, tenant_id, div, stream_id) values ($1, $2, $3, $4, $5)
        on conflict (kind, value) do nothing`,
      values: [claim.kind, claim.value, place.tenantId, place.div, place.streamId],
    })
    if (rowCount === 1) continue
    const { rows } = await client.query({
      name: 'own-claim',
      text: 'select from core.claim where kind = $1 and value = $2 and tenant_id = $3 and stream_id = $4',
      values: [claim.kind, claim.value, place.tenantId, place.streamId],
    })
    if (rows.length === 0) return { ok: false, refusal: { code: 'already-taken', ...claim.taken } }
  }
  return ok(undefined)
}
