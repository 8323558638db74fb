import { z } from 'zod'
import { registryHistory } from '#contract/registryHistory.ts'
import { mayReadRecord } from '#domain/ledger/mayReadRecord.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { historyOf } from '#server/org/registryHistory.ts'
import { readCursor } from '#server/platform/cursor.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'
import { shownPage } from '#server/platform/shownPage.ts'

/** Version of the last change seen. */
const changeKey = z.tuple([z.string().regex(/^\d{1,9}$/)])

export const historyRoutes = ({ read, rulebook }: Platform): readonly Mounted[] => [
  guarded(registryHistory, async ({ caller: { actor }, params, query }) => {
    const allowed = mayReadRecord(actor, params.kind)
    if (!allowed.ok) return allowed
    const after = readCursor(query.after, changeKey)
    if (!after.ok) return after
    const { limit } = query
    const before = after.value && Number(after.value[0])
    return read(actor, async (scope) => {
      const { found, total } = await historyOf(scope, params, { before, limit, permitKinds: rulebook.permitKinds })
      return total === 0
        ? refuse({ code: 'not-found', message: '没有这条登记，或者不在您的管辖范围', remedy: '从名录中选择' })
        : ok(shownPage(found, { limit, total, keyOf: ({ version }) => [String(version)] }))
    })
  }),
]
