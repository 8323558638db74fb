import { useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { listPeople } from '#contract/org.ts'
import { listSelfChecks, readSelfCheck, type SheetShown } from '#contract/selfCheck.ts'
import { may } from '#domain/access/policy.ts'
import { sideOf } from '#domain/access/role.ts'
import { ask } from '#web/field/connection/ask.ts'
import { remembered } from '#web/field/connection/remembered.ts'
import { useOutbox } from '#web/field/outbox/outbox.ts'
import { isAnswer, type PendingAnswer } from '#web/field/outbox/pending.ts'
import { keepSheet, keptSheet, sheetKey } from '#web/field/selfCheck/kept.ts'
import type { SheetRef } from '#web/field/selfCheck/paths.ts'
import { savedAnswerOf } from '#web/field/selfCheck/savedAnswer.ts'
import { useSession } from '#web/field/session/session.tsx'
import { must } from '#web/parts/api.ts'
import { ownAnswer, withAnswers } from '#web/parts/sheet.ts'

const useMay = (act: string): boolean => {
  const { accountId, homeTenantId, grant } = useSession()
  return sideOf(grant.role) === 'mine' && may({ accountId, homeTenantId, role: grant.role, scope: grant.scope }, act).ok
}

/** Whether this post goes round the mine at all. */
export const useGoesRound = (): boolean => useMay('selfCheck.answer')

export const useMaySubmit = (): boolean => useMay('selfCheck.submit')

const due = z.array(z.object({ mineId: z.string(), mineName: z.string(), month: z.string() }))

/** The mines of this post that owe this month a self-check. */
export const useDueChecks = () => {
  const { accountId, grant } = useSession()
  const kept = remembered(`bihuan.checks.${accountId}`, due)
  return useQuery({
    queryKey: ['checks', accountId, grant.role, grant.scope],
    queryFn: async () => {
      const { items } = must(await ask(listSelfChecks, { query: { limit: 20 } }))
      const found = items.map(({ mineId, mineName, month }) => ({ mineId, mineName, month }))
      kept.write(found)
      return found
    },
    enabled: useGoesRound(),
    placeholderData: kept.read,
    staleTime: 300_000,
  })
}

export type SheetHere = {
  /** With the answers that still lie in this phone. */
  readonly sheet: SheetShown
  /** Given on this phone and not yet acknowledged. */
  readonly waiting: readonly PendingAnswer[]
}

/** The sheet as this phone knows it: what the server had last, and on top what was answered here since. */
export const useSheet = (ref: SheetRef, { afresh = false }: { readonly afresh?: boolean } = {}) => {
  const { accountId, grant } = useSession()
  const { commands } = useOutbox()
  const read = useQuery({
    queryKey: sheetKey(accountId, ref),
    queryFn: async () => {
      const sheet = must(await ask(readSelfCheck, { params: ref }))
      keepSheet(accountId, sheet)
      return sheet
    },
    placeholderData: () => keptSheet(accountId, ref),
    staleTime: 60_000,
    ...(afresh && { refetchOnMount: 'always' as const }),
  })
  const waiting = commands
    .filter(isAnswer)
    .filter(
      (one) =>
        one.stage === 'waiting' &&
        one.accountId === accountId &&
        one.tenantId === ref.mineId &&
        one.month === ref.month,
    )
  const own = waiting.flatMap((one) => savedAnswerOf(one) ?? [])
  const here: SheetHere | undefined = read.data && {
    sheet: withAnswers(
      read.data,
      own.map((answer) => ownAnswer(answer, grant.roleTitle)),
    ),
    waiting,
  }
  return { here, error: read.error, isPending: read.isPending, isFetching: read.isFetching, refetch: read.refetch }
}

/** Whom at the mine the rest can be handed to: its people, by post. */
export const usePeopleOfMine = (mineId: string) =>
  useQuery({
    queryKey: ['peopleOfMine', mineId],
    queryFn: async () =>
      must(await ask(listPeople, { params: { tenantId: mineId } })).items.filter(({ active }) => active),
    staleTime: 300_000,
  })
