import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { hashTree } from '#translog/hashTree.ts'
import { hashBytes, rootOf, sameBytes } from '#translog/merkle.ts'
import { tileWidth } from '#translog/tile.ts'
import { type LeafSource, leafSources, type Slots, slotsIn } from './leafSources.ts'

/** A bundle of whose leaves not everything says the same. */
export type Dispute = { readonly bundle: number; readonly sources: ReadonlyMap<LeafSource, Slots> }

/** One way a disputed bundle may have been: its hashes, their root, and what says so. */
type Option = { readonly hashes: Buffer; readonly root: string; readonly by: readonly LeafSource[] }

const bundleBytes = tileWidth * hashBytes

const complete = (slots: Slots, width: number): Buffer | undefined => {
  const hashes = slots.slice(0, width).filter((hash) => hash !== undefined)
  return hashes.length === width ? Buffer.concat(hashes) : undefined
}

/** What most say at each place. */
const mostSaid = (sources: readonly Slots[], width: number): Slots =>
  Array.from({ length: width }, (_, at) => {
    const votes = new Map<string, number>()
    for (const slots of sources) {
      const hash = slots[at]?.toString('hex')
      if (hash !== undefined) votes.set(hash, (votes.get(hash) ?? 0) + 1)
    }
    const [first] = [...votes].sort(([, a], [, b]) => b - a)
    return first && Buffer.from(first[0], 'hex')
  })

/** Holes in one filled from another. */
const filled = (slots: Slots, other: Slots, width: number): Slots =>
  Array.from({ length: width }, (_, at) => slots[at] ?? other[at])

const optionsOf = ({ sources }: Dispute, width: number): readonly Option[] => {
  const all = [...sources.values()]
  const given: (readonly [LeafSource | undefined, Slots])[] = [
    ...sources,
    [undefined, mostSaid(all, width)],
    ...all.flatMap((slots) => all.map((other) => [undefined, filled(slots, other, width)] as const)),
  ]
  const options = new Map<string, Option>()
  for (const [by, slots] of given) {
    const hashes = complete(slots, width)
    if (!hashes) continue
    const name = hashes.toString('latin1')
    const known = options.get(name)
    const root = known?.root ?? Buffer.from(rootOf(hashesIn(hashes), nodeSha256)).toString('hex')
    options.set(name, { hashes, root, by: [...(known?.by ?? []), ...(by ? [by] : [])] })
  }
  return [...options.values()].sort((a, b) => b.by.length - a.by.length)
}

const hashesIn = (bytes: Buffer): readonly Buffer[] => slotsIn(bytes).flatMap((hash) => hash ?? [])

/** How many ways of choosing are tried at most, after the likely ones. */
const mostTries = 4_096
/** Hashes computed for it at most: in a large log fewer ways are tried. */
const mostWork = 1_000_000

/** Choices of one option a bundle: what most say, what one source says everywhere, then each way there is. */
function* choices(options: readonly (readonly Option[])[]): Generator<readonly Option[]> {
  const firsts = options.flatMap((list) => list.slice(0, 1))
  if (firsts.length < options.length) return
  yield firsts
  for (const source of leafSources)
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
export const signedLeaves = (agreed: Buffer, disputes: readonly Dispute[]) => {
  const disputed = new Map(disputes.map((dispute) => [dispute.bundle, dispute]))
  const roots = new Map<number, Buffer>()

  const agreedRoot = (bundle: number, width: number): Buffer => {
    const known = width === tileWidth ? roots.get(bundle) : undefined
    if (known) return known
    const from = bundle * bundleBytes
    const root = Buffer.from(rootOf(hashesIn(agreed.subarray(from, from + width * hashBytes)), nodeSha256))
    if (width === tileWidth) roots.set(bundle, root)
    return root
  }

  /** The leaf hashes of the tree of that size and root, where they can still be found. */
  const find = (size: number, root: Uint8Array): Buffer | undefined => {
    if (agreed.length < size * hashBytes) return undefined
    const bundles = Math.ceil(size / tileWidth)
    const widthAt = (bundle: number): number => Math.min(tileWidth, size - bundle * tileWidth)
    const open = [...disputed.values()].filter(({ bundle }) => bundle < bundles).sort((a, b) => a.bundle - b.bundle)
    const leaves = agreed.subarray(0, size * hashBytes)
    if (open.length === 0) return sameBytes(hashTree(leaves, nodeSha256).rootAt(size), root) ? leaves : undefined
    const above = Array.from({ length: bundles }, (_, bundle) =>
      disputed.has(bundle) ? Buffer.alloc(hashBytes) : agreedRoot(bundle, widthAt(bundle)),
    )
    const tries = Math.max(leafSources.length + 1, Math.min(mostTries, Math.floor(mostWork / bundles)))
    let tried = 0
    for (const chosen of choices(open.map((dispute) => optionsOf(dispute, widthAt(dispute.bundle))))) {
      if (tried === tries) return undefined
      tried += 1
      for (const [at, option] of chosen.entries()) above[open[at]?.bundle ?? 0] = Buffer.from(option.root, 'hex')
      if (!sameBytes(rootOf(above, nodeSha256), root)) continue
      const found = Buffer.from(leaves)
      for (const [at, { hashes }] of chosen.entries()) hashes.copy(found, (open[at]?.bundle ?? 0) * bundleBytes)
      return found
    }
    return undefined
  }
  return { find }
}
