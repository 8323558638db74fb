/**
 * A text as it is compared: letters and digits only, width and case levelled, each with its place in the original, so
 * that every passage that is found can be shown as it stands in the file.
 */
export type BareText = {
  readonly original: string
  /** Code points. */
  readonly letters: Uint32Array
  /** Where the letter stands in the original, and where it ends (UTF-16). */
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

const letterOrDigit = /[\p{L}\p{N}]/u

// A letter that NFKC takes apart (㎡, ⅓, ﬁ) gives several; each of them keeps the place of the whole.
const levelled = new Map<string, readonly number[]>()

const lettersOf = (character: string): readonly number[] => {
  const known = levelled.get(character)
  if (known) return known
  const letters = [...character.normalize('NFKC').toLowerCase()]
    .filter((one) => letterOrDigit.test(one))
    .map((one) => one.codePointAt(0) ?? 0)
  levelled.set(character, letters)
  return letters
}

export const bareText = (original: string): BareText => {
  const letters: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  let at = 0
  for (const character of original) {
    const end = at + character.length
    for (const letter of lettersOf(character)) {
      letters.push(letter)
      starts.push(at)
      ends.push(end)
    }
    at = end
  }
  return {
    original,
    letters: Uint32Array.from(letters),
    starts: Uint32Array.from(starts),
    ends: Uint32Array.from(ends),
  }
}

/** A run of letters, `to` not included. */
export type Run = { readonly from: number; readonly to: number }

/** The run's place in the original. */
export const placeOf = ({ starts, ends }: BareText, { from, to }: Run): { start: number; end: number } => ({
  start: starts[from] ?? 0,
  end: ends[to - 1] ?? 0,
})
