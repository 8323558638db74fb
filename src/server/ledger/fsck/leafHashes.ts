import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { hashBytes } from '#translog/merkle.ts'
import { type Dispute, signedLeaves } from '#translog/signedLeaves.ts'
import { tileWidth } from '#translog/tile.ts'
import { bundleFileOf, type Partials, partialsIn, sourcesOf, tileFileOf } from './leafSources.ts'
import type { KnownLog, Scene } from './scene.ts'
import type { HeadSource, SignedHead } from './signedHeads.ts'

/** Which leaves the log has, as far as a signature vouches for them, and what the database has beyond. */
export type LeafHashes = {
  /** Of `size` leaves, 32 bytes each. */
  readonly hashes: Buffer
  readonly size: number
  /** The largest signed head whose leaves were found; those up to there are what was signed. */
  readonly signed: { readonly size: number; readonly root: Uint8Array; readonly from: HeadSource } | undefined
  /** Signed heads, larger than that one, whose leaves are nowhere. */
  readonly lost: readonly { readonly size: number; readonly from: HeadSource }[]
  /** Bundles about which not everything agreed. */
  readonly disputed: ReadonlySet<number>
}

type EntryRow = {
  readonly bundle: number
  readonly n: number
  readonly hashes: Buffer
  readonly regular: boolean
  readonly backed: boolean
}

const bundlesAtOnce = 64

const entriesFrom = async ({ db }: Scene, log: number, bundle: number): Promise<ReadonlyMap<number, EntryRow>> => {
  const { rows } = await db.query<EntryRow>({
    name: 'fsck-entries',
    text: `select (e.idx / 256)::int as bundle, count(*)::int as n, string_agg(e.leaf_hash, ''::bytea order by e.idx) as hashes,
       min(e.idx) % 256 = 0 and count(*) = max(e.idx) - min(e.idx) + 1 as regular,
       bool_and(e.outbox_id is null or coalesce(sha256('\\x00'::bytea || o.leaf) = e.leaf_hash, false)) as backed
     from ledger.entry e left join ledger.outbox o on o.id = e.outbox_id
     where e.log = $1 and e.idx >= $2 and e.idx < $3 group by 1`,
    values: [log, bundle * tileWidth, (bundle + bundlesAtOnce) * tileWidth],
  })
  return new Map(rows.map((row) => [row.bundle, row]))
}

const agrees = (a: Buffer, b: Buffer, width: number): boolean => {
  const length = width * hashBytes
  return a.length >= length && b.length >= length && a.subarray(0, length).equals(b.subarray(0, length))
}

/** Whether everything that holds the bundle says the same of its first `width` leaves. */
const isAgreed = (scene: Scene, partials: Partials, row: EntryRow | undefined, bundle: number, width: number) => {
  if (!row?.regular || !row.backed || row.n < width) return false
  if (!scene.folder) return true
  return (
    agrees(row.hashes, tileFileOf(scene, partials, bundle), width) &&
    agrees(row.hashes, bundleFileOf(scene, partials, bundle), width)
  )
}

type OpenHead = SignedHead & { readonly root: Uint8Array }

/** The largest head whose leaves are found: if the largest of all is not, halving, for a smaller one holds what a larger holds. */
const largestFound = (
  opened: readonly OpenHead[],
  find: (size: number, root: Uint8Array) => Uint8Array | undefined,
) => {
  const sizes = [...new Set(opened.map(({ size }) => size))]
  const at = (place: number) => {
    for (const head of opened.filter(({ size }) => size === sizes[place])) {
      const leaves = find(head.size, head.root)
      if (leaves) return { head, leaves }
    }
    return undefined
  }
  let found = sizes.length > 0 ? at(0) : undefined
  let [low, high] = [found ? 0 : 1, found ? 0 : sizes.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const there = at(middle)
    if (there) [found, high] = [there, middle]
    else low = middle + 1
  }
  const lost = sizes
    .slice(0, low)
    .map((size) => ({ size, from: opened.find((head) => head.size === size)?.from ?? 'database' }))
  return { found, lost }
}

export type EntryCount = { readonly entries: number }

/** All leaf hashes of the log, from everything that holds them; `heads` are the signed ones, the largest first. */
export const findLeafHashes = async (
  scene: Scene,
  { number }: Pick<KnownLog, 'number'>,
  heads: readonly SignedHead[],
): Promise<LeafHashes & EntryCount> => {
  const { rows } = await scene.db.query<{ n: number }>('select count(*)::int as n from ledger.entry where log = $1', [
    number,
  ])
  const entries = rows[0]?.n ?? 0
  // What says it is a head counts only once its signature holds; one size may have been signed twice.
  const opened = heads.flatMap((head) => {
    const checkpoint = head.size > 0 ? head.open() : undefined
    return checkpoint ? [{ ...head, root: checkpoint.root }] : []
  })
  const largest = opened[0]?.size ?? 0
  const extent = Math.max(entries, largest)
  const partials = partialsIn(scene.folder?.list('public') ?? [])
  const agreed = Buffer.alloc(extent * hashBytes)
  const disputes: Dispute[] = []
  /** Up to where the database's entries run without a hole. */
  let running = 0
  for (let first = 0; first * tileWidth < extent; first += bundlesAtOnce) {
    const rowsThere = await entriesFrom(scene, number, first)
    for (let bundle = first; bundle < first + bundlesAtOnce && bundle * tileWidth < extent; bundle += 1) {
      const row = rowsThere.get(bundle)
      const from = bundle * tileWidth
      if (row?.regular && running === from) running += row.n
      const bound = Math.min(tileWidth, Math.max(0, largest - from))
      if (isAgreed(scene, partials, row, bundle, bound)) row?.hashes.copy(agreed, from * hashBytes)
      else {
        const sources = await sourcesOf(scene, partials, number, bundle)
        disputes.push({ bundle, sources })
        const own = sources.get('entry') ?? []
        for (const [at, hash] of own.entries())
          if (hash && from + at < extent) agreed.set(hash, (from + at) * hashBytes)
      }
    }
    scene.onProgress('核对存证的树', Math.min(extent, (first + bundlesAtOnce) * tileWidth), extent)
  }
  const common = { disputed: new Set(disputes.map(({ bundle }) => bundle)), entries }
  const { found, lost } = largestFound(opened, signedLeaves(agreed, disputes, nodeSha256).find)
  if (!found)
    return { hashes: agreed.subarray(0, running * hashBytes), size: running, signed: undefined, lost, ...common }
  const { size, root, from } = found.head
  const end = Math.max(size, running)
  const hashes = Buffer.concat([found.leaves, agreed.subarray(size * hashBytes, end * hashBytes)])
  return { hashes, size: end, signed: { size, root, from }, lost, ...common }
}

export const hashAt = ({ hashes }: Pick<LeafHashes, 'hashes'>, index: number): Buffer =>
  hashes.subarray(index * hashBytes, (index + 1) * hashBytes)
