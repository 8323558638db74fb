import { z } from 'zod'
import type { Actor } from '#domain/access/actor.ts'
import { mayHandOut } from '#domain/access/handOut.ts'
import { account } from '#domain/org/account.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { acceptablePassword, hashPassword } from '#server/accounts/password.ts'
import { claimNames } from '#server/platform/claims.ts'
import { heldDivision } from '#server/platform/load.ts'
import type { Platform } from '#server/platform/platform.ts'
import { beginWithin } from '#server/platform/scope.ts'

export type Credentials = {
  readonly tenantId: string
  readonly accountId: string
  readonly login: string
  readonly password: string
}

const found = z.object({ grants: account.shape.grants, reachable: z.array(z.string()) })

/**
 * What an account signs in with is private data, not an act: it is written straight to its table, and no hash of it
 * enters the log. The account itself must stand within the actor's scope.
 */
export const setCredentialsOf = async (
  { pool, realClock }: Pick<Platform, 'pool' | 'realClock'>,
  actor: Pick<Actor, 'scope'>,
  given: Credentials,
): Promise<Outcome<undefined>> => {
  const acceptable = acceptablePassword(given.password, given.login)
  if (!acceptable.ok) return acceptable
  const passwordHash = await hashPassword(given.password)
  const client = await pool.connect()
  try {
    await beginWithin(client, actor.scope, 'read write')
    const { rows } = await client.query(
      `select a.grants, coalesce((select array_agg(t.id::text) from read.tenant t
         where t.tenant_id = any (array(select jsonb_array_elements_text(g -> 'scope' -> 'ids')::uuid
           from jsonb_array_elements(a.grants) as g where g #>> '{scope,kind}' = 'tenants'))), '{}') as reachable
       from read.account a where a.tenant_id = $1 and a.id = $2`,
      [given.tenantId, given.accountId],
    )
    const div = await heldDivision(client, given.tenantId)
    if (rows.length === 0 || div === undefined) {
      await client.query('rollback')
      return refuse({ code: 'not-found', message: '没有这个账号，或者不在您的管辖范围', remedy: '先开设账号' })
    }
    const { grants, reachable } = found.parse(rows[0])
    const covered = mayHandOut(actor.scope, grants, (id) => reachable.includes(id))
    if (!covered.ok) {
      await client.query('rollback')
      return covered
    }
    const claimed = await claimNames(
      client,
      [
        {
          kind: 'login',
          value: given.login,
          taken: { message: `账号名“${given.login}”已经有人使用`, remedy: '换一个账号名' },
        },
      ],
      { tenantId: given.tenantId, streamId: given.accountId, div },
    )
    if (!claimed.ok) {
      await client.query('rollback')
      return claimed
    }
    await client.query(
      `insert into private.account (tenant_id, account_id, div, login, password_hash, updated_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (tenant_id, account_id) do update
       set login = $4, password_hash = $5, updated_at = $6`,
      [given.tenantId, given.accountId, div, given.login, passwordHash, realClock.now()],
    )
    // Whoever was signed in with the old password is not any more.
    await client.query('delete from machinery.session where account_id = $1', [given.accountId])
    await client.query('commit')
    return ok(undefined)
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
