import { listCriteria, readLifeCycle, readNotice } from '#contract/notice.ts'
import { applicability } from '#domain/criteria/applicability.ts'
import { criteriaInForce } from '#domain/criteria/inForce.ts'
import { type RegulationRow, regulationRows } from '#domain/hazard/regulation.ts'
import { ok, refuse } from '#domain/refusal.ts'
import { subjectOf } from '#server/notice/queries.ts'
import { showNotice } from '#server/notice/show.ts'
import { businessDate } from '#server/platform/clock.ts'
import { guarded, type Mounted } from '#server/platform/http/mounted.ts'
import type { Platform } from '#server/platform/platform.ts'

/** The contract's arrays are plain; the domain's are read-only. */
const asRow = ({ from, who, needs, ...row }: RegulationRow) => ({
  ...row,
  from: [...from],
  who: who.map(({ when, roles }) => ({ when, roles: [...roles] })),
  needs: needs.map(({ when, facts }) => ({ when, facts: [...facts] })),
})

export const noticeRoutes = (platform: Platform): readonly Mounted[] => {
  const { rulebook, read } = platform
  const today = () => businessDate(platform.clock.now())

  return [
    guarded(readNotice, async () => {
      const notice = rulebook.notices[0]
      if (!notice)
        return refuse({ code: 'not-found', message: '规则库里没有通知', remedy: '在 rulebook/notices 里加上' })
      return ok(showNotice(notice, today()))
    }),
    guarded(listCriteria, async ({ caller, query }) => {
      const { mineId } = query
      const subject = mineId ? await read(caller.actor, (scope) => subjectOf(scope, mineId)) : undefined
      if (mineId && !subject)
        return refuse({ code: 'not-found', message: '没有这座矿，或者不在您的管辖范围', remedy: '从名录中选择' })
      const { packs } = criteriaInForce(rulebook, query.on ?? today())
      return ok({
        items: packs.flatMap((pack) =>
          pack.criteria.map((criterion) => {
            const applied = subject ? applicability({ criterion }, subject, rulebook.facts) : { applies: true as const }
            return {
              code: criterion.code,
              title: criterion.title,
              text: [...new Set([criterion.text, ...criterion.situations.map(({ text }) => text)])].join('\n'),
              mineType: criterion.mineType,
              packTitle: pack.title,
              documentNumber: pack.documentNumber,
              applies:
                applied.applies === true
                  ? ('yes' as const)
                  : applied.applies === false
                    ? ('no' as const)
                    : ('unknown' as const),
              ...(applied.applies === false && { reason: applied.reason }),
              ...(applied.applies === 'unknown' && { missing: applied.missing.map(({ title }) => title) }),
            }
          }),
        ),
      })
    }),
    guarded(readLifeCycle, async () => ok({ rows: regulationRows().map(asRow) })),
  ]
}
