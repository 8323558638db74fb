import type { z } from 'zod'
import type { noticeSpan } from '#contract/notice.ts'

export type Span = z.output<typeof noticeSpan>
export type Piece = { readonly text: string; readonly start: number; readonly span?: Span }

/** The text cut at line ends and at the spans' edges; every character of the notice stands in exactly one piece. */
export const paragraphs = (text: string, spans: readonly Span[]): readonly (readonly Piece[])[] => {
  const ordered = spans.toSorted((a, b) => a.start - b.start)
  const lines: Piece[][] = []
  let offset = 0
  for (const line of text.split('\n')) {
    const end = offset + line.length
    const pieces: Piece[] = []
    let at = offset
    for (const span of ordered) {
      if (span.end <= at || span.start >= end) continue
      if (span.start > at) pieces.push({ text: text.slice(at, span.start), start: at })
      const from = Math.max(span.start, at)
      const to = Math.min(span.end, end)
      pieces.push({ text: text.slice(from, to), start: from, span })
      at = to
    }
    if (at < end) pieces.push({ text: text.slice(at, end), start: at })
    lines.push(pieces)
    offset = end + 1
  }
  return lines
}
