import type { Notice } from './notice.ts'
import type { Span } from './quote.ts'
import { splitSentences } from './sentences.ts'

/** What a span of the notice is read as: a rule stands on it, it bears no duty, or nobody has read it yet. */
export type Reading = 'covered' | 'noDuty' | 'rest'

export type CoveredBy = { readonly kind: 'obligation' | 'phase' | 'criterion'; readonly id: string }

/** `blank`: nothing but space and punctuation between two read spans. */
export type Segment = Span & {
  readonly text: string
  readonly reading: Reading | 'blank'
  readonly by: readonly CoveredBy[]
  /** Only of `noDuty`. */
  readonly reason?: string
}

export type SentenceCoverage = Span & {
  readonly text: string
  /** `rest` as soon as a word of the sentence is unread; `covered` as soon as one rule stands on it. */
  readonly reading: Reading
  readonly by: readonly CoveredBy[]
  readonly reasons: readonly string[]
}

type Counts = Readonly<Record<Reading, number>>

export type Coverage = {
  readonly notice: string
  readonly version: string
  /** The whole text cut into spans, in order, without gap or overlap. */
  readonly segments: readonly Segment[]
  readonly sentences: readonly SentenceCoverage[]
  readonly covered: readonly Segment[]
  readonly noDuty: readonly Segment[]
  readonly rest: readonly Segment[]
  /** UTF-16 units; covered + noDuty + rest + blank = total. */
  readonly characters: Counts & { readonly blank: number; readonly total: number }
  /** Of the characters that are not blank, one decimal. */
  readonly percent: Counts
  readonly sentenceCounts: Counts & { readonly total: number }
}

type Mark = Span & ({ readonly by: CoveredBy } | { readonly reason: string })

const marksOf = (notice: Notice): readonly Mark[] => {
  const mark = (kind: CoveredBy['kind'], id: string, { start, end }: Span): Mark => ({ start, end, by: { kind, id } })
  return [
    ...notice.obligations.flatMap(({ id, quotes }) => quotes.map((quote) => mark('obligation', id, quote))),
    ...notice.phases.flatMap(({ id, quotes }) => quotes.map((quote) => mark('phase', id, quote))),
    ...notice.annex.map(({ code, quote }) => mark('criterion', code, quote)),
    ...notice.noDuty.flatMap(({ reason, quotes }) => quotes.map(({ start, end }) => ({ start, end, reason }))),
  ]
}

const hasWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text)

const cut = (text: string, marks: readonly Mark[]): readonly Segment[] => {
  const edges = new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])
  const points = [...edges].sort((a, b) => a - b)
  return points.slice(1).map((end, index) => {
    const start = points[index] ?? 0
    const own = marks.filter((mark) => mark.start <= start && end <= mark.end)
    const by = own.flatMap((mark) => ('by' in mark ? [mark.by] : []))
    const reason = own.flatMap((mark) => ('reason' in mark ? [mark.reason] : []))[0]
    const span = { start, end, text: text.slice(start, end), by }
    if (by.length > 0) return { ...span, reading: 'covered' }
    if (reason !== undefined) return { ...span, reading: 'noDuty', reason }
    return { ...span, reading: hasWord(span.text) ? 'rest' : 'blank' }
  })
}

const distinct = (all: readonly CoveredBy[]): CoveredBy[] =>
  all.filter(({ id }, index) => all.findIndex((one) => one.id === id) === index)

const readSentence = (sentence: Span & { readonly text: string }, segments: readonly Segment[]): SentenceCoverage => {
  const within = segments.filter(({ start, end }) => start < sentence.end && sentence.start < end)
  // A rest span may reach into this sentence with its punctuation alone.
  const unread = within.some(
    ({ reading, start, end, text }) =>
      reading === 'rest' &&
      hasWord(text.slice(Math.max(sentence.start - start, 0), Math.min(end, sentence.end) - start)),
  )
  const by = distinct(within.flatMap((segment) => segment.by))
  const reasons = [...new Set(within.flatMap(({ reason }) => (reason === undefined ? [] : [reason])))]
  return { ...sentence, reading: unread ? 'rest' : by.length > 0 ? 'covered' : 'noDuty', by, reasons }
}

const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { start, end }) => sum + end - start, 0)

const percentOf = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10)

/** Which words of the notice the rulebook stands on, which bear no duty and why, and what is left. */
export const coverage = (notice: Notice): Coverage => {
  const segments = cut(notice.text, marksOf(notice))
  const sentences = splitSentences(notice.text).map((sentence) => readSentence(sentence, segments))
  const read = (reading: Segment['reading']) => segments.filter((segment) => segment.reading === reading)
  const [covered, noDuty, rest] = [read('covered'), read('noDuty'), read('rest')]
  const blank = lengthOf(read('blank'))
  const words = notice.text.length - blank
  const count = (reading: Reading) => sentences.filter((sentence) => sentence.reading === reading).length

  return {
    notice: notice.id,
    version: notice.version,
    segments,
    sentences,
    covered,
    noDuty,
    rest,
    characters: {
      covered: lengthOf(covered),
      noDuty: lengthOf(noDuty),
      rest: lengthOf(rest),
      blank,
      total: notice.text.length,
    },
    percent: {
      covered: percentOf(lengthOf(covered), words),
      noDuty: percentOf(lengthOf(noDuty), words),
      rest: percentOf(lengthOf(rest), words),
    },
    sentenceCounts: {
      covered: count('covered'),
      noDuty: count('noDuty'),
      rest: count('rest'),
      total: sentences.length,
    },
  }
}

/** The figures and the unread sentences, for a person (Chinese). */
export const describeCoverage = ({
  notice,
  version,
  characters,
  percent,
  sentenceCounts,
  sentences,
}: Coverage): string => {
  const line = (name: string, reading: Reading) =>
    `${name}：${sentenceCounts[reading]}句，${characters[reading]}字（${percent[reading].toFixed(1)}%）`
  const unread = sentences.filter(({ reading }) => reading === 'rest')
  return [
    `通知 ${notice}（${version}）共${sentenceCounts.total}句，${characters.total}字（其中空白和标点间隔${characters.blank}字）`,
    line('有规则对应', 'covered'),
    line('读作不产生义务', 'noDuty'),
    line('尚无规则对应', 'rest'),
    ...unread.map(({ text }) => `  · ${text}`),
  ].join('\n')
}
