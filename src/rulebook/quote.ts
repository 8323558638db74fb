/** A span of a notice: UTF-16 offsets into its text, end exclusive. */
export type Span = { readonly start: number; readonly end: number }

export type Quote = Span & { readonly text: string }

export type QuoteSearch = Quote | 'absent' | 'repeated'

/** A duty hangs on one place of the notice, so its quote must stand there exactly once, character for character. */
export const findQuote = (notice: string, quote: string): QuoteSearch => {
  const start = notice.indexOf(quote)
  if (start < 0) return 'absent'
  if (notice.indexOf(quote, start + 1) >= 0) return 'repeated'
  return { start, end: start + quote.length, text: quote }
}

/**
 * The longest beginning of a quote that does stand in the notice: shows an editor where his copy departs.
 */
export const longestFoundStart = (notice: string, quote: string): string => {
  let low = 0
  let high = quote.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (notice.includes(quote.slice(0, middle))) low = middle
    else high = middle - 1
  }
  return quote.slice(0, low)
}
