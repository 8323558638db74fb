/** Fingerprints of all plans, equal hashes side by side, within one hash by plan and place. */
export type Postings = { readonly hashes: Uint32Array; readonly plans: Uint32Array; readonly places: Uint32Array }

const digits = [0, 8, 16, 24] as const

/** Stable radix sort: the order of plans and places within one hash stays. */
export const sortedPostings = ({ hashes, plans, places }: Postings): Postings => {
  const count = hashes.length
  let order = Uint32Array.from({ length: count }, (_, at) => at)
  for (const shift of digits) {
    const starts = new Uint32Array(257)
    for (const hash of hashes) starts[((hash >>> shift) & 255) + 1] = (starts[((hash >>> shift) & 255) + 1] ?? 0) + 1
    for (let i = 1; i < starts.length; i += 1) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0)
    const next = new Uint32Array(count)
    for (const at of order) {
      const digit = ((hashes[at] ?? 0) >>> shift) & 255
      next[starts[digit] ?? 0] = at
      starts[digit] = (starts[digit] ?? 0) + 1
    }
    order = next
  }
  const taken = (from: Uint32Array): Uint32Array => Uint32Array.from(order, (at) => from[at] ?? 0)
  return { hashes: taken(hashes), plans: taken(plans), places: taken(places) }
}

/** One fingerprint: the plans that have it, each with its places. */
export type Shared = readonly { readonly plan: number; readonly places: readonly number[] }[]

/** Every fingerprint that more than one plan has. */
export function* sharedFingerprints({ hashes, plans, places }: Postings): Generator<Shared> {
  let from = 0
  while (from < hashes.length) {
    let to = from + 1
    while (to < hashes.length && hashes[to] === hashes[from]) to += 1
    if (plans[from] !== plans[to - 1]) {
      const shared: { plan: number; places: number[] }[] = []
      for (let at = from; at < to; at += 1) {
        const plan = plans[at] ?? 0
        const last = shared.at(-1)
        if (last?.plan === plan) last.places.push(places[at] ?? 0)
        else shared.push({ plan, places: [places[at] ?? 0] })
      }
      yield shared
    }
    from = to
  }
}
