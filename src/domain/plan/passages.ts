import type { BareText, Run } from './bareText.ts'

export type Seed = { readonly a: number; readonly b: number }

/** Equal letters in both, as far as they go. */
export type EqualRun = { readonly a: number; readonly b: number; readonly length: number }

/** Runs of equal letters with little between them. */
export type Passage = { readonly a: Run; readonly b: Run; readonly runs: readonly EqualRun[]; readonly equal: number }

/**
 * Every seed (a k-gram that both have) grown to the longest run of equal letters. Seeds on one diagonal within a run
 * that was grown already say nothing new.
 */
export const equalRuns = (one: BareText, other: BareText, seeds: readonly Seed[], k: number): readonly EqualRun[] => {
  const sorted = [...seeds].sort((x, y) => x.a - x.b - (y.a - y.b) || x.a - y.a)
  const [p, q] = [one.letters, other.letters]
  const runs: EqualRun[] = []
  let diagonal = Number.NaN
  let end = -1
  for (const { a, b } of sorted) {
    if (a - b === diagonal && a < end) continue
    let to = 0
    while (a + to < p.length && b + to < q.length && p[a + to] === q[b + to]) to += 1
    // Two different k-grams with one hash are no match.
    if (to < k) continue
    let back = 0
    while (back < a && back < b && p[a - back - 1] === q[b - back - 1]) back += 1
    runs.push({ a: a - back, b: b - back, length: back + to })
    diagonal = a - b
    end = a + to
  }
  return runs
}

const near = (from: number, to: number, gap: number): boolean => to - from <= gap && from - to <= gap

/** Runs in one order in both texts, and close to one another in both, are one passage. */
export const chained = (runs: readonly EqualRun[], gap: number): readonly Passage[] => {
  const sorted = [...runs].sort((x, y) => x.a - y.a || x.b - y.b)
  const open: EqualRun[][] = []
  const closed: EqualRun[][] = []
  for (const run of sorted) {
    // Who ended too far before this run is never continued any more.
    for (let i = open.length - 1; i >= 0; i -= 1) {
      const last = open[i]?.at(-1)
      if (last && run.a - (last.a + last.length) > gap) closed.push(...open.splice(i, 1))
    }
    const fitting = open
      .filter((chain) => {
        const last = chain.at(-1)
        return (
          last !== undefined &&
          run.a >= last.a &&
          run.b >= last.b &&
          run.a + run.length > last.a + last.length &&
          run.b + run.length > last.b + last.length &&
          near(last.a + last.length, run.a, gap) &&
          near(last.b + last.length, run.b, gap)
        )
      })
      .sort((x, y) => (y.at(-1)?.a ?? 0) - (x.at(-1)?.a ?? 0))[0]
    if (fitting) fitting.push(run)
    else open.push([run])
  }
  return [...closed, ...open].map((chain) => {
    const [first, last] = [chain[0], chain.at(-1)]
    return {
      a: { from: first?.a ?? 0, to: (last?.a ?? 0) + (last?.length ?? 0) },
      b: { from: first?.b ?? 0, to: (last?.b ?? 0) + (last?.length ?? 0) },
      runs: chain,
      equal: chain.reduce((sum, { length }) => sum + length, 0),
    }
  })
}
