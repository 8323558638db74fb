import { useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { listMines } from '#contract/org.ts'
import { sideOf } from '#domain/access/role.ts'
import { ask } from '#web/field/connection/ask.ts'
import { remembered } from '#web/field/connection/remembered.ts'
import { useSession } from '#web/field/session/session.tsx'
import { must } from '#web/parts/api.ts'

export type MineChoice = { readonly id: string; readonly name: string }

const mineChoice = z.object({ id: z.string(), name: z.string() })

/** The mines one can report for: those of the grant. At a single mine nobody is asked which. */
export const useMines = (): readonly MineChoice[] => {
  const { accountId, grant } = useSession()
  const only =
    sideOf(grant.role) === 'mine' && grant.scope.kind === 'tenants' && grant.scope.ids.length === 1
      ? grant.scope.ids[0]
      : undefined
  const kept = remembered(`bihuan.mines.${accountId}`, z.array(mineChoice))
  const { data } = useQuery({
    queryKey: ['mines', accountId, grant.role],
    queryFn: async () => {
      const { items } = must(await ask(listMines, { query: { limit: 200 } }))
      const mines = items.map(({ id, name }) => ({ id, name }))
      kept.write(mines)
      return mines
    },
    enabled: only === undefined,
    placeholderData: kept.read,
    staleTime: 600_000,
  })
  return only ? [{ id: only, name: grant.scopeTitle }] : (data ?? [])
}
