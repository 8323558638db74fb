import type { Citation } from './citation.ts'
import { locateQuote } from './locateQuote.ts'
import type { Report } from './report.ts'
import type { Place } from './yamlFile.ts'

/** A citation of a notice of this rulebook carries a quote, held to the same rule as those of the obligations. */
export const readCitation = (
  { quote, ...citation }: { readonly quote?: string | undefined } & Omit<Citation, 'quote'>,
  place: Place,
  texts: ReadonlyMap<string, string>,
  report: Report,
): Citation => {
  if (citation.validFrom !== null && citation.validTo !== null && citation.validTo < citation.validFrom)
    report([...place, 'validTo'], `${citation.id} 的失效日期早于生效日期`, '改正其中一个日期')
  if (citation.notice === undefined && quote === undefined) return citation
  if (citation.notice === undefined || quote === undefined) {
    report(place, `${citation.id} 的 notice 和 quote 只写了一个`, '引用通知时两个都写，引用法律时都不写')
    return citation
  }
  const text = texts.get(citation.notice)
  if (text === undefined) {
    report([...place, 'notice'], `没有编号为 ${citation.notice} 的通知`, '改成 notices/ 下的文件夹名')
    return citation
  }
  const found = locateQuote(text, quote, [...place, 'quote'], report)
  return found === undefined ? citation : { ...citation, quote: found }
}
