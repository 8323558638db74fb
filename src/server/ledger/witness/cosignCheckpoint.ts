import type { PoolClient } from 'pg'
import type { Logger } from 'pino'
import type { DatabasePool } from '#server/platform/database/pool.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { cosigner } from '#translog/ed25519.ts'
import { isSignedBy, signLine, type Verifier, writeSignatureLine } from '#translog/signedNote.ts'
import {
  contradicts,
  judgeSubmission,
  type LastCosigned,
  readSubmission,
  type Submission,
  type WitnessVerdict,
} from '#translog/witness.ts'
import { verifierOf } from '../identity.ts'
import type { LedgerKeys } from '../keys.ts'
import { nodeEd25519 } from '../nodeEd25519.ts'
import { inTransaction } from './inTransaction.ts'
import { raise, type WitnessFinding } from './standing.ts'

/** What a witness answers, by C2SP tlog-witness. */
export type WitnessAnswer = {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly type: string
  readonly body: string
  /** Why, where the sizes alone do not tell. */
  readonly verdict?: WitnessVerdict
}

export type Witnessing = {
  /** Under the sequencer's login: the application itself cannot write what was co-signed. */
  readonly pool: DatabasePool
  readonly witness: LedgerKeys['witness']
  /** The number of our own log, under which a finding is kept. */
  readonly ownLog: number
  readonly log: Pick<Logger, 'error'>
  readonly now: () => Date
}

const plainText = 'text/plain; charset=utf-8'
const sizeText = 'text/x.tlog.size'

const inWords = (status: WitnessAnswer['status'], words: string): WitnessAnswer => ({
  status,
  type: plainText,
  body: `${words}\n`,
})

const malformed = inWords(400, '请求的格式不对：应为 old 一行、证明各行、空行、签名的快照（C2SP tlog-witness）')
const oldIsLarger = inWords(400, '旧大小比交来的快照还大')
const unknownLog = inWords(404, '这里没有登记这份存证；请联署方运行 bihuan ledger witness-for add 登记存证公钥')
const notSigned = inWords(403, '没有一行签名是用登记过的公钥签的；请两边当面核对指纹')
const unproven = inWords(422, '没能证明交来的快照是在上次联署的那一份上接着写的；这里不联署，并已留底')

type Known = { readonly verifier: Verifier; readonly last: LastCosigned; readonly note: string | null }

const lastKnown = async (db: Pick<PoolClient, 'query'>, origin: string, lock: boolean): Promise<Known | undefined> => {
  const { rows } = await db.query<{ vkey: string; size: number | null; root: Buffer | null; note: string | null }>(
    `select vkey, size, root, note from ledger.witnessed where origin = $1${lock ? ' for update' : ''}`,
    [origin],
  )
  const [row] = rows
  const verifier = row && verifierOf(row.vkey)
  if (!row || !verifier) return undefined
  const { size, root, note } = row
  return { verifier, note, last: size === null || root === null ? undefined : { size, root } }
}

const forked = (origin: string, size: number, checkpoints: readonly string[]): WitnessFinding => ({
  code: 'forkedAtWitness',
  about: origin,
  size,
  message: `我们联署的存证 ${origin} 有两本账：同样是 ${size} 条，它签了两个不同的根。两份快照都是它的钥匙签的，已留底，本身就是凭据`,
  remedy: '不要再相信这份存证；保存两份快照，向它的上级部门报告，请对方说明',
  checkpoints,
})

const notProven = (origin: string, known: number, size: number, checkpoints: readonly string[]): WitnessFinding => ({
  code: 'unprovenAtWitness',
  about: origin,
  size,
  message: `有人交来我们联署的存证 ${origin} 的 ${size} 条快照，没能证明是在已联署的 ${known} 条上接着写的：前面的记录可能被改动过，也可能是旁人拿公开的快照乱交`,
  remedy:
    '请对方核对这份快照是不是它交的；是，就让对方运行 bihuan ledger fsck；查清后运行 bihuan ledger witness settle',
  checkpoints,
})

/** What goes against the log that signed it; a proof that fails against nothing co-signed goes against nobody. */
const evidence = (
  submission: Submission,
  verdict: WitnessVerdict,
  { last, note }: Known,
): WitnessFinding | undefined => {
  const { checkpoint, written } = submission
  if (last === undefined || note === null || verdict === 'notSigned') return undefined
  const both = [note, written]
  if (contradicts(submission, last)) return forked(checkpoint.origin, checkpoint.size, both)
  return verdict === 'unproven' && checkpoint.size > last.size
    ? notProven(checkpoint.origin, last.size, checkpoint.size, both)
    : undefined
}

const lastSizeOf = ({ last }: Known): WitnessAnswer => ({ status: 409, type: sizeText, body: `${last?.size ?? 0}\n` })

const refusals: Readonly<Record<Exclude<WitnessVerdict, 'cosign'>, (known: Known) => WitnessAnswer>> = {
  notSigned: () => notSigned,
  oldIsLarger: () => oldIsLarger,
  otherSize: lastSizeOf,
  forked: lastSizeOf,
  unproven: () => unproven,
}

/** Within a transaction that holds the log's row: nobody moves it between the check and the record. */
const decide = async (
  db: PoolClient,
  submission: Submission,
  { witness, ownLog, log, now }: Witnessing,
): Promise<WitnessAnswer> => {
  const { checkpoint, note, written } = submission
  const known = await lastKnown(db, checkpoint.origin, true)
  if (!known) return unknownLog
  const verdict = judgeSubmission(submission, known.verifier, known.last, nodeSha256)
  const found = evidence(submission, verdict, known)
  if (found) {
    if (await raise(db, found, { log: ownLog, size: checkpoint.size, now: now() }))
      log.error({ origin: checkpoint.origin, size: checkpoint.size }, `拒绝联署：${found.message}。${found.remedy}`)
  }
  if (verdict !== 'cosign') return { ...refusals[verdict](known), verdict }
  const at = now()
  const signer = cosigner(witness.name, witness.seed, () => Math.floor(at.getTime() / 1000), nodeEd25519)
  await db.query('update ledger.witnessed set size = $2, root = $3, note = $4, cosigned_at = $5 where origin = $1', [
    checkpoint.origin,
    checkpoint.size,
    Buffer.from(checkpoint.root),
    written,
    at,
  ])
  return { status: 200, type: plainText, body: writeSignatureLine(signLine(signer, note.text)) }
}

/** The answer goes out when what it says is kept. */
export const cosignCheckpoint = async (witnessing: Witnessing, request: Uint8Array): Promise<WitnessAnswer> => {
  const submission = readSubmission(request)
  if (!submission) return malformed
  // Whoever lacks the log's key is turned away before a row is locked.
  const known = await lastKnown(witnessing.pool, submission.checkpoint.origin, false)
  if (!known) return unknownLog
  if (!isSignedBy(submission.note, known.verifier)) return notSigned
  return inTransaction(witnessing.pool, (db) => decide(db, submission, witnessing))
}
