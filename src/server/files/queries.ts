import type { FileShown } from '#contract/file.ts'
import type { Actor } from '#domain/access/actor.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { keepWithin } from '#server/platform/keep.ts'
import { heldDivision } from '#server/platform/load.ts'
import type { ReadScope } from '#server/platform/read.ts'

export type FileMeta = FileShown & { readonly tenantId: string }

/** Writes down who may see the content; the same content uploaded twice stays one row. */
export const registerFile = (
  pool: DatabasePool,
  actor: Actor,
  file: FileMeta,
  now: Date,
): Promise<'registered' | 'unknownTenant'> =>
  keepWithin(pool, actor, async (client) => {
    const div = await heldDivision(client, file.tenantId)
    if (div === undefined) return 'unknownTenant'
    await client.query(
      `insert into core.file (tenant_id, sha256, div, name, mime, kind, size, captured_at, uploaded_by, uploaded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (tenant_id, sha256) do nothing`,
      [
        file.tenantId,
        file.sha256,
        div,
        file.name,
        file.mime,
        file.kind,
        file.size,
        file.capturedAt ?? null,
        actor.accountId,
        now,
      ],
    )
    return 'registered'
  })

export const findFile = async ({ client }: ReadScope, tenantId: string, sha256: string) => {
  const { rows } = await client.query<{ name: string; mime: string; kind: string }>(
    'select name, mime, kind from core.file where tenant_id = $1 and sha256 = $2',
    [tenantId, sha256],
  )
  return rows[0]
}

export const isKnownTenant = async ({ client }: ReadScope, tenantId: string): Promise<boolean> => {
  const { rows } = await client.query('select from read.tenant where tenant_id = $1 and id = $1', [tenantId])
  return rows.length > 0
}
