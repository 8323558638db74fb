import { type Claims, isVouched, placeOf } from './claims.ts'
import { promisedTo, type SealedRows } from './promised.ts'
import type { Scene } from './scene.ts'
import { atPlace, type Place } from './strays.ts'
import { nameOf } from './words.ts'

type Unboxed = SealedRows & { readonly tenant_id: string; readonly stream_id: string; readonly version: number }

/** What a sealed row of the outbox says in the place of what it said when it was sealed counts as not said. */
const readUnboxed = async ({ db }: Scene, { outbox }: Claims): Promise<readonly Unboxed[]> => {
  const { rows } = await db.query<Unboxed>({
    name: 'fsck-unboxed',
    text: `with unboxed as (
       select e.tenant_id, e.stream_id, e.version from core.event e where not exists (
         select from ledger.outbox o where o.tenant = e.tenant_id and o.subject = e.stream_id and o.version = e.version)
       union select o.tenant, o.subject, o.version from ledger.outbox o where o.id = any($1::bigint[]) and not exists (
         select from ledger.outbox p where p.tenant = o.tenant and p.subject = o.subject and p.version = o.version
           and not (p.id = any($1::bigint[])))
     )
     select e.tenant_id, e.stream_id, e.version, to_jsonb(e) as event, encode(s.salt, 'base64') as salt,
       to_jsonb(c) || jsonb_build_object('hash', encode(c.hash, 'base64')) as command
     from unboxed join core.event e using (tenant_id, stream_id, version)
     left join private.leaf_salt s on s.tenant_id = e.tenant_id and s.stream_id = e.stream_id and s.version = e.version
     left join core.command c on c.tenant_id = e.tenant_id and c.id = e.command_id`,
    values: [[...outbox]],
  })
  return rows
}

/** Events that no row of the outbox speaks of. Gives those that nothing vouches for. */
export const checkUnboxed = async (scene: Scene, claims: Claims): Promise<readonly Place[]> => {
  const strays: Place[] = []
  for (const row of await readUnboxed(scene, claims)) {
    const { tenant_id: tenantId, stream_id: streamId, version } = row
    if (claims.places.has(placeOf(tenantId, streamId, version))) continue
    const sealed = promisedTo(scene.keys, row)
    // A leaf that is in the log has its own event.
    if (
      !sealed ||
      (await isLogged(scene, claims, sealed.leafHash)) ||
      claims.hashes.has(sealed.leafHash.toString('hex'))
    ) {
      strays.push({ tenant: tenantId, stream: streamId, version })
      continue
    }
    const place = { table: 'ledger.outbox', tenantId, streamId, version }
    scene.tell({
      kind: 'rowMissing',
      ...place,
      message: `${nameOf(place)}：签过回执，待存证箱里却没有它`,
      mends: [
        {
          phase: 'records',
          key: `outbox ${placeOf(tenantId, streamId, version)}`,
          step: `补写${nameOf(place)}`,
          run: async ({ db }) => {
            await db.query(
              `insert into ledger.outbox (leaf, leaf_hash, at, tenant, subject, version, sealing)
               select $4, $5, received_at, tenant_id, stream_id, version, $6 from core.event where ${atPlace}`,
              [tenantId, streamId, version, sealed.leaf, sealed.leafHash, sealed.sealing],
            )
          },
        },
      ],
    })
  }
  return strays
}

const isLogged = async ({ db }: Scene, claims: Claims, hash: Buffer): Promise<boolean> => {
  const { rows } = await db.query<{ earlier: boolean; idx: number }>(
    `select log < (select max(number) from ledger.log) as earlier, idx::float8 as idx from ledger.entry where leaf_hash = $1`,
    [hash],
  )
  return rows.some(({ earlier, idx }) => earlier || isVouched(claims, [idx]))
}
