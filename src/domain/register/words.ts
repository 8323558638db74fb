/**
 * Words as search compares them: full-width letters and digits as half-width, capitals as small, one blank between. Both
 * what is stored and what is asked for go through here.
 */
export const searchable = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()

/** What is searched of one hazard. A line break keeps the end of one text and the start of the next apart. */
export const wordsOf = (texts: readonly (string | undefined)[]): string =>
  texts
    .flatMap((text) => (text ? [searchable(text)] : []))
    .filter((text) => text !== '')
    .join('\n')

const blank = 0x20
const lineBreak = 0x0a
const isWord = (unit: number): boolean => unit !== blank && unit !== lineBreak

/** A pair of neighbouring UTF-16 units as one signed 32-bit number; a single one has no first. */
const pair = (first: number, second: number): number => (first << 16) | second

/** Every single character and every pair of neighbours, once, sorted: what a search for one or more characters asks for. */
export const termsOf = (words: string): readonly number[] => {
  const terms = new Set<number>()
  for (let at = 0; at < words.length; at += 1) {
    const unit = words.charCodeAt(at)
    if (!isWord(unit)) continue
    terms.add(pair(0, unit))
    const next = words.charCodeAt(at + 1)
    if (at + 1 < words.length && isWord(next)) terms.add(pair(unit, next))
  }
  return [...terms].sort((a, b) => a - b)
}

export type Sought = {
  /** Each must stand in the words. */
  readonly needles: readonly string[]
  /** What the index is asked for: pairs, or the character itself where there is only one. */
  readonly terms: readonly number[]
}

/** What a person typed; several words, each must be there. Nothing where nothing was typed. */
export const soughtIn = (typed: string | undefined): Sought | undefined => {
  const needles = [...new Set(searchable(typed ?? '').split(' '))].filter((needle) => needle !== '')
  if (needles.length === 0) return undefined
  const terms = needles.flatMap((needle) =>
    needle.length === 1
      ? [pair(0, needle.charCodeAt(0))]
      : Array.from({ length: needle.length - 1 }, (_, at) => pair(needle.charCodeAt(at), needle.charCodeAt(at + 1))),
  )
  return { needles, terms: [...new Set(terms)] }
}
