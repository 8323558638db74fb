import { QueryClient } from '@tanstack/react-query'
import type { Answer } from '#contract/client.ts'
import type { Problem } from '#contract/problem.ts'
import { signIn } from '#contract/session.ts'
import { noteReached } from '#web/field/connection/reach.ts'
import { api, isSignedOut } from '#web/parts/api.ts'

/** Reads are kept on the screen while a new one is on its way or cannot get through. */
export const queries = new QueryClient({
  defaultOptions: { queries: { networkMode: 'always', retry: 1, staleTime: 10_000, refetchOnReconnect: true } },
})

export const sessionKey = ['session']

/** What an answer says beside its content: whether the server was reached, and whether it still knows who asks. */
export const noteAnswer = (problem: Problem | undefined): void => {
  noteReached(problem?.status !== 0)
  if (problem && isSignedOut(problem)) void queries.invalidateQueries({ queryKey: sessionKey })
}

/** A call of the contract's client, with what its answer says noted. */
export const ask: typeof api.call = async (route, parts) => {
  const answer: Answer<typeof route> = await api.call(route, parts)
  const aboutSession = route.path === signIn.path
  if (answer.ok || !aboutSession) noteAnswer(answer.ok ? undefined : answer.problem)
  else noteReached(answer.problem.status !== 0)
  return answer
}
