import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { currentSession, type SessionShown, sessionShown } from '#contract/session.ts'
import { ask, sessionKey as key, queries } from '#web/field/connection/ask.ts'
import { remembered } from '#web/field/connection/remembered.ts'
import { SignIn } from '#web/field/session/SignIn.tsx'
import { isSignedOut, must, ProblemError } from '#web/parts/api.ts'

/** Who last worked on this phone: without network the page opens for them; no token is kept, the cookie carries it. */
const lastSession = remembered('bihuan.session', sessionShown)

const SessionContext = createContext<SessionShown | undefined>(undefined)

export const useSession = (): SessionShown => {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside of SessionGate')
  return session
}

export const enter = (session: SessionShown): void => {
  lastSession.write(session)
  // What another post was shown is no longer to be seen; the page's own two reads stay watched.
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'app' })
  queries.setQueryData(key, session)
}

export const leave = (): void => {
  lastSession.forget()
  queries.clear()
}

/** Signed in: the app. Not: the sign-in page. Not known, because nothing gets through: as whoever was signed in last. */
export const SessionGate = ({ children }: { readonly children: ReactNode }) => {
  const { data, error, isPending } = useQuery({
    queryKey: key,
    queryFn: async () => {
      const session = must(await ask(currentSession, {}))
      lastSession.write(session)
      return session
    },
    retry: false,
    staleTime: 60_000,
  })
  if (isPending) return <p className="waiting">正在打开…</p>
  const signedOut = error instanceof ProblemError && isSignedOut(error.problem)
  const session = signedOut ? undefined : (data ?? lastSession.read())
  if (!session) return <SignIn onSignedIn={enter} unreachable={error !== null && !signedOut} />
  return <SessionContext value={session}>{children}</SessionContext>
}
