import type { LawDuty, Obligation } from './obligation.ts'
import type { Report } from './report.ts'
import type { Setting } from './setting.ts'
import type { Place } from './yamlFile.ts'

export type KnownReferences = { readonly settings: readonly Setting[]; readonly citationIds: ReadonlySet<string> }

const counted = ['day', 'week', 'month', 'quarter', 'halfYear', 'year']

export const checkCitations = (
  cited: readonly string[],
  place: Place,
  { citationIds }: KnownReferences,
  report: Report,
): void => {
  for (const [at, id] of cited.entries())
    if (!citationIds.has(id))
      report([...place, at], `没有编号为 ${id} 的条款`, '在 law/citations.yaml 里加上，或者改成已有的编号')
}

/** What every duty is held to, of a notice or of the law: a rhythm that can be computed, settings and clauses that exist. */
export const checkDuty = (
  duty: Pick<LawDuty | Obligation, 'id' | 'deadline' | 'rhythm' | 'consequence'>,
  place: Place,
  known: KnownReferences,
  report: Report,
): void => {
  const { deadline, rhythm, consequence } = duty
  if (deadline?.from !== undefined && deadline.by !== undefined && deadline.by < deadline.from)
    report([...place, 'deadline', 'by'], `义务 ${duty.id} 的期限早于起日`, '改正其中一个日期')
  const setting = known.settings.find(({ key }) => key === deadline?.setting)
  if (deadline?.setting !== undefined && setting === undefined)
    report(
      [...place, 'deadline', 'setting'],
      `没有叫 ${deadline.setting} 的设置项`,
      '改成 standards/settings.yaml 里有的 key',
    )
  const isCounted = rhythm.some(({ every }) => counted.includes(every))
  if (deadline?.afterPeriodDays !== undefined && !isCounted)
    report(
      [...place, 'deadline', 'afterPeriodDays'],
      `义务 ${duty.id} 没有按期的节奏，算不出期后第几天`,
      '在 rhythm 里写 day、week、month、quarter、halfYear 或者 year',
    )
  if (setting?.kind === 'monthDay' && !rhythm.every(({ every }) => every === 'year'))
    report(
      [...place, 'deadline', 'setting'],
      `义务 ${duty.id} 的期限是每年的某一天，节奏却不是每年`,
      '节奏写 year，或者换一个设置项',
    )
  checkCitations(consequence?.citations ?? [], [...place, 'consequence', 'citations'], known, report)
}
