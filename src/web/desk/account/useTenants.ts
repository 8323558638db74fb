import { listMines } from '#contract/org.ts'
import type { AccountShown } from '#web/desk/account/AccountListPage.tsx'
import { useAnswer } from '#web/desk/queries.ts'
import { useStanding } from '#web/desk/session/session.ts'

/** Units an account can belong to: the mines, and the offices that hold an account already. */
export const useTenants = (accounts: readonly AccountShown[]) => {
  const { session } = useStanding()
  const mines = useAnswer(listMines, { query: { limit: 200 } }, { staleTime: 60_000 })
  const named = new Map([
    [session.homeTenantId, session.homeName],
    ...accounts.map(({ tenantId, tenantName }) => [tenantId, tenantName] as const),
    ...(mines.data?.items ?? []).map(({ id, name }) => [id, name] as const),
  ])
  return [...named].map(([value, label]) => ({ value, label }))
}
