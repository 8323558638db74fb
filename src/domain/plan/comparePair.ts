import { placeOf } from './bareText.ts'
import { chained, type EqualRun, equalRuns, type Passage, type Seed } from './passages.ts'
import { type Place, placed } from './place.ts'
import { lettersIn, type PlanText } from './planText.ts'
import type { CompareSettings } from './settings.ts'

export type SharedPassage = {
  readonly a: Place
  readonly b: Place
  /** Own letters that are equal: of the two counts the smaller. */
  readonly letters: number
  /** What is equal to the letter; between these lies what differs. */
  readonly equal: readonly { readonly a: Place; readonly b: Place }[]
}

export type PairFinding = {
  /** Places in the list of plans, a before b. */
  readonly a: number
  readonly b: number
  /** Of each one's own text, how much stands in the other. */
  readonly shareOfA: number
  readonly shareOfB: number
  readonly lettersOfA: number
  readonly lettersOfB: number
  /** The longest first. */
  readonly passages: readonly SharedPassage[]
  /** Worth a person's look. */
  readonly listed: boolean
}

const equalLetters = (before: Uint32Array, runs: readonly EqualRun[], side: 'a' | 'b'): number => {
  const spans = runs.map((run) => ({ from: run[side], to: run[side] + run.length })).sort((x, y) => x.from - y.from)
  let sum = 0
  let counted = 0
  for (const { from, to } of spans) {
    if (to <= counted) continue
    sum += lettersIn(before, Math.max(from, counted), to)
    counted = to
  }
  return sum
}

const share = (letters: number, of: number): number => (of === 0 ? 0 : letters / of)

/** What two plans share outside the background; undefined where there is no passage to show. */
export const comparePair = (
  [a, b]: readonly [number, number],
  [one, other]: readonly [PlanText, PlanText],
  /** Own letters before each place that are not in many other plans as well. */
  [rareOfOne, rareOfOther]: readonly [Uint32Array, Uint32Array],
  seeds: readonly Seed[],
  settings: CompareSettings,
): PairFinding | undefined => {
  const weighed = chained(equalRuns(one.bare, other.bare, seeds, settings.k), settings.gap)
    .map((passage: Passage) => ({
      passage,
      letters: Math.min(
        equalLetters(one.ownBefore, passage.runs, 'a'),
        equalLetters(other.ownBefore, passage.runs, 'b'),
      ),
      rare: Math.min(equalLetters(rareOfOne, passage.runs, 'a'), equalLetters(rareOfOther, passage.runs, 'b')),
    }))
    .filter(({ rare }) => rare >= settings.passage)
  if (weighed.length === 0) return undefined
  const runs = weighed.flatMap(({ passage }) => passage.runs)
  const [lettersOfA, lettersOfB] = [equalLetters(one.ownBefore, runs, 'a'), equalLetters(other.ownBefore, runs, 'b')]
  const [shareOfA, shareOfB] = [share(lettersOfA, one.ownLetters), share(lettersOfB, other.ownLetters)]
  const at = (text: PlanText, from: number, to: number): Place => placed(text, placeOf(text.bare, { from, to }))
  const passages = weighed
    .map(({ passage, letters }) => ({
      a: at(one, passage.a.from, passage.a.to),
      b: at(other, passage.b.from, passage.b.to),
      letters,
      equal: passage.runs.map((run) => ({
        a: at(one, run.a, run.a + run.length),
        b: at(other, run.b, run.b + run.length),
      })),
    }))
    .sort((x, y) => y.letters - x.letters || x.a.start - y.a.start)
  const enough = Math.max(lettersOfA, lettersOfB) >= settings.long
  return {
    a,
    b,
    shareOfA,
    shareOfB,
    lettersOfA,
    lettersOfB,
    passages,
    listed: (enough && Math.max(shareOfA, shareOfB) >= settings.share) || (passages[0]?.letters ?? 0) >= settings.long,
  }
}
