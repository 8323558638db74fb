import type { Background } from './background.ts'
import { bareText } from './bareText.ts'
import { type CommonPassage, commonPassages } from './commonPassages.ts'
import { comparePair, type PairFinding } from './comparePair.ts'
import type { Seed } from './passages.ts'
import { type PlanText, planText } from './planText.ts'
import { type Shared, sharedFingerprints, sortedPostings } from './postings.ts'
import { type CompareSettings, defaultSettings } from './settings.ts'

export type ComparedPlan = {
  readonly text: string
  /** What the mine and its company are called, where that is known: found in another's plan, it is told. */
  readonly names?: readonly string[]
}

export type PlanFinding = {
  /** Letters and digits in all, and what of them stands neither in the background nor … */
  readonly letters: number
  readonly ownLetters: number
  /** … in many other plans as well. */
  readonly commonLetters: number
  /** Names of other plans' mines that stand in this one. */
  readonly otherNames: readonly { readonly name: string; readonly plan: number }[]
}

export type Comparison = {
  readonly plans: readonly PlanFinding[]
  readonly comparedPairs: number
  /** Those that share a passage; the highest share first. */
  readonly pairs: readonly PairFinding[]
  readonly common: readonly CommonPassage[]
}

const seedLimit = 64

/** Every place of both is in a seed; a phrase that both repeat over and over does not give all times all. */
const addSeeds = (seeds: Seed[], p: readonly number[], q: readonly number[]): void => {
  const [first, other] = [p[0], q[0]]
  if (first === undefined || other === undefined) return
  if (p.length * q.length <= seedLimit) {
    for (const a of p) for (const b of q) seeds.push({ a, b })
    return
  }
  for (const a of p) seeds.push({ a, b: other })
  for (const b of q) seeds.push({ a: first, b })
}

const postingsOf = (texts: readonly PlanText[]) => {
  const count = texts.reduce((sum, { fingerprints }) => sum + fingerprints.length, 0)
  const [hashes, plans, places] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)]
  let next = 0
  texts.forEach(({ fingerprints }, plan) => {
    for (const { hash, at } of fingerprints) {
      hashes[next] = hash
      plans[next] = plan
      places[next] = at
      next += 1
    }
  })
  return sortedPostings({ hashes, plans, places })
}

const shortestName = 3

const namesOfOthers = (plans: readonly ComparedPlan[], texts: readonly PlanText[]): PlanFinding['otherNames'][] => {
  const bare = (text: string): string => String.fromCodePoint(...bareText(text).letters)
  const names = plans.map((plan) => (plan.names ?? []).map((name) => ({ name, bare: bare(name) })))
  if (names.every((one) => one.length === 0)) return texts.map(() => [])
  return texts.map(({ bare: { letters } }, plan) => {
    const whole = Array.from(letters, (letter) => String.fromCodePoint(letter)).join('')
    const own = names[plan] ?? []
    return names.flatMap((theirs, other) =>
      other === plan
        ? []
        : theirs
            .filter((one) => one.bare.length >= shortestName && whole.includes(one.bare))
            .filter((one) => !own.some((mine) => mine.bare.includes(one.bare)))
            .map(({ name }) => ({ name, plan: other })),
    )
  })
}

const pairsOf = (
  texts: readonly PlanText[],
  rareBefore: readonly Uint32Array[],
  seedsByPair: ReadonlyMap<number, readonly Seed[]>,
  settings: CompareSettings,
): readonly PairFinding[] => {
  const pairs: PairFinding[] = []
  for (const [key, seeds] of seedsByPair) {
    const [a, b] = [Math.floor(key / texts.length), key % texts.length]
    const [one, other, rareOfOne, rareOfOther] = [texts[a], texts[b], rareBefore[a], rareBefore[b]]
    if (!one || !other || !rareOfOne || !rareOfOther) continue
    const found = comparePair([a, b], [one, other], [rareOfOne, rareOfOther], seeds, settings)
    if (found) pairs.push(found)
  }
  const highest = ({ shareOfA, shareOfB }: PairFinding) => Math.max(shareOfA, shareOfB)
  return pairs.sort((x, y) => highest(y) - highest(x) || x.a - y.a || x.b - y.b)
}

/**
 * Every plan with every other, over one index of fingerprints. What comes out is evidence for a person: where two texts
 * are equal, never why.
 */
export const comparePlans = (
  plans: readonly ComparedPlan[],
  background: Background,
  settings: CompareSettings = defaultSettings,
): Comparison => {
  const texts = plans.map(({ text }) => planText(text, background, settings))
  const many = Math.max(settings.commonPlans, Math.floor(plans.length * settings.commonShare))
  const seedsByPair = new Map<number, Seed[]>()
  const common: Shared[] = []
  for (const shared of sharedFingerprints(postingsOf(texts))) {
    if (shared.length > many) {
      common.push(shared)
      continue
    }
    shared.forEach((one, at) => {
      for (const other of shared.slice(at + 1)) {
        const key = one.plan * plans.length + other.plan
        const seeds = seedsByPair.get(key) ?? []
        if (seeds.length === 0) seedsByPair.set(key, seeds)
        addSeeds(seeds, one.places, other.places)
      }
    })
  }
  const { passages, rareBefore } = commonPassages(texts, common, { ...settings, atLeast: many + 1 })
  const others = namesOfOthers(plans, texts)
  return {
    plans: texts.map(({ bare, ownLetters }, plan) => ({
      letters: bare.letters.length,
      ownLetters,
      commonLetters: ownLetters - (rareBefore[plan]?.at(-1) ?? ownLetters),
      otherNames: others[plan] ?? [],
    })),
    comparedPairs: (plans.length * (plans.length - 1)) / 2,
    pairs: pairsOf(texts, rareBefore, seedsByPair, settings),
    common: passages,
  }
}
