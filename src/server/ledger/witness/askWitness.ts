import { readNote } from '#translog/signedNote.ts'
import { cosignatureIn } from '#translog/witness.ts'
import { verifierOf } from '../identity.ts'
import type { Queries } from '../tiles.ts'
import { keepCosignature, lastSignedSize, type SignedSize } from './cosignatures.ts'
import { type Posted, postCheckpoint } from './postCheckpoint.ts'
import type { WitnessFinding } from './standing.ts'
import { submissionFor } from './submissionFor.ts'

export type Witness = {
  readonly name: string
  readonly vkey: string
  readonly url: string
  /** The last size that we hold its signature for. */
  readonly size: number | null
}

export type Asked =
  | { readonly kind: 'cosigned'; readonly size: number }
  /** It goes on by itself once the other side is there, or somebody mends it. */
  | { readonly kind: 'trouble'; readonly trouble: string }
  /** The witness has seen another history of ours than the one we keep. */
  | { readonly kind: 'alarm'; readonly found: WitnessFinding }

export type Asking = {
  readonly db: Queries
  readonly log: number
  readonly now: () => Date
  readonly milliseconds: number
  readonly stopped: AbortSignal
}

/** Learn the size, learn it once more where somebody was faster, then it must do. */
const mostTries = 3

const trouble = (text: string): Asked => ({ kind: 'trouble', trouble: text })

const words: Readonly<Record<number, string>> = {
  400: '对方说请求的格式不对；两边的程序版本可能差得太远',
  403: '对方登记的存证公钥不是我们的；请两边核对指纹，由对方重新登记',
  404: '对方没有登记我们的存证公钥（对方运行 bihuan ledger witness-for add），或者地址不对（应以 /log 结尾）',
  413: '对方不收这么大的请求；核对地址是不是联署方',
  429: '对方嫌问得太勤，稍后自动再问',
}

const alarm = (
  code: WitnessFinding['code'],
  { name }: Witness,
  { size, note }: SignedSize,
  message: string,
): Asked => ({
  kind: 'alarm',
  found: {
    code,
    about: name,
    size,
    message,
    remedy: '停止办理，不要恢复备份；运行 bihuan ledger fsck 查明改动，并与联署方核对它留底的快照',
    checkpoints: [note],
  },
})

const ahead = (witness: Witness, signed: SignedSize, seen: number): Asked =>
  alarm(
    'witnessAhead',
    witness,
    signed,
    `联署方 ${witness.name} 联署过 ${seen} 条，我们这里只签到 ${signed.size} 条：本系统的存证被退回过，或者有人拿着我们的钥匙另签`,
  )

const other = (witness: Witness, signed: SignedSize): Asked =>
  alarm(
    'witnessForked',
    witness,
    signed,
    `联署方 ${witness.name} 在 ${signed.size} 条处联署的是另一个根：有两本账，前面的记录被改动过`,
  )

const refused = (witness: Witness, signed: SignedSize, old: number): Asked =>
  alarm(
    'witnessUnproven',
    witness,
    signed,
    `联署方 ${witness.name} 说我们的 ${signed.size} 条接不上它联署过的 ${old} 条：前面的记录被改动过`,
  )

/** text/x.tlog.size; undefined where the body is no size. */
const sizeIn = ({ type, body }: Extract<Posted, { kind: 'answered' }>): number | undefined => {
  const size = Number(/^(0|[1-9]\d{0,15})\n$/.exec(body)?.[1])
  return type.startsWith('text/x.tlog.size') && Number.isSafeInteger(size) ? size : undefined
}

const keep = async ({ db, log, now }: Asking, witness: Witness, signed: SignedSize, lines: string): Promise<Asked> => {
  const verifier = verifierOf(witness.vkey)
  const text = readNote(signed.note)?.text
  const line = verifier && text !== undefined ? cosignatureIn(lines, text, verifier) : undefined
  if (!line) return trouble('回来的联署不是用登记的公钥签在这份快照上的，没有收；请与联署方核对指纹')
  await keepCosignature(db, { log, size: signed.size, line }, now())
  return { kind: 'cosigned', size: signed.size }
}

/** Has the newest checkpoint co-signed by this witness, and keeps its line. Undefined where nothing is signed yet. */
export const askWitness = async (asking: Asking, witness: Witness): Promise<Asked | undefined> => {
  const { db, log, milliseconds, stopped } = asking
  let old = witness.size ?? 0
  for (let tries = 0; tries < mostTries; tries += 1) {
    const signed = await lastSignedSize(db, log)
    if (!signed) return undefined
    // What it co-signed of an earlier log of ours says nothing about this one.
    if (old > signed.size) old = 0
    const posted = await postCheckpoint(witness.url, await submissionFor(db, log, old, signed), {
      milliseconds,
      stopped,
    })
    if (posted.kind === 'away') return trouble(`连不上 ${witness.url}：${posted.reason}；会自动再问`)
    if (posted.status === 200) return keep(asking, witness, signed, posted.body)
    if (posted.status === 422) return refused(witness, signed, old)
    if (posted.status !== 409) return trouble(words[posted.status] ?? `对方答 ${posted.status}；会自动再问`)
    const seen = sizeIn(posted)
    if (seen === undefined) return trouble('对方的回答不合 C2SP tlog-witness，不知道它联署到哪里')
    if (seen === old && old === signed.size) return other(witness, signed)
    if (seen === old) return trouble(`对方说联署到 ${seen} 条，又不认这个数；请对方检查程序`)
    // Signed on meanwhile, it may be ahead of what was sent and not of what we have.
    const latest = (await lastSignedSize(db, log)) ?? signed
    if (seen > latest.size) return ahead(witness, latest, seen)
    old = seen
  }
  return trouble('另有程序同时在向这个联署方要联署，稍后自动再问')
}
