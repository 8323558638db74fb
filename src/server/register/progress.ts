import type { Actor } from '#domain/access/actor.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { heldDivision } from '#server/platform/load.ts'
import { inOwnHouse } from '#server/register/ownHouse.ts'

export type Progress = {
  readonly total: number
  readonly written: number
  readonly state: 'running' | 'done' | 'broken'
}

/** Tells how far an export has come, in transactions of its own: its reading one shows nothing to others. */
export const tellProgress = (pool: DatabasePool, actor: Actor, id: string, now: () => Date) => {
  const tell = ({ total, written, state }: Progress): Promise<void> =>
    inOwnHouse(pool, actor, async (client) => {
      const div = await heldDivision(client, actor.homeTenantId)
      if (div === undefined) return
      await client.query(
        `insert into machinery.export_progress (tenant_id, id, div, account_id, total, written, state, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (tenant_id, id) do update set written = excluded.written, state = excluded.state, at = excluded.at`,
        [actor.homeTenantId, id, div, actor.accountId, total, written, state, now()],
      )
      if (state !== 'running')
        await client.query(
          `delete from machinery.export_progress where tenant_id = $1 and at < $2::timestamptz - interval '1 day'`,
          [actor.homeTenantId, now()],
        )
    })
  return tell
}

export const progressOf = (pool: DatabasePool, actor: Actor, id: string): Promise<Progress | undefined> =>
  inOwnHouse(pool, actor, async (client) => {
    const { rows } = await client.query<Progress>(
      'select total, written, state from machinery.export_progress where tenant_id = $1 and id = $2 and account_id = $3',
      [actor.homeTenantId, id, actor.accountId],
    )
    return rows[0]
  })
