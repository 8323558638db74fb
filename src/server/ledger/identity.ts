import type { PoolClient } from 'pg'
import { DatabaseTrouble } from '#server/platform/database/trouble.ts'
import { ed25519Signer, ed25519Verifier } from '#translog/ed25519.ts'
import { readVkey, type Signer, type Verifier } from '#translog/signedNote.ts'
import { drawOrigin, type LedgerKeys, nextOrigin } from './keys.ts'
import { nodeEd25519 } from './nodeEd25519.ts'

type Queries = Pick<PoolClient, 'query'>

/** The log that is appended to: its number, its name and key. */
export type LogIdentity = {
  readonly number: number
  readonly origin: string
  readonly signer: Signer
  readonly verifier: Verifier
  /** Set where the log has not begun: the sequencer begins it with its first batch. */
  readonly toBegin: { readonly reason?: string; readonly decidedBy?: readonly string[] } | undefined
}

export const verifierOf = (vkey: string): Verifier | undefined => {
  const key = readVkey(vkey)
  return key && ed25519Verifier(key, nodeEd25519)
}

type LogRow = { readonly number: number; readonly origin: string; readonly vkey: string }

export const lastLog = async (db: Queries): Promise<LogRow | undefined> => {
  const { rows } = await db.query<LogRow>('select number, origin, vkey from ledger.log order by number desc limit 1')
  return rows[0]
}

const keyLost = '存证密钥文件不在数据文件夹里，旧的存证不能再续签'

/**
 * Which log this installation signs. Where the key of the last one is gone, a new log is to begin: the old one is never
 * signed on by another key, and the new one says in its first leaf why it is there.
 */
export const identify = async (db: Queries, keys: LedgerKeys): Promise<LogIdentity> => {
  const row = await lastLog(db)
  const known = row && keys.logKey(row.origin)
  const number = row ? row.number + (known ? 0 : 1) : 1
  const origin = row ? (known ? row.origin : nextOrigin(row.origin, number)) : undefined
  const key =
    known ??
    (origin ? (keys.logKey(origin) ?? keys.drawLogKey(origin)) : (keys.lastLogKey() ?? keys.drawLogKey(drawOrigin())))
  const signer = ed25519Signer(key.origin, key.seed, nodeEd25519)
  const verifier = verifierOf(signer.vkey)
  if (!verifier) throw new Error('a key of ours is no key')
  if (known && row && row.vkey !== signer.vkey)
    throw new DatabaseTrouble('存证密钥与数据库里登记的公钥不符；请取回原来的 ledger/keys.json，不要换用别处的')
  const toBegin = known ? undefined : { ...(row && { reason: keyLost }) }
  return { number, origin: key.origin, signer, verifier, toBegin }
}
