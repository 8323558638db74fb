import { useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { listHazards, readHazard } from '#contract/hazard.ts'
import { readHome } from '#contract/home.ts'
import { readReceipts } from '#contract/ledger.ts'
import { listCriteria } from '#contract/notice.ts'
import { listPeople } from '#contract/org.ts'
import { ask } from '#web/field/connection/ask.ts'
import { remembered } from '#web/field/connection/remembered.ts'
import { useSession } from '#web/field/session/session.tsx'
import { must } from '#web/parts/api.ts'
import { askAgainMs, isOnItsWay } from '#web/parts/ledgerWords.ts'

export const useHome = () => {
  const { accountId, grant } = useSession()
  return useQuery({
    queryKey: ['home', accountId, grant.role, grant.scope],
    queryFn: async () => must(await ask(readHome, {})),
  })
}

export const hazardQuery = (tenantId: string, id: string) => ({
  queryKey: ['hazard', tenantId, id],
  queryFn: async () => must(await ask(readHazard, { params: { tenantId, id } })),
})

export const useHazard = (tenantId: string, id: string) => useQuery(hazardQuery(tenantId, id))

/** Where the records of a hazard lie in the log; asked for again until the last of `upTo` is in it. */
export const useReceipts = (tenantId: string, streamId: string, upTo: number) =>
  useQuery({
    queryKey: ['receipts', tenantId, streamId],
    queryFn: async () => must(await ask(readReceipts, { params: { tenantId, streamId } })).items,
    refetchInterval: ({ state }) => (isOnItsWay(state.data, upTo) ? askAgainMs(state.dataUpdateCount) : false),
  })

export const useMyReports = () => {
  const { accountId } = useSession()
  return useQuery({
    queryKey: ['myReports', accountId],
    queryFn: async () => must(await ask(listHazards, { query: { reportedByMe: 'true', limit: 50 } })).items,
  })
}

export const useHazardsOf = (mineId: string) =>
  useQuery({
    queryKey: ['hazards', mineId],
    queryFn: async () => must(await ask(listHazards, { query: { mineId, limit: 100 } })).items,
    staleTime: 60_000,
  })

const mostPlaces = 8

/** Places that recent hazards of this mine named, newest first; kept for the pit, where there is no signal. */
export const usePlaces = (mineId: string): readonly string[] => {
  const kept = remembered(`bihuan.places.${mineId}`, z.array(z.string()))
  const { data } = useQuery({
    queryKey: ['places', mineId],
    queryFn: async () => {
      const { items } = must(await ask(listHazards, { query: { mineId, limit: 50 } }))
      const places = [...new Set(items.flatMap(({ place }) => place ?? []))].slice(0, mostPlaces)
      kept.write(places)
      return places
    },
    enabled: mineId !== '',
    placeholderData: kept.read,
    staleTime: 300_000,
  })
  return data ?? []
}

const activeOf = async (tenantId: string) =>
  must(await ask(listPeople, { params: { tenantId } })).items.filter(({ active }) => active)

/** Whom a record can name: the people of one's own unit first, then those of the mine it is about. */
export const usePeople = (tenantId: string) => {
  const { homeTenantId } = useSession()
  return useQuery({
    queryKey: ['people', homeTenantId, tenantId],
    queryFn: async () =>
      (await Promise.all([...new Set([homeTenantId, tenantId])].map((unit) => activeOf(unit)))).flat(),
    staleTime: 300_000,
  })
}

export const useCriteria = (mineId: string, on: string) =>
  useQuery({
    queryKey: ['criteria', mineId, on],
    queryFn: async () =>
      must(await ask(listCriteria, { query: { mineId, on } })).items.filter(({ applies }) => applies !== 'no'),
    staleTime: 600_000,
  })
