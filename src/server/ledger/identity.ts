import type { PoolClient } from 'pg'
import { DatabaseTrouble } from '#server/platform/database/trouble.ts'
import { ed25519Signer, ed25519Verifier } from '#translog/ed25519.ts'
import { readVkey, type Signer, type Verifier } from '#translog/signedNote.ts'
import { drawOrigin, type LedgerKeys, type LogKey, nextOrigin, numberIn } from './keys.ts'
import { nodeEd25519 } from './nodeEd25519.ts'
import { type Restored, restoredFrom } from './restoredMark.ts'
import { LedgerTrouble } from './trouble.ts'

type Queries = Pick<PoolClient, 'query'>

/** Who signs checkpoints, and under what origin. */
export type Signatory = { readonly origin: string; readonly signer: Signer; readonly verifier: Verifier }

/** The log that is appended to: its number, its name and key. */
export type LogIdentity = Signatory & {
  readonly number: number
  /** Set where the log has not begun: the sequencer begins it with its first batch. */
  readonly toBegin: { readonly reason?: string; readonly decidedBy?: readonly string[] } | undefined
  /** The log is registered and its key is not in the data folder: nothing is signed in its name, and none is begun by itself. */
  readonly keyGone?: true
}

export const verifierOf = (vkey: string): Verifier | undefined => {
  const key = readVkey(vkey)
  return key && ed25519Verifier(key, nodeEd25519)
}

export const signatoryFor = ({ origin, seed }: LogKey): Signatory => {
  const signer = ed25519Signer(origin, seed, nodeEd25519)
  const verifier = verifierOf(signer.vkey)
  if (!verifier) throw new Error('a key of ours is no key')
  return { origin, signer, verifier }
}

export const keyGone = (origin: string): LedgerTrouble =>
  new LedgerTrouble(
    'keyGone',
    `存证 ${origin} 的密钥文件 ledger/keys.json 不在数据文件夹里，停止签发`,
    '把原来的文件放回去，重新启动；多台机器共用一个数据库的，每台都放同一份。确实找不回来，由两个岗位决定：bihuan ledger begin',
  )

/** What is known of a log whose key is gone: it can be verified and not be signed. */
const heldIdentity = ({ number, origin, vkey }: LogRow): LogIdentity => {
  const key = readVkey(vkey)
  const verifier = verifierOf(vkey)
  if (!key || !verifier) throw new DatabaseTrouble('数据库里登记的存证公钥读不出来；运行 bihuan ledger fsck')
  const sign = (): never => {
    throw keyGone(origin)
  }
  const signer: Signer = { name: origin, keyId: verifier.keyId, vkey, sign }
  return { origin, signer, verifier, number, toBegin: undefined, keyGone: true }
}

type LogRow = { readonly number: number; readonly origin: string; readonly vkey: string }

export const lastLog = async (db: Queries): Promise<LogRow | undefined> => {
  const { rows } = await db.query<LogRow>('select number, origin, vkey from ledger.log order by number desc limit 1')
  return rows[0]
}

const keyLost = '存证密钥文件不在数据文件夹里，旧的存证不能再续签'

const nothingToBringBack = '第二存放处没有可以补回的记录'

const known = (keys: LedgerKeys, row: LogRow | undefined, behind: Restored | undefined): LogKey | undefined =>
  row && !behind ? keys.logKey(row.origin) : undefined

/**
 * After a restore, one beyond every key that was ever drawn: who knows what it has signed. Of the first of all, the key
 * may have been drawn at a start that was broken off.
 */
const nextKey = (keys: LedgerKeys, row: LogRow | undefined, behind: Restored | undefined): LogKey => {
  const lastKey = keys.lastLogKey()
  if (behind && (row || lastKey)) {
    const last = row?.origin ?? lastKey?.origin ?? drawOrigin()
    return keys.drawLogKey(nextOrigin(last, Math.max(row?.number ?? 0, numberIn(lastKey?.origin ?? '') ?? 0) + 1))
  }
  return lastKey ?? keys.drawLogKey(drawOrigin())
}

/**
 * Which log this installation signs. Where the database was restored and nothing says what was signed since, a new log is
 * to begin: the old one is never signed on from an older place, and the new one says in its first leaf why it is there.
 * Where the key alone is gone, nothing is: taking a file away must not be a way to leave a log behind.
 */
export const identify = async (db: Queries, keys: LedgerKeys, behind?: Restored): Promise<LogIdentity> => {
  const row = await lastLog(db)
  const continued = known(keys, row, behind)
  if (row && !behind && !continued) return heldIdentity(row)
  const key = continued ?? nextKey(keys, row, behind)
  const signatory = signatoryFor(key)
  if (continued && row && row.vkey !== signatory.signer.vkey)
    throw new DatabaseTrouble('存证密钥与数据库里登记的公钥不符；请取回原来的 ledger/keys.json，不要换用别处的')
  const number = numberIn(key.origin) ?? (row?.number ?? 0) + (continued ? 0 : 1)
  const reasons = [
    ...(behind ? [`${restoredFrom(behind)}，${nothingToBringBack}`] : []),
    ...(row && !keys.logKey(row.origin) ? [keyLost] : []),
  ]
  const toBegin = continued ? undefined : { ...(reasons.length > 0 && { reason: reasons.join('；') }) }
  return { ...signatory, number, toBegin }
}
