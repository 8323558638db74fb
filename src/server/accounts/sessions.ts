import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type Actor, type Grant, scope as scopeSchema } from '#domain/access/actor.ts'
import { roleNames } from '#domain/access/role.ts'
import { grant } from '#domain/org/account.ts'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import type { Caller } from '#server/platform/http/mounted.ts'

/** A shift and a half; a phone in the pit stays signed in for the day, a desk is signed out over night. */
export const lifetimeHours = 16

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

const stored = z.object({
  account_id: z.string(),
  login: z.string(),
  home_tenant_id: z.string(),
  person_id: z.string().nullable(),
  role: z.enum(roleNames),
  scope: scopeSchema,
  grants: z.array(grant),
})

export type SessionOwner = {
  readonly accountId: string
  readonly login: string
  readonly homeTenantId: string
  readonly personId?: string | undefined
}

/** Opaque token to the client, its SHA-256 to the table: whoever reads the table cannot sign in with it. What has run out goes. */
export const openSession = async (
  pool: DatabasePool,
  owner: SessionOwner,
  grant: Grant,
  now: Date,
): Promise<string> => {
  const token = randomBytes(32).toString('base64url')
  const expires = new Date(now.getTime() + lifetimeHours * 3_600_000)
  await pool.query(
    `with expired as (delete from machinery.session where expires_at < $8)
     insert into machinery.session (token_hash, account_id, login, home_tenant_id, person_id, role, scope, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      hashOf(token),
      owner.accountId,
      owner.login,
      owner.homeTenantId,
      owner.personId ?? null,
      grant.role,
      JSON.stringify(grant.scope),
      now,
      expires,
    ],
  )
  return token
}

export const findCaller = async (pool: DatabasePool, token: string, now: Date): Promise<Caller | undefined> => {
  const { rows } = await pool.query({
    name: 'session-actor',
    text: 'select account_id, login, home_tenant_id, person_id, role, scope, grants from machinery.session_actor($1, $2)',
    values: [hashOf(token), now],
  })
  if (rows.length === 0) return undefined
  const found = stored.parse(rows[0])
  const actor: Actor = {
    accountId: found.account_id,
    homeTenantId: found.home_tenant_id,
    ...(found.person_id && { personId: found.person_id }),
    role: found.role,
    scope: found.scope,
  }
  return { actor, sessionToken: token, login: found.login, grants: found.grants }
}

export const changeGrant = async (pool: DatabasePool, token: string, grant: Grant): Promise<void> => {
  await pool.query('update machinery.session set role = $2, scope = $3 where token_hash = $1', [
    hashOf(token),
    grant.role,
    JSON.stringify(grant.scope),
  ])
}

export const closeSession = async (pool: DatabasePool, token: string): Promise<void> => {
  await pool.query('delete from machinery.session where token_hash = $1', [hashOf(token)])
}
