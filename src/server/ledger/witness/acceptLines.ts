import type { PoolClient } from 'pg'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { isBy, readNote, readSignatureLine, type SignatureLine, type Verifier } from '#translog/signedNote.ts'
import { verifierOf } from '../identity.ts'
import { keepCosignature } from './cosignatures.ts'
import { listWitnesses } from './ourWitnesses.ts'

type Queries = Pick<PoolClient, 'query'>

export type Accepted = { readonly witness: string; readonly size: number }

const page = 500

/** Which checkpoint it was signed on: a line does not say, and it is most likely a late one. */
const sizeOf = async (
  db: Queries,
  log: number,
  line: SignatureLine,
  witness: Verifier,
): Promise<number | undefined> => {
  for (let below = Number.MAX_SAFE_INTEGER; ; ) {
    const { rows } = await db.query<{ size: number; note: string }>(
      `select size, note from ledger.checkpoint where log = $1 and hash = 'sha256' and size < $2 order by size desc limit ${page}`,
      [log, below],
    )
    const found = rows.find(({ note }) => witness.verifies(readNote(note)?.text ?? '', line.signature))
    if (found || rows.length < page) return found?.size
    below = rows.at(-1)?.size ?? 0
  }
}

/** Takes what a witness signed and sent by hand: its lines, or the whole note with them behind. */
export const acceptLines = async (
  db: Queries,
  log: number,
  text: string,
  now: Date,
): Promise<Outcome<readonly Accepted[]>> => {
  const lines = text
    .split(/\r?\n/)
    .map(readSignatureLine)
    .filter((line) => line !== undefined)
  const verifiers = (await listWitnesses(db)).map(({ vkey }) => verifierOf(vkey)).filter((one) => one !== undefined)
  const accepted: Accepted[] = []
  for (const line of lines) {
    const witness = verifiers.find((one) => isBy(line, one))
    const size = witness && (await sizeOf(db, log, line, witness))
    if (size === undefined) continue
    await keepCosignature(db, { log, size, line }, now)
    accepted.push({ witness: line.name, size })
  }
  if (accepted.length > 0) return ok(accepted)
  return refuse({
    code: 'no-cosignature',
    message:
      lines.length === 0 ? '文件里没有联署' : '文件里的联署不是登记过的联署方签的，或者签的不是本系统签发过的快照',
    remedy: '核对文件和联署方的指纹；联署方运行 bihuan ledger cosign 重新给出',
  })
}
