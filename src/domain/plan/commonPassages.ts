import { placeOf } from './bareText.ts'
import { type Place, placed } from './place.ts'
import { lettersIn, type PlanText, sumsBefore } from './planText.ts'
import type { Shared } from './postings.ts'

/** A passage that many plans have: where it stands in the first of them, and who has it. */
export type CommonPassage = {
  readonly plan: number
  readonly at: Place
  readonly letters: number
  readonly plans: readonly number[]
}

export type Common = {
  readonly passages: readonly CommonPassage[]
  /** By plan: own letters before each place that lie in no such fingerprint (see PlanText.ownBefore). */
  readonly rareBefore: readonly Uint32Array[]
}

const shortest = 80

type Mark = { readonly at: number; readonly shared: Shared }

const marksByPlan = (all: readonly Shared[], count: number): readonly Mark[][] => {
  const marks: Mark[][] = Array.from({ length: count }, () => [])
  for (const shared of all)
    for (const { plan, places } of shared) for (const at of places) marks[plan]?.push({ at, shared })
  for (const one of marks) one.sort((x, y) => x.at - y.at)
  return marks
}

/** What so many plans share that one pair says nothing any more is told once, with all who have it. */
export const commonPassages = (
  texts: readonly PlanText[],
  all: readonly Shared[],
  { k, w, atLeast }: { readonly k: number; readonly w: number; readonly atLeast: number },
): Common => {
  const told = new Set<Shared>()
  const passages: CommonPassage[] = []
  const rareBefore: Uint32Array[] = []
  marksByPlan(all, texts.length).forEach((marks, plan) => {
    const text = texts[plan]
    if (!text) return
    const rare = Uint8Array.from(text.own)
    let open: { from: number; to: number; plans: ReadonlySet<number> } | undefined
    const close = () => {
      if (open && open.to - open.from >= shortest && lettersIn(text.ownBefore, open.from, open.to) >= shortest)
        passages.push({
          plan,
          at: placed(text, placeOf(text.bare, open)),
          letters: lettersIn(text.ownBefore, open.from, open.to),
          plans: [...open.plans],
        })
      open = undefined
    }
    for (const { at, shared } of marks) {
      rare.fill(0, at, at + k)
      if (told.has(shared)) {
        close()
        continue
      }
      told.add(shared)
      const having = new Set(shared.map((one) => one.plan))
      const before = open && at - open.to + k <= w ? open.plans : undefined
      const both = before && new Set([...having].filter((one) => before.has(one)))
      if (open && both && both.size >= atLeast) open = { from: open.from, to: at + k, plans: both }
      else {
        close()
        open = { from: at, to: at + k, plans: having }
      }
    }
    close()
    rareBefore.push(sumsBefore(rare))
  })
  return { passages: passages.sort((x, y) => y.letters * y.plans.length - x.letters * x.plans.length), rareBefore }
}
