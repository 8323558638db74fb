import { createPublicKey } from 'node:crypto'
import { VerificationError } from '@sigstore/verify'
import { verifyTLogInclusion } from '@sigstore/verify/dist/tlog/index.js'
import { judgedLog } from '#tests/judges/judgedLog.ts'
import type { Refusals } from '#tests/judges/refusals.ts'
import { type Case, recordOf, type Statement, tamperedCases } from '#tests/judges/statements.ts'
import { fromBase64 } from '#translog/base64.ts'
import { signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { readVkey, type Signer } from '#translog/signedNote.ts'

export type Given = { entry: Uint8Array; index: number; proof: readonly Uint8Array[]; checkpoint: string }
type Entry = Parameters<typeof verifyTLogInclusion>[0]
type Authority = Parameters<typeof verifyTLogInclusion>[1][number]

const spki = Buffer.from('302a300506032b6570032100', 'hex')

/** The log as Sigstore's verifier is told of one. */
const authorityOf = (signer: Signer): Authority => {
  const key = readVkey(signer.vkey)
  if (!key) throw new Error('no key')
  return {
    logID: Buffer.from(signer.keyId),
    publicKey: createPublicKey({ key: Buffer.concat([spki, key.publicKey]), format: 'der', type: 'spki' }),
    validFor: { start: new Date(0), end: new Date(8.64e15) },
    baseURL: `https://${key.name}`,
  }
}

const asEntry = ({ entry, index, proof, checkpoint }: Given, { logID }: Authority): Entry => ({
  logIndex: String(index),
  logId: { keyId: logID },
  kindVersion: { kind: '', version: '' },
  integratedTime: '0',
  inclusionPromise: undefined,
  canonicalizedBody: Buffer.from(entry),
  inclusionProof: {
    logIndex: String(index),
    rootHash: Buffer.alloc(0),
    treeSize: '0',
    hashes: proof.map((hash) => Buffer.from(hash)),
    checkpoint: { envelope: checkpoint },
  },
})

/** Sigstore's own word on it, as on any entry of a log: signature of the checkpoint, then the path to its root. */
export const sigstoreAccepts = (given: Given, signer: Signer): boolean => {
  const authority = authorityOf(signer)
  try {
    verifyTLogInclusion(asEntry(given, authority), [authority])
    return true
  } catch (error) {
    if (error instanceof VerificationError) return false
    throw error
  }
}

const bytesOf = (text: string): Uint8Array => fromBase64(text) ?? new Uint8Array()

/** The same statement as Sigstore takes one; undefined for the kinds it does not judge. */
const givenOf = (statement: Statement, honest: ReturnType<typeof recordOf>, signer: Signer): Given | undefined => {
  if (statement.kind !== 'note' && statement.kind !== 'record') return undefined
  const { entry, index, proof, root, size } = statement.kind === 'record' ? statement : honest
  const signed = writeCheckpoint(signCheckpoint({ origin: signer.name, size, root: bytesOf(root) }, signer))
  return {
    entry: bytesOf(entry),
    index,
    proof: proof.map(bytesOf),
    checkpoint: statement.kind === 'note' ? statement.note : signed,
  }
}

/** Every class of tampering it can be asked about, a hundred times each. */
export const judgeSigstore = (refusals: Refusals): { passed: number; failed: number } => {
  const log = judgedLog(1_000)
  const tally = { passed: 0, failed: 0 }
  const judge = ({ class: name, statement }: Case, honest: ReturnType<typeof recordOf>): void => {
    const given = givenOf(statement, honest, log.signer)
    if (!given) return
    const refused = !sigstoreAccepts(given, log.signer)
    refusals.note(name, '@sigstore/verify', refused)
    tally[refused ? 'passed' : 'failed'] += 1
  }
  for (let turn = 0; turn < 100; turn += 1) {
    const honest = recordOf(log, turn, 1_000)
    const given = givenOf(honest, honest, log.signer)
    tally[given && sigstoreAccepts(given, log.signer) ? 'passed' : 'failed'] += 1
    for (const one of tamperedCases(log, 1_000)) judge(one, honest)
  }
  return tally
}
