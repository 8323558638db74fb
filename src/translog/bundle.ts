import { readCheckpoint, type SignedCheckpoint } from './checkpoint.ts'
import { type DisclosureProblem, disclosureBytes, readDisclosure } from './disclosureJson.ts'
import { cosignedAt } from './ed25519.ts'
import { type Hasher, nobleSha256 } from './hasher.ts'
import { toHex } from './hex.ts'
import { type DisclosedField, type Disclosure, leafBytes, leafHash, openFields } from './leaf.ts'
import { rootFromInclusion } from './merkle.ts'
import { isBy, type Note, type SignatureLine, type Verifier, writeNote } from './signedNote.ts'
import { readTlogProof, writeTlogProof } from './tlogProof.ts'
import { textOf } from './utf8.ts'

/**
 * The evidence file of one record: a C2SP tlog-proof whose `extra` shows the record. Whoever holds it and the public
 * keys needs nothing else of ours: the fields shown make the leaf, the leaf and the proof make the root, the log signed
 * the root, and witnesses signed that they saw it.
 */
export type Bundle = {
  readonly disclosure: Disclosure
  readonly index: number
  readonly proof: readonly Uint8Array[]
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string
}

/** Whose signatures are asked for: the log's, and those of `quorum` of the witnesses. */
export type Policy = { readonly log: Verifier; readonly witnesses: readonly Verifier[]; readonly quorum: number }

export type Cosigned = {
  readonly witness: string
  /** Seconds since 1970, by the witness's own clock. */
  readonly at: number
}

/** Who stands behind a checkpoint. Hashes in hex, as on receipts. */
export type ProvenHead = {
  readonly origin: string
  readonly size: number
  readonly root: string
  /** First who cosigned first. */
  readonly cosigned: readonly Cosigned[]
}

export type Proven = ProvenHead & {
  readonly index: number
  readonly leafHash: string
  readonly disclosed: readonly DisclosedField[]
  readonly withheld: readonly string[]
  readonly checkpoint: string
}

export type SignatureFault =
  | { readonly step: 'origin'; readonly found: string; readonly expected: string }
  | { readonly step: 'unknownKey'; readonly name: string; readonly keyId: string; readonly logName: string }
  | { readonly step: 'logSignature'; readonly problem: SignatureProblem | 'missing'; readonly head: HeadClaimed }
  | {
      readonly step: 'cosignature'
      readonly problem: SignatureProblem
      readonly witness: string
      readonly head: HeadClaimed
    }
  | {
      readonly step: 'quorum'
      readonly needed: number
      readonly cosigned: readonly Cosigned[]
      readonly missing: readonly string[]
    }

export type SignatureProblem = 'wrong' | 'twice'

/** What the checkpoint says of itself; nobody vouches for it yet. */
export type HeadClaimed = { readonly origin: string; readonly size: number; readonly root: string }

export type FormProblem = 'notText' | 'tooLong' | 'lineEnds' | 'notProof' | 'noContent' | 'notCheckpoint'

export type BundleFault =
  | { readonly step: 'form'; readonly problem: FormProblem }
  | { readonly step: 'content'; readonly problem: DisclosureProblem; readonly name?: string }
  | SignatureFault
  /** The leaf that the content makes is not the one that the caller knows from elsewhere. */
  | { readonly step: 'leaf'; readonly found: string; readonly expected: string }
  /** The proof cannot lead from that place to any root of a tree of that size. */
  | {
      readonly step: 'path'
      readonly leafHash: string
      readonly index: number
      readonly size: number
      readonly hashes: number
    }
  | {
      readonly step: 'root'
      readonly leafHash: string
      readonly index: number
      readonly size: number
      readonly found: string
      readonly signed: string
    }

export type Verified<T, F> = { readonly ok: true; readonly proven: T } | { readonly ok: false; readonly fault: F }
export type BundleVerdict = Verified<Proven, BundleFault>

/** Far above any record; what is longer is not even read. */
export const mostCharacters = 1_000_000

type BundleRead = { readonly ok: true; readonly bundle: Bundle } | { readonly ok: false; readonly fault: BundleFault }

const unread = (fault: BundleFault): { readonly ok: false; readonly fault: BundleFault } => ({ ok: false, fault })
const malformed = (problem: FormProblem) => unread({ step: 'form', problem })

/** The form alone; who vouches for it is asked of verifyBundle. Never throws. */
export const readBundle = (written: string): BundleRead => {
  if (written.length > mostCharacters) return malformed('tooLong')
  const read = readTlogProof(written)
  if (!read) return malformed(written.includes('\r') ? 'lineEnds' : 'notProof')
  const { extra, index, proof, checkpoint } = read
  if (!extra) return malformed('noContent')
  if (writeTlogProof(read) !== written) return malformed('notProof')
  const content = readDisclosure(extra)
  if (!content.ok) {
    const { problem, name } = content
    return unread({ step: 'content', problem, ...(name !== undefined && { name }) })
  }
  return { ok: true, bundle: { disclosure: content.disclosure, index, proof, checkpoint } }
}

/** Throws RangeError for what readBundle would not read back. */
export const writeBundle = ({ disclosure, index, proof, checkpoint }: Bundle): string => {
  const written = writeTlogProof({ extra: disclosureBytes(disclosure), index, proof, checkpoint })
  const read = readBundle(written)
  if (!read.ok) throw new RangeError(`no bundle: ${JSON.stringify(read.fault)}`)
  return written
}

const firstTwice = (lines: readonly SignatureLine[], verifier: Verifier): boolean =>
  lines.filter((line) => isBy(line, verifier)).length > 1

const stranger = ({ signatures }: Note, { log, witnesses }: Policy): SignatureLine | undefined =>
  signatures.find((line) => ![log, ...witnesses].some((verifier) => isBy(line, verifier)))

const checkWitnesses = (
  { text, signatures }: Note,
  { witnesses, quorum }: Policy,
  head: HeadClaimed,
): Verified<readonly Cosigned[], SignatureFault> => {
  const cosigned: Cosigned[] = []
  for (const witness of witnesses) {
    const line = signatures.find((one) => isBy(one, witness))
    if (!line) continue
    const wrong = (problem: SignatureProblem) =>
      ({ ok: false, fault: { step: 'cosignature', problem, witness: witness.name, head } }) as const
    if (firstTwice(signatures, witness)) return wrong('twice')
    const at = cosignedAt(line.signature)
    if (at === undefined || !witness.verifies(text, line.signature)) return wrong('wrong')
    cosigned.push({ witness: witness.name, at })
  }
  cosigned.sort((a, b) => a.at - b.at)
  // Written so that a quorum which is no number is never reached.
  if (cosigned.length >= quorum) return { ok: true, proven: cosigned }
  const missing = witnesses.map(({ name }) => name).filter((name) => !cosigned.some((one) => one.witness === name))
  return { ok: false, fault: { step: 'quorum', needed: quorum, cosigned, missing } }
}

const checkSignatures = (
  { checkpoint, note }: SignedCheckpoint,
  policy: Policy,
): Verified<ProvenHead, SignatureFault> => {
  const { log } = policy
  const head: HeadClaimed = { origin: checkpoint.origin, size: checkpoint.size, root: toHex(checkpoint.root) }
  const fail = (fault: SignatureFault) => ({ ok: false, fault }) as const
  if (head.origin !== log.name) return fail({ step: 'origin', found: head.origin, expected: log.name })
  // A line that nobody can judge could say anything: none is passed over.
  const unknown = stranger(note, policy)
  if (unknown) {
    const { name, keyId } = unknown
    return fail({ step: 'unknownKey', name, keyId: toHex(keyId), logName: log.name })
  }
  const byLog = note.signatures.find((line) => isBy(line, log))
  if (!byLog) return fail({ step: 'logSignature', problem: 'missing', head })
  if (firstTwice(note.signatures, log)) return fail({ step: 'logSignature', problem: 'twice', head })
  if (!log.verifies(note.text, byLog.signature)) return fail({ step: 'logSignature', problem: 'wrong', head })
  const witnessed = checkWitnesses(note, policy, head)
  return witnessed.ok ? { ok: true, proven: { ...head, cosigned: witnessed.proven } } : witnessed
}

const readSignedCheckpoint = (written: string): SignedCheckpoint | undefined => {
  const read = readCheckpoint(written)
  return read && writeNote(read.note) === written ? read : undefined
}

export type CheckpointFault = { readonly step: 'form'; readonly problem: 'notCheckpoint' } | SignatureFault

/** Who stands behind a checkpoint, as strictly as for a bundle. Never throws. */
export const verifyCheckpoint = (written: string, policy: Policy): Verified<ProvenHead, CheckpointFault> => {
  const signed = readSignedCheckpoint(written)
  if (!signed) return { ok: false, fault: { step: 'form', problem: 'notCheckpoint' } }
  return checkSignatures(signed, policy)
}

/**
 * What a bundle proves under the policy, or the first step that fails. STRICT: every line of the file is authenticated
 * or refused, so nobody can change or add anything and have it pass. Never throws.
 *
 * `knownLeaf` is the leaf hash in hex that the caller has from elsewhere (a receipt, a printed slip).
 */
export const verifyBundle = (
  written: string,
  policy: Policy,
  hash: Hasher = nobleSha256,
  knownLeaf?: string,
): BundleVerdict => {
  const read = readBundle(written)
  if (!read.ok) return read
  const { disclosure, index, proof, checkpoint } = read.bundle
  const head = verifyCheckpoint(checkpoint, policy)
  if (!head.ok) return head
  const { size, root } = head.proven
  const leaf = leafHash(leafBytes({ v: 1, commit: openFields(disclosure, hash) }), hash)
  const at = { leafHash: toHex(leaf), index, size }
  if (knownLeaf !== undefined && at.leafHash !== knownLeaf)
    return unread({ step: 'leaf', found: at.leafHash, expected: knownLeaf })
  const found = rootFromInclusion({ leaf, index, size, proof }, hash)
  if (!found) return unread({ step: 'path', ...at, hashes: proof.length })
  if (toHex(found) !== root) return unread({ step: 'root', ...at, found: toHex(found), signed: root })
  const { disclosed, withheld } = disclosure
  return { ok: true, proven: { ...head.proven, ...at, disclosed, withheld: Object.keys(withheld), checkpoint } }
}

/** The same for the bytes of a file. */
export const verifyBundleBytes = (
  bytes: Uint8Array,
  policy: Policy,
  hash: Hasher = nobleSha256,
  knownLeaf?: string,
): BundleVerdict => {
  const text = textOf(bytes)
  return text === undefined ? malformed('notText') : verifyBundle(text, policy, hash, knownLeaf)
}
