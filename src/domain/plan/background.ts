import { type BareText, bareText } from './bareText.ts'
import { kgramHashes } from './winnow.ts'

/** What every plan may say alike: the notice, the criteria, the clauses, the template that was handed out. */
export type Background = {
  readonly k: number
  readonly texts: readonly BareText[]
  /** By hash: text and place of the first k-gram that has it. */
  readonly places: ReadonlyMap<number, { readonly text: BareText; readonly at: number }>
}

export const backgroundOf = (texts: readonly string[], k: number): Background => {
  const bare = texts.map(bareText)
  const places = new Map<number, { text: BareText; at: number }>()
  for (const text of bare)
    kgramHashes(text.letters, k).forEach((hash, at) => {
      if (!places.has(hash)) places.set(hash, { text, at })
    })
  return { k, texts: bare, places }
}

const same = (one: Uint32Array, at: number, other: Uint32Array, otherAt: number, k: number): boolean => {
  for (let i = 0; i < k; i += 1) if (one[at + i] !== other[otherAt + i]) return false
  return true
}

export type OwnPart = {
  /** A k-gram that stands in the background: no fingerprint. */
  readonly skip: Uint8Array
  /** A letter outside every such k-gram: the plan's own. */
  readonly own: Uint8Array
  readonly ownLetters: number
}

/** What of a text is its own. Two k-grams with one hash are compared letter by letter. */
export const ownPart = ({ letters }: BareText, hashes: Uint32Array, background: Background): OwnPart => {
  const { k, places } = background
  const skip = new Uint8Array(hashes.length)
  const own = new Uint8Array(letters.length).fill(1)
  hashes.forEach((hash, at) => {
    const place = places.get(hash)
    if (!place || !same(letters, at, place.text.letters, place.at, k)) return
    skip[at] = 1
    own.fill(0, at, at + k)
  })
  let ownLetters = 0
  for (const one of own) ownLetters += one
  return { skip, own, ownLetters }
}
