import { v7 as uuidv7 } from 'uuid'
import type { Actor } from '#domain/access/actor.ts'
import { type Outcome, ok } from '#domain/refusal.ts'
import { credentialsStreamOf } from '#server/accounts/commands.ts'
import { acceptablePassword, hashPassword } from '#server/accounts/password.ts'
import { reachableOf } from '#server/accounts/queries.ts'
import type { Platform } from '#server/platform/platform.ts'

export type Credentials = {
  readonly tenantId: string
  readonly accountId: string
  readonly login: string
  readonly password: string
  /** Given where a second sending must not be a second setting. */
  readonly commandId?: string
}

/** Gives an account what it signs in with. Whoever was signed in with the old password is not any more. */
export const setCredentialsOf = async (
  { read, execute }: Pick<Platform, 'read' | 'execute'>,
  actor: Actor,
  { tenantId, accountId, login, password, commandId = uuidv7() }: Credentials,
): Promise<Outcome<undefined>> => {
  const acceptable = acceptablePassword(password, login)
  if (!acceptable.ok) return acceptable
  const passwordHash = await hashPassword(password)
  const done = await execute(actor, {
    id: commandId,
    tenantId,
    streamId: credentialsStreamOf(accountId),
    act: 'account.credentials',
    body: { accountId },
    private: { login, passwordHash, reachable: await read(actor, (scope) => reachableOf(scope, tenantId, accountId)) },
  })
  return done.ok ? ok(undefined) : done
}
