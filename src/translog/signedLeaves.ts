import { concatBytes, type Hasher, nobleSha256 } from './hasher.ts'
import { hashTree } from './hashTree.ts'
import { toHex } from './hex.ts'
import { hashBytes, rootOf, sameBytes } from './merkle.ts'
import { tileWidth } from './tile.ts'

/** Up to 256 hashes by their place in a bundle; a hole where one is missing. */
export type Slots = readonly (Uint8Array | undefined)[]

export const slotsIn = (bytes: Uint8Array): Slots =>
  Array.from({ length: Math.floor(bytes.length / hashBytes) }, (_, at) =>
    bytes.subarray(at * hashBytes, (at + 1) * hashBytes),
  )

/** A bundle of whose leaves not everything says the same; by what says it, the likelier first. */
export type Dispute = { readonly bundle: number; readonly sources: ReadonlyMap<string, Slots> }

/** One way a disputed bundle may have been: its hashes, their root, and what says so. */
type Option = { readonly hashes: Uint8Array; readonly root: Uint8Array; readonly by: readonly string[] }

const bundleBytes = tileWidth * hashBytes

const complete = (slots: Slots, width: number): Uint8Array | undefined => {
  const hashes = slots.slice(0, width).filter((hash) => hash !== undefined)
  return hashes.length === width ? concatBytes(...hashes) : undefined
}

/** What most say at each place. */
const mostSaid = (sources: readonly Slots[], width: number): Slots =>
  Array.from({ length: width }, (_, at) => {
    const votes = new Map<string, { readonly hash: Uint8Array; count: number }>()
    for (const slots of sources) {
      const hash = slots[at]
      if (!hash) continue
      const vote = votes.get(toHex(hash)) ?? { hash, count: 0 }
      vote.count += 1
      votes.set(toHex(hash), vote)
    }
    return [...votes.values()].sort((a, b) => b.count - a.count)[0]?.hash
  })

/** Holes in one filled from another. */
const filled = (slots: Slots, other: Slots, width: number): Slots =>
  Array.from({ length: width }, (_, at) => slots[at] ?? other[at])

const optionsOf = ({ sources }: Dispute, width: number, hash: Hasher): readonly Option[] => {
  const all = [...sources.values()]
  const given: (readonly [string | undefined, Slots])[] = [
    ...sources,
    [undefined, mostSaid(all, width)],
    ...all.flatMap((slots) => all.map((other) => [undefined, filled(slots, other, width)] as const)),
  ]
  const options = new Map<string, Option>()
  for (const [by, slots] of given) {
    const hashes = complete(slots, width)
    if (!hashes) continue
    const name = toHex(hashes)
    const known = options.get(name)
    const root = known?.root ?? rootOf(hashesIn(hashes), hash)
    options.set(name, { hashes, root, by: [...(known?.by ?? []), ...(by ? [by] : [])] })
  }
  return [...options.values()].sort((a, b) => b.by.length - a.by.length)
}

const hashesIn = (bytes: Uint8Array): readonly Uint8Array[] => slotsIn(bytes).flatMap((hash) => hash ?? [])

/** How many ways of choosing are tried at most, after the likely ones. */
const mostTries = 4_096
/** Hashes computed for it at most: in a large log fewer ways are tried. */
const mostWork = 1_000_000

/** Choices of one option a bundle: what most say, what one source says everywhere, then each way there is. */
function* choices(options: readonly (readonly Option[])[], sources: readonly string[]): Generator<readonly Option[]> {
  const firsts = options.flatMap((list) => list.slice(0, 1))
  if (firsts.length < options.length) return
  yield firsts
  for (const source of sources)
    yield options.map((list, at) => list.find(({ by }) => by.includes(source)) ?? firsts[at] ?? never(at))
  const ways = options.reduce((product, list) => Math.min(product * list.length, mostTries + 1), 1)
  for (let way = 1; way < Math.min(ways, mostTries); way += 1) {
    let rest = way
    yield options.map((list, at) => {
      const chosen = list[rest % list.length] ?? never(at)
      rest = Math.floor(rest / list.length)
      return chosen
    })
  }
}

const never = (at: number): never => {
  throw new RangeError(`no option for bundle ${at}`)
}

/**
 * Leaf hashes by bundle as everything that holds them agrees, and what is disputed; finds which of the disputed ones are
 * those that a signed root was made over.
 */
export const signedLeaves = (agreed: Uint8Array, disputes: readonly Dispute[], hash: Hasher = nobleSha256) => {
  const sources = [...new Set(disputes.flatMap((dispute) => [...dispute.sources.keys()]))]
  const disputed = new Map(disputes.map((dispute) => [dispute.bundle, dispute]))
  const roots = new Map<number, Uint8Array>()

  const agreedRoot = (bundle: number, width: number): Uint8Array => {
    const known = width === tileWidth ? roots.get(bundle) : undefined
    if (known) return known
    const from = bundle * bundleBytes
    const root = rootOf(hashesIn(agreed.subarray(from, from + width * hashBytes)), hash)
    if (width === tileWidth) roots.set(bundle, root)
    return root
  }

  /** The leaf hashes of the tree of that size and root, where they can still be found. */
  const find = (size: number, root: Uint8Array): Uint8Array | undefined => {
    if (agreed.length < size * hashBytes) return undefined
    const bundles = Math.ceil(size / tileWidth)
    const widthAt = (bundle: number): number => Math.min(tileWidth, size - bundle * tileWidth)
    const open = [...disputed.values()].filter(({ bundle }) => bundle < bundles).sort((a, b) => a.bundle - b.bundle)
    const leaves = agreed.subarray(0, size * hashBytes)
    if (open.length === 0) return sameBytes(hashTree(leaves, hash).rootAt(size), root) ? leaves : undefined
    const above = Array.from({ length: bundles }, (_, bundle) =>
      disputed.has(bundle) ? new Uint8Array(hashBytes) : agreedRoot(bundle, widthAt(bundle)),
    )
    const tries = Math.max(sources.length + 1, Math.min(mostTries, Math.floor(mostWork / bundles)))
    let tried = 0
    for (const chosen of choices(
      open.map((dispute) => optionsOf(dispute, widthAt(dispute.bundle), hash)),
      sources,
    )) {
      if (tried === tries) return undefined
      tried += 1
      for (const [at, option] of chosen.entries()) above[open[at]?.bundle ?? 0] = option.root
      if (!sameBytes(rootOf(above, hash), root)) continue
      const found = Uint8Array.from(leaves)
      for (const [at, { hashes }] of chosen.entries()) found.set(hashes, (open[at]?.bundle ?? 0) * bundleBytes)
      return found
    }
    return undefined
  }
  return { find }
}
