import type { PoolClient } from 'pg'
import type { Scope } from '#domain/access/actor.ts'
import { divisionRange } from '#domain/divisionCode.ts'

/** What a list states as parameters beside the policies, for the planner. */
export type ScopeBounds = { readonly lo: string; readonly hi: string; readonly tenants: readonly string[] }

export const scopeBounds = (scope: Scope): ScopeBounds =>
  scope.kind === 'division' ? { ...divisionRange(scope.code), tenants: [] } : { lo: '', hi: '', tenants: scope.ids }

/** `isolation level repeatable read read only`: several statements that must see one and the same state. */
export type TransactionMode = 'read only' | 'read write' | 'isolation level repeatable read read only'

const setScope = {
  name: 'set-scope',
  text: `select set_config('bihuan.div_lo', $1, true), set_config('bihuan.div_hi', $2, true), set_config('bihuan.tenants', $3, true)`,
}

/**
 * Opens the transaction and tells row-level security how far it reaches. What follows may be sent without waiting for
 * the answer: statements of one connection run in order, and none sees anything before the scope is set.
 */
export const beginWithin = async (
  client: Pick<PoolClient, 'query'>,
  scope: Scope,
  mode: TransactionMode,
): Promise<void> => {
  const { lo, hi, tenants } = scopeBounds(scope)
  await Promise.all([
    client.query({ name: `begin ${mode}`, text: `begin ${mode}` }),
    client.query({ ...setScope, values: [lo, hi, tenants.join(',')] }),
  ])
}

/**
 * Runs `work` in a transaction it finds open; the work commits, the caller rolls back. Ends only when both have ended,
 * so that no statement is still under way on a client that goes back to the pool.
 */
export const within = async <T>(
  client: Pick<PoolClient, 'query'>,
  scope: Scope,
  mode: TransactionMode,
  work: () => Promise<T>,
): Promise<T> => {
  const opening = beginWithin(client, scope, mode)
  const working = work()
  await Promise.allSettled([opening, working])
  await opening
  return working
}
