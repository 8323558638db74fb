import { QueryClient } from '@tanstack/react-query'
import type { Answer } from '#contract/client.ts'
import { noteReached } from '#web/field/connection/reach.ts'
import { api } from '#web/parts/api.ts'

/** A call of the contract's client; whether it got through at all is noted for the notice at the top. */
export const ask: typeof api.call = async (route, parts) => {
  const answer: Answer<typeof route> = await api.call(route, parts)
  noteReached(answer.ok || answer.problem.status !== 0)
  return answer
}

/** Reads are kept on the screen while a new one is on its way or cannot get through. */
export const queries = new QueryClient({
  defaultOptions: { queries: { networkMode: 'always', retry: 1, staleTime: 10_000, refetchOnReconnect: true } },
})
