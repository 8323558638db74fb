import { writeBundle } from '#translog/bundle.ts'
import type { JsonValue } from '#translog/canonicalJson.ts'
import { signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { cosigner, type Ed25519, ed25519Signer, nobleEd25519 } from '#translog/ed25519.ts'
import { toHex } from '#translog/hex.ts'
import { discloseFields, leafBytes, leafHash, sealFields } from '#translog/leaf.ts'
import { rootOf } from '#translog/merkle.ts'
import { planInclusion } from '#translog/proof.ts'
import { readTile, tileBytes, tilePath } from '#translog/tile.ts'
import { policyOf, type Trust } from '#translog/trust.ts'

const seed = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)

/** A hazard's accepted rectification, as `fieldsOf` seals an event. */
export const acceptance: Readonly<Record<string, JsonValue>> = {
  kind: 'hazard.accept',
  tenant: '0192f0c4-0000-7000-8000-00000000f003',
  subject: '0192f0c4-0000-7000-8000-00000000a001',
  version: 7,
  actor: '0192f0c4-0000-7000-8000-00000000b007',
  role: 'principal',
  receivedAt: '2023-07-31T01:00:00.000Z',
  capturedAt: null,
  record: {
    type: 'hazard.accept',
    v: 1,
    body: {
      on: '2023-07-31',
      conclusion: '北排土场反压坡脚，复测合格',
      photos: ['7'.repeat(64)],
      notPhotographable: false,
    },
  },
  provenance: {
    event: '0192f0c4-0000-7000-8000-00000000c009',
    stream: 'hazard',
    person: null,
    command: '0192f0c4-0000-7000-8000-00000000d00a',
    commandHash: 'A'.repeat(43),
    number: null,
    rulebook: '2023-07-01',
  },
}

export const shownByDefault: ReadonlySet<string> = new Set(
  Object.keys(acceptance).filter((name) => name !== 'actor' && name !== 'provenance'),
)

export type EvidenceOptions = {
  readonly size?: number
  readonly index?: number
  readonly fields?: Readonly<Record<string, JsonValue>>
  readonly shown?: ReadonlySet<string>
  readonly origin?: string
  /** When each witness cosigned, in seconds since 1970. */
  readonly cosignedAt?: readonly number[]
  readonly curve?: Ed25519
  /** Changes every other leaf: another tree of the same size. */
  readonly fork?: string
}

/** 2023-07-31 09:00:05 and :09 in Shanghai. */
export const cosignTimes: readonly number[] = [1_690_765_205, 1_690_765_209]

const witnessNames = ['witness.example/city', 'witness.example/province']

/** A log of `size` leaves with one record of interest, its keys and its evidence file: what an honest server hands out. */
export const evidence = ({
  size = 1000,
  index = 613,
  fields = acceptance,
  shown = shownByDefault,
  origin = 'bihuan.example/ledger/1',
  cosignedAt = cosignTimes,
  curve = nobleEd25519,
  fork = '',
}: EvidenceOptions = {}) => {
  const salt = seed(9)
  const leaf = leafHash(leafBytes({ v: 1, commit: sealFields(fields, salt).commit }))
  const filler = (at: number): Uint8Array => leafHash(new TextEncoder().encode(`leaf ${at}${fork}`))
  const leaves = Array.from({ length: size }, (_, at) => (at === index ? leaf : filler(at)))
  const log = ed25519Signer(origin, seed(1), curve)
  const witnesses = cosignedAt.map((at, number) =>
    cosigner(witnessNames[number] ?? `witness.example/${number}`, seed(2 + number), () => at, curve),
  )
  const root = rootOf(leaves)
  const checkpoint = writeCheckpoint(signCheckpoint({ origin, size, root }, log, ...witnesses))
  const plan = planInclusion(index, size)
  const proof = plan.proofFrom(
    new Map(plan.tiles.map((tile) => [tilePath(tile), tileHashes(leaves, tile.level, tile.index, tile.width)])),
  )
  const trust: Trust = { log: log.vkey, witnesses: witnesses.map(({ vkey }) => vkey), quorum: witnesses.length }
  const policy = policyOf(trust, curve)
  if (!policy.ok) throw new Error(JSON.stringify(policy.fault))
  const disclosure = discloseFields(fields, salt, shown)
  return {
    index,
    size,
    proof,
    disclosure,
    checkpoint,
    trust,
    policy: policy.policy,
    root: toHex(root),
    leafHash: toHex(leaf),
    bundle: writeBundle({ disclosure, index, proof, checkpoint }),
  }
}

/** A tile's hashes, computed from all leaves. */
const tileHashes = (leaves: readonly Uint8Array[], level: number, index: number, width: number) => {
  const each = 256 ** level
  const hashes = Array.from({ length: width }, (_, at) => {
    const from = (index * 256 + at) * each
    return rootOf(leaves.slice(from, from + each))
  })
  return readTile(tileBytes(hashes), width) ?? []
}

/** A file after somebody changed its text. */
export const altered = (text: string, from: string | RegExp, to: string): string => {
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`nothing to change: ${from}`)
  return changed
}
