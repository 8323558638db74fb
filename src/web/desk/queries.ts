import { QueryCache, QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { CallOf, ReplyOf, Route } from '#contract/route.ts'
import { api, isSignedOut, must, ProblemError } from '#web/parts/api.ts'

export const sessionKey = ['session'] as const

/**
 * A session that ended on the server shows as no session: sign-in takes the page's place and the address stays, so one
 * comes back to where one was.
 */
export const markSignedOut = (error: unknown): void => {
  if (error instanceof ProblemError && isSignedOut(error.problem)) queries.setQueryData(sessionKey, null)
}

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: markSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // Only a broken line is worth asking again by itself; a refusal stays a refusal.
      retry: (count, error) => count < 2 && error instanceof ProblemError && error.problem.status === 0,
    },
  },
})

type Readable<R extends Route> = R & { reply: z.ZodType<ReplyOf<R>> }
type Parts = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }

export const keyOf = (route: Route, parts: object = {}) => [route.path, parts] as const

/** One read of the contract, kept under its path and parts. */
export const useAnswer = <R extends Route>(
  route: Readable<R>,
  parts: CallOf<R> & Parts,
  {
    enabled = true,
    staleTime,
    askAgain,
  }: {
    enabled?: boolean
    staleTime?: number
    /** In how many milliseconds to ask again by itself, seeing the answer and how many there were; false for never. */
    askAgain?: (answer: ReplyOf<R> | undefined, answers: number) => number | false
  } = {},
) =>
  useQuery({
    queryKey: keyOf(route, parts),
    queryFn: async () => must(await api.call(route, parts)),
    enabled,
    ...(staleTime !== undefined && { staleTime }),
    ...(askAgain && {
      refetchInterval: ({ state }: { state: { data: ReplyOf<R> | undefined; dataUpdateCount: number } }) =>
        askAgain(state.data, state.dataUpdateCount),
    }),
  })

export type KeyedPage<T> = {
  readonly items: readonly T[]
  readonly next?: string | undefined
  readonly total: number
  readonly totalIsExact: boolean
}

/** A list paged by key: the next page begins after the last row seen. */
export const usePages = <T>(key: readonly unknown[], load: (after: string | undefined) => Promise<KeyedPage<T>>) =>
  useInfiniteQuery({
    queryKey: [...key, 'pages'],
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: KeyedPage<T>) => last.next,
  })
