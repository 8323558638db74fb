import { seededRandom } from '#demo/seeded.ts'
import { nodeEd25519 } from '#server/ledger/nodeEd25519.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { paperWith, pixelsOf } from '#tests/support/slipPicture.ts'
import { readCheckpoint, signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { cosigner, ed25519Signer, ed25519Verifier } from '#translog/ed25519.ts'
import { leafHash } from '#translog/leaf.ts'
import { rootOf, type TreeHead } from '#translog/merkle.ts'
import { checkPinned, type TilesReader } from '#translog/pin.ts'
import { planConsistency } from '#translog/proof.ts'
import { joinQrParts, readQrPart, splitForQr } from '#translog/qrParts.ts'
import { readVkey, type Signer, signLine, type Verifier, writeNote } from '#translog/signedNote.ts'
import { type TileAt, tilePath } from '#translog/tile.ts'
import { asPasted } from '#web/verify/findings.ts'
import { readQrCodes } from '#web/verify/readQrCodes.ts'
import type { Tally } from './tally.ts'

/** A log as its key's holder shows it at one moment. */
export type Shown = { readonly leaves: readonly Uint8Array[]; readonly note: string; readonly head: TreeHead }

/** Two faces of one log, both signed by its own key, that cannot both be true. */
export type Fork = { readonly what: string; readonly before: Shown; readonly now: Shown }

const encoder = new TextEncoder()
const leaf = (text: string): Uint8Array => leafHash(encoder.encode(text), nodeSha256)

const shownBy = (signer: Signer, leaves: readonly Uint8Array[]): Shown => {
  const head = { size: leaves.length, root: rootOf(leaves, nodeSha256) }
  return { leaves, head, note: writeCheckpoint(signCheckpoint({ origin: signer.name, ...head }, signer)) }
}

type Rewriting = {
  readonly what: string
  readonly of: (leaves: readonly Uint8Array[], at: number, other: number) => readonly Uint8Array[]
}

const forged = leaf('what should have been there')

/** What the holder of the key can do to what he has shown already. */
const rewritings: readonly Rewriting[] = [
  { what: 'a leaf changed', of: (leaves, at) => leaves.with(at, forged) },
  { what: 'a leaf left out', of: (leaves, at) => leaves.toSpliced(at, 1) },
  { what: 'a leaf slipped in', of: (leaves, at) => leaves.toSpliced(at, 0, forged) },
  {
    what: 'two leaves changed over',
    of: (leaves, at, other) => leaves.with(at, leaves[other] ?? forged).with(other, leaves[at] ?? forged),
  },
  {
    what: 'the end rewritten',
    of: (leaves, at) => [...leaves.slice(0, at), ...leaves.slice(at).map((_, n) => leaf(`other end ${n}`))],
  },
  { what: 'a leaf repeated', of: (leaves, at) => leaves.toSpliced(at, 0, leaves[at] ?? forged) },
]

const grownTo = (leaves: readonly Uint8Array[], size: number): readonly Uint8Array[] =>
  leaves.length >= size
    ? leaves.slice(0, size)
    : [...leaves, ...Array.from({ length: size - leaves.length }, (_, at) => leaf(`later ${at}`))]

/** Each at the size that was shown or a larger one; every seventh is simply cut short. */
export const makeForks = (count: number, seed: number, signer: Signer): readonly Fork[] => {
  const random = seededRandom(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  return Array.from({ length: count }, (_, number): Fork => {
    const size = 2 + below(700)
    const honest = Array.from({ length: size }, (_, at) => leaf(`act ${at} of ${number}`))
    const before = shownBy(signer, honest)
    if (number % 7 === 6)
      return { what: 'the log cut short', before, now: shownBy(signer, honest.slice(0, below(size))) }
    const { what, of } = rewritings[number % rewritings.length] ?? { what: '', of: () => [] }
    const at = below(size)
    const other = (at + 1 + below(size - 1)) % size
    const larger = number % 2 === 0 ? 0 : 1 + below(700)
    const now = shownBy(signer, grownTo(of(honest, at, other), size + larger))
    return { what: `${what}, ${larger === 0 ? 'the size as before' : 'and grown since'}`, before, now }
  })
}

/** Tiles as the log's holder would serve them: of the history that he shows now. */
export const tilesOf = (leaves: readonly Uint8Array[], wanted: readonly TileAt[]) =>
  new Map(
    wanted.map((tile) => {
      const each = 256 ** tile.level
      const hashes = Array.from({ length: tile.width }, (_, at) => {
        const from = (tile.index * 256 + at) * each
        return rootOf(leaves.slice(from, from + each), nodeSha256)
      })
      return [tilePath(tile), hashes]
    }),
  )

/** The proof that belongs to the log as it is shown now: the best that its holder can give. */
export const proofOf = (from: number, { leaves, head }: Shown): readonly Uint8Array[] => {
  if (from > head.size) return []
  const plan = planConsistency(from, head.size)
  return plan.proofFrom(tilesOf(leaves, plan.tiles), nodeSha256)
}

/** One that has seen the log before and is shown it again, alone: how it took what it is shown. */
export type Watcher = {
  readonly name: string
  readonly judge: (before: Shown, now: Shown) => Promise<{ readonly accepted: boolean; readonly how: string }>
}

const readerOf =
  ({ leaves }: Shown): TilesReader =>
  async (wanted) =>
    tilesOf(leaves, wanted)

const pinnedBy = async (kept: string, now: Shown, log: Verifier) => {
  const verdict = await checkPinned(kept, now.note, readerOf(now), log, nodeSha256)
  return { accepted: verdict.ok, how: verdict.ok ? 'accepted' : verdict.fault.step }
}

export const browser = (log: Verifier): Watcher => ({
  name: 'pinned browser',
  judge: ({ note }, now) => pinnedBy(note, now, log),
})

/** The slip on the wall: its codes are drawn, printed, photographed a little askew, read and joined again. */
export const printedSlip = (log: Verifier, witness: Signer): Watcher => ({
  name: 'printed QR',
  judge: async (before, now) => {
    const signed = readCheckpoint(before.note)
    if (!signed) throw new Error('what was shown is no checkpoint')
    const { text, signatures } = signed.note
    const cosigned = writeNote({ text, signatures: [...signatures, signLine(witness, text)] })
    const parts = splitForQr(cosigned)
    const photo = await pixelsOf(await paperWith(parts, { code: 400, columns: 2, turned: 3, jpeg: 80 }))
    const read = readQrCodes(photo).map(readQrPart)
    const joined = joinQrParts(read.filter((part) => part !== undefined))
    if (!joined.ok) throw new Error(`the slip cannot be read: ${joined.problem}`)
    return pinnedBy(asPasted(joined.text), now, log)
  },
})

export const verifierFor = (vkey: string): Verifier => {
  const key = readVkey(vkey)
  const verifier = key && ed25519Verifier(key, nodeEd25519)
  if (!verifier) throw new Error('no key')
  return verifier
}

export type Caught = {
  readonly watcher: string
  readonly forks: number
  readonly caught: number
  readonly ways: Readonly<Record<string, number>>
  /** Forks that it took for honest. */
  readonly missed: readonly string[]
  /** Honest growth that it took for a fork. */
  readonly falseAlarms: number
}

/** Every fork, and beside each the same log grown honestly, before every watcher alone. */
export const showForks = async (
  forks: readonly Fork[],
  signer: Signer,
  watchers: readonly Watcher[],
): Promise<readonly Caught[]> => {
  const all: Caught[] = []
  for (const watcher of watchers) {
    const ways: Record<string, number> = {}
    const missed: string[] = []
    let falseAlarms = 0
    for (const [number, { what, before, now }] of forks.entries()) {
      const { accepted, how } = await watcher.judge(before, now)
      ways[how] = (ways[how] ?? 0) + 1
      if (accepted) missed.push(what)
      const honest = shownBy(signer, grownTo(before.leaves, before.head.size + (number % 3) * 57))
      if (!(await watcher.judge(before, honest)).accepted) falseAlarms += 1
    }
    all.push({
      watcher: watcher.name,
      forks: forks.length,
      caught: forks.length - missed.length,
      ways,
      missed,
      falseAlarms,
    })
  }
  return all
}

const seedOf = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)

export const logKey = (): Signer => ed25519Signer('bihuan/0123456789ab/1', seedOf(11), nodeEd25519)
export const slipWitness = (): Signer => cosigner('witness.example/city', seedOf(12), () => 1_694_739_600, nodeEd25519)

/** The forks before everybody who could catch them; `more` are watchers that need a house of their own. */
export const catchForks = async (tally: Tally, count: number, more: readonly Watcher[] = []): Promise<void> => {
  const signer = logKey()
  const log = verifierFor(signer.vkey)
  tally.say(`${count} forks signed with the log's own key`)
  const caught = await showForks(makeForks(count, 20_230_915, signer), signer, [
    browser(log),
    ...more,
    printedSlip(log, slipWitness()),
  ])
  for (const { watcher, forks, caught: found, ways, missed, falseAlarms } of caught) {
    const how = Object.entries(ways).map(([way, times]) => `${way} ${times}`)
    tally.check(
      `${watcher.padEnd(15)} alone caught ${found} of ${forks}, ${falseAlarms} false alarms on as many honest logs`,
      missed.length === 0 && falseAlarms === 0,
      [...how, ...missed].join(', '),
    )
  }
}
