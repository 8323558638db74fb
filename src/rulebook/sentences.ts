import type { Span } from './quote.ts'

export type Sentence = Span & { readonly text: string }

const enders = '。；！？'
const closers = '”’）》'

/**
 * Splits a notice into sentences with their offsets. A sentence ends at 。；！？ or at a line break; a line break
 * inside an open 《title》 is the printer's, not the writer's. Blank space between sentences belongs to none.
 */
export const splitSentences = (text: string): readonly Sentence[] => {
  const sentences: Sentence[] = []
  let start = 0
  let openTitles = 0

  const endAt = (end: number): void => {
    const raw = text.slice(start, end)
    const trimmed = raw.trim()
    if (trimmed !== '') {
      const from = start + raw.indexOf(trimmed)
      sentences.push({ start: from, end: from + trimmed.length, text: trimmed })
    }
    start = end
  }

  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index)
    if (character === '《') openTitles += 1
    if (character === '》') openTitles = Math.max(0, openTitles - 1)
    if (openTitles > 0) continue
    if (character === '\n') endAt(index)
    if (!enders.includes(character)) continue
    while (closers.includes(text.charAt(index + 1)) && index + 1 < text.length) index += 1
    endAt(index + 1)
  }
  endAt(text.length)
  return sentences
}
