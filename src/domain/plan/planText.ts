import { type Background, ownPart } from './background.ts'
import { type BareText, bareText } from './bareText.ts'
import { type Paragraph, paragraphsOf } from './paragraphs.ts'
import type { CompareSettings } from './settings.ts'
import { kgramHashes, winnow } from './winnow.ts'

/** A plan ready for comparison. */
export type PlanText = {
  readonly bare: BareText
  readonly paragraphs: readonly Paragraph[]
  readonly own: Uint8Array
  /** Own letters before each place: how many a run has is one subtraction. */
  readonly ownBefore: Uint32Array
  readonly ownLetters: number
  readonly fingerprints: readonly { readonly hash: number; readonly at: number }[]
}

export const sumsBefore = (marked: Uint8Array): Uint32Array => {
  const before = new Uint32Array(marked.length + 1)
  marked.forEach((one, at) => {
    before[at + 1] = (before[at] ?? 0) + one
  })
  return before
}

export const planText = (original: string, background: Background, { k, w }: CompareSettings): PlanText => {
  const bare = bareText(original)
  const hashes = kgramHashes(bare.letters, k)
  const { skip, own, ownLetters } = ownPart(bare, hashes, background)
  return {
    bare,
    paragraphs: paragraphsOf(original),
    own,
    ownBefore: sumsBefore(own),
    ownLetters,
    fingerprints: winnow(hashes, w, skip).map((at) => ({ hash: hashes[at] ?? 0, at })),
  }
}

/** How many letters are marked between two places. */
export const lettersIn = (before: Uint32Array, from: number, to: number): number =>
  (before[to] ?? 0) - (before[from] ?? 0)
