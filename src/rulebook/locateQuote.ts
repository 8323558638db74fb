import { findQuote, longestFoundStart, type Quote } from './quote.ts'
import type { Report } from './report.ts'
import type { Place } from './yamlFile.ts'

/** Finds one quote; a quote that is absent or stands twice is reported and left out. */
export const locateQuote = (text: string, quote: string, place: Place, report: Report): Quote | undefined => {
  const found = findQuote(text, quote)
  const head = quote.trim().slice(0, 20)
  if (found === 'absent') {
    const start = longestFoundStart(text, quote)
    const from = start.length === 0 ? '第一个字就找不到' : `从“${start.slice(-8)}”之后开始不一致`
    report(place, `引文“${head}…”不在通知里，${from}`, '照 notice.txt 逐字抄录，标点、空格、换行也要一样')
    return undefined
  }
  if (found === 'repeated') {
    report(place, `引文“${head}…”在通知里出现不止一次`, '向前或者向后多抄几个字，直到只有一处')
    return undefined
  }
  return found
}
