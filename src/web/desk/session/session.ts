import { useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { z } from 'zod'
import { appInfo, currentSession, type SessionShown } from '#contract/session.ts'
import { may } from '#domain/access/policy.ts'
import { type Side, sideOf } from '#domain/access/role.ts'
import { queries, sessionKey, useAnswer } from '#web/desk/queries.ts'
import { api, isSignedOut, ProblemError } from '#web/parts/api.ts'

export type AppInfo = z.output<typeof appInfo.reply>

export const useAppInfo = () => useAnswer(appInfo, {}, { staleTime: 300_000 })

export const useCurrentSession = () =>
  useQuery({
    queryKey: sessionKey,
    queryFn: async (): Promise<SessionShown | null> => {
      const answer = await api.call(currentSession, {})
      if (answer.ok) return answer.value
      if (isSignedOut(answer.problem)) return null
      throw new ProblemError(answer.problem)
    },
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Another grant sees other rows: nothing read before may stay. */
export const enter = (session: SessionShown | null): void => {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] && queryKey[0] !== appInfo.path })
  queries.setQueryData(sessionKey, session)
}

export type Standing = { readonly session: SessionShown; readonly app: AppInfo; readonly side: Side }

export const StandingContext = createContext<Standing | undefined>(undefined)

/** Who is signed in, in which capacity, on which business day. Only below the gate. */
export const useStanding = (): Standing => {
  const standing = useContext(StandingContext)
  if (!standing) throw new Error('useStanding is called outside the gate')
  return standing
}

export const standingOf = (session: SessionShown, app: AppInfo): Standing => ({
  session,
  app,
  side: sideOf(session.grant.role),
})

/** Whether the present post has the right at all; the server decides, this only spares a button that would be refused. */
export const useMay = (act: string): boolean => {
  const { session } = useStanding()
  const { accountId, homeTenantId, grant } = session
  return may({ accountId, homeTenantId, role: grant.role, scope: grant.scope }, act).ok
}
