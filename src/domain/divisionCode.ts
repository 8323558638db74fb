/**
 * Division codes (GB/T 2260, GB/T 10114): province 2 · city 4 · county 6 · township 9 · village 12 digits.
 * A row carries the code of the smallest division it lies in; a grant covers a division and all below it,
 * read as a half-open range of text so that one index serves every level: `div >= lo and div < hi`.
 */

const levels = [2, 4, 6, 9, 12] as const

export type DivisionRange = { readonly lo: string; readonly hi: string }

/** Provinces run from 11 to 82, so a code never begins with 0 or 9. */
export const isDivisionCode = (code: string): boolean =>
  /^[1-8]\d+$/.test(code) && levels.some((length) => length === code.length)

/**
 * `hi` is the next code of the same length, carried like a number: 140409 → 140410, 140499 → 140500.
 * Both bounds are digits only, so the range means the same under every collation of the database;
 * a bound such as '14040:' would select other rows where punctuation sorts before digits.
 */
export const divisionRange = (code: string): DivisionRange => {
  if (!isDivisionCode(code)) throw new RangeError(`not a division code of 2, 4, 6, 9 or 12 digits: ${code}`)
  return { lo: code, hi: String(Number(code) + 1) }
}

/** True when `code` is `container` or lies below it. */
export const isWithinDivision = (code: string, container: string): boolean => {
  const { lo, hi } = divisionRange(container)
  return code >= lo && code < hi
}
