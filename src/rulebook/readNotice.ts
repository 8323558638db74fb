import type { z } from 'zod'
import type { CriteriaPack } from './criteriaPack.ts'
import { locateQuote } from './locateQuote.ts'
import type { annexFileSchema, Notice, noDutyFileSchema, noticeFileSchema } from './notice.ts'
import type { obligationsFileSchema } from './obligation.ts'
import type { phasesFileSchema } from './phase.ts'
import type { Problem } from './problem.ts'
import type { Quote } from './quote.ts'
import { checkDuty } from './readDuty.ts'
import { type Report, reportOn } from './report.ts'
import type { Setting } from './setting.ts'
import { versionOf } from './version.ts'
import type { Place, RulebookFile, YamlFile } from './yamlFile.ts'

export type NoticeFiles = {
  readonly notice: YamlFile<z.output<typeof noticeFileSchema>>
  readonly text: RulebookFile
  readonly phases: YamlFile<z.output<typeof phasesFileSchema>>
  readonly obligations: YamlFile<z.output<typeof obligationsFileSchema>>
  readonly annex: YamlFile<z.output<typeof annexFileSchema>>
  readonly noDuty: YamlFile<z.output<typeof noDutyFileSchema>>
}

export type KnownRules = {
  readonly packs: readonly CriteriaPack[]
  readonly settings: readonly Setting[]
  readonly citationIds: ReadonlySet<string>
}

const locateAll = (text: string, quotes: readonly string[], place: Place, report: Report): Quote[] =>
  quotes.flatMap((quote, index) => locateQuote(text, quote, [...place, 'quotes', index], report) ?? [])

const checkUnique = (ids: readonly string[], placeOf: (index: number) => Place, report: Report): void => {
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) < index) report(placeOf(index), `编号 ${id} 重复`, '改成不同的编号，或者删去多余的一条')
  }
}

const readPhases = ({ phases, text }: NoticeFiles, problems: Problem[]): Notice['phases'] => {
  const report = reportOn(phases, problems)
  const given = phases.value.phases
  checkUnique(
    given.map(({ id }) => id),
    (index) => ['phases', index, 'id'],
    report,
  )
  return given.map((phase, index) => {
    const place = ['phases', index]
    const before = given[index - 1]
    if (phase.from !== null && phase.from > phase.to)
      report([...place, 'to'], `阶段 ${phase.id} 的止日早于起日`, '改正其中一个日期')
    if (before !== undefined && (phase.from === null || phase.from <= before.to))
      report([...place, 'from'], `阶段 ${phase.id} 与上一阶段重叠`, '起日应在上一阶段止日之后')
    return { ...phase, quotes: locateAll(text.text, phase.quotes, place, report) }
  })
}

const readObligations = ({ obligations, phases, text }: NoticeFiles, known: KnownRules, problems: Problem[]) => {
  const report = reportOn(obligations, problems)
  const given = obligations.value.obligations
  const phaseIds = phases.value.phases.map(({ id }) => id)
  checkUnique(
    given.map(({ id }) => id),
    (index) => ['obligations', index, 'id'],
    report,
  )
  return given.map((obligation, index) => {
    const place = ['obligations', index]
    const { phase } = obligation
    if (phase !== undefined && !phaseIds.includes(phase))
      report([...place, 'phase'], `没有编号为 ${phase} 的阶段`, `改成 ${phaseIds.join('、')} 之一`)
    checkDuty(obligation, place, known, report)
    return { ...obligation, quotes: locateAll(text.text, obligation.quotes, place, report) }
  })
}

const criterionTexts = (pack: CriteriaPack): ReadonlyMap<string, { text: string; verbatim: boolean }> =>
  new Map(
    pack.criteria.flatMap((criterion) => {
      const verbatim = criterion.wording === 'verbatim'
      return [criterion, ...criterion.situations].map(({ code, text }) => [code, { text, verbatim }] as const)
    }),
  )

// （十一） of a criterion, 1. of a situation: labels that the criteria packs do not store.
const label = /^(?:（[一二三四五六七八九十]+）|\d+\.)/

const readAnnex = ({ annex, notice, text }: NoticeFiles, known: KnownRules, problems: Problem[]): Notice['annex'] => {
  const report = reportOn(annex, problems)
  const pack = known.packs.find(({ id }) => id === notice.value.criteriaPack)
  if (pack === undefined) {
    reportOn(notice, problems)(
      ['criteriaPack'],
      `没有编号为 ${notice.value.criteriaPack} 的判定标准包`,
      '改成已有的编号',
    )
    return []
  }
  const texts = criterionTexts(pack)
  checkUnique(
    annex.value.lines.map(({ code }) => code),
    (index) => ['lines', index, 'code'],
    report,
  )
  return annex.value.lines.flatMap(({ code, quote }, index) => {
    const place = ['lines', index]
    const stated = texts.get(code)
    if (stated === undefined)
      report([...place, 'code'], `判定标准包 ${pack.id} 里没有 ${code}`, '改成已有的判定标准或者情形编号')
    else if (stated.verbatim && quote.replace(label, '') !== stated.text)
      report(
        [...place, 'quote'],
        `${code} 标为与通知逐字一致，文字却不同`,
        `改正 criteria/${pack.id}.yaml 里的条文，或者改正这里的引文`,
      )
    const found = locateQuote(text.text, quote, [...place, 'quote'], report)
    return found === undefined ? [] : [{ code, quote: found }]
  })
}

const readNoDuty = (
  { noDuty, text }: NoticeFiles,
  duties: readonly { readonly id: string; readonly quotes: readonly Quote[] }[],
  problems: Problem[],
): Notice['noDuty'] => {
  const report = reportOn(noDuty, problems)
  return noDuty.value.noDuty.map(({ reason, quotes }, index) => ({
    reason,
    quotes: quotes.flatMap((quote, at) => {
      const place = ['noDuty', index, 'quotes', at]
      const found = locateQuote(text.text, quote, place, report)
      if (found === undefined) return []
      const duty = duties.find((one) => one.quotes.some(({ start, end }) => start < found.end && found.start < end))
      if (duty !== undefined)
        report(place, `“${quote.trim().slice(0, 20)}…”与 ${duty.id} 的引文重叠`, '一处文字只能有一种读法：删去其中一处')
      return [found]
    }),
  }))
}

export const readNotice = (files: NoticeFiles, known: KnownRules, problems: Problem[]): Notice => {
  const phases = readPhases(files, problems)
  const obligations = readObligations(files, known, problems)
  const annex = readAnnex(files, known, problems)
  const duties = [...obligations, ...phases, ...annex.map(({ code, quote }) => ({ id: code, quotes: [quote] }))]
  const noDuty = readNoDuty(files, duties, problems)
  const all = [files.notice, files.text, files.phases, files.obligations, files.annex, files.noDuty]
  const version = versionOf(files.notice.value.id, all.map(({ text }) => text).join('\n'))
  return { ...files.notice.value, text: files.text.text, phases, obligations, annex, noDuty, version }
}
