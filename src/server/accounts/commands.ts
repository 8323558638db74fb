import { v5 as uuidv5 } from 'uuid'
import { z } from 'zod'
import { mayHandOut } from '#domain/access/handOut.ts'
import { account } from '#domain/org/account.ts'
import { lastValue } from '#domain/org/registry.ts'
import { ok, refuse } from '#domain/refusal.ts'
import type { Capability, Command, StreamRef } from '#server/platform/stream.ts'
import { validated } from '#server/platform/validated.ts'

const body = z.object({ accountId: z.uuid() })

/** Never in the event; `reachable`: which tenants of the account's grants lie within the giver's reach. */
const privately = z.object({ login: z.string(), passwordHash: z.string(), reachable: z.array(z.string()) })

/** Beside the account's own stream: a new password is no change of its posts that another's form must be shown. */
export const credentialsStreamOf = (accountId: string): string => uuidv5('credentials', accountId)

const accountIn = (command: Command): StreamRef => ({
  kind: 'account',
  tenantId: command.tenantId,
  streamId: body.parse(command.body).accountId,
})

/**
 * Who gave an account its login and password, and when, is on record: whoever sets a principal's password could sign in
 * his place. The login and the hash themselves lie in private tables.
 */
export const credentialsCapability: Capability = {
  kind: 'credentials',
  acts: ['account.credentials'],
  tables: [],
  validate: (_act, given) => validated(body, given),
  reads: (command) => [accountIn(command)],
  series: () => undefined,
  divisionOf: () => undefined,
  decide: (_events, command, { actor, others }) => {
    const { streamId: accountId } = accountIn(command)
    const { login, passwordHash, reachable } = privately.parse(command.private)
    const standing = lastValue(account, others.get(accountId)?.events ?? [])
    if (!standing)
      return refuse({ code: 'not-found', message: '没有这个账号，或者不在您的管辖范围', remedy: '先开设账号' })
    const covered = mayHandOut(actor.scope, standing.grants, (id) => reachable.includes(id))
    if (!covered.ok) return covered
    return ok({
      events: [{ type: 'account.credentialsSet', v: 1, body: { accountId } }],
      private: [{ table: 'private.account', accountId, login, passwordHash }],
      claims: [
        { kind: 'login', value: login, taken: { message: `账号名“${login}”已经有人使用`, remedy: '换一个账号名' } },
      ],
    })
  },
  rows: () => [],
}
