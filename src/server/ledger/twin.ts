import { randomBytes } from 'node:crypto'
import { readVkey } from '#translog/signedNote.ts'
import type { LogIdentity, Signatory } from './identity.ts'
import type { LedgerKeys } from './keys.ts'
import type { LogTree } from './logTree.ts'
import { nodeSm3 } from './nodeSm3.ts'
import { publishTiles } from './publish.ts'
import type { Queries, TreeName } from './tiles.ts'
import { LedgerTrouble } from './trouble.ts'

/**
 * The twin of the log: a second tree over the same leaves in the same order, hashed SM3 and signed SM2, for whom the law
 * on commercial cryptography binds. Off by default; its switch is a setting of the installation.
 */
const setting = 'ledgerTwin'

/** Told to the sequencer when the switch is thrown. */
export const twinChannel = 'bihuan_ledger_twin'

export const twinOrigin = (origin: string): string => `${origin}/sm3`

export const isTwinOn = async (db: Queries): Promise<boolean> => {
  const { rows } = await db.query<{ value: unknown }>('select value from machinery.setting where key = $1', [setting])
  return rows[0]?.value === true
}

/** As the owner of the database. The sequencer hears of it where one runs, else finds it at its next start. */
export const switchTwin = async (db: Queries, on: boolean): Promise<void> => {
  await db.query(
    'insert into machinery.setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
    [setting, JSON.stringify(on)],
  )
  await db.query(`select pg_notify('${twinChannel}', '')`)
}

export type TwinState = {
  readonly on: boolean
  readonly size: number
  readonly logSize: number
  readonly vkey?: string
}

/** For whoever asks how far the twin of the last log has come. */
export const readTwin = async (db: Queries): Promise<TwinState> => {
  const { rows } = await db.query<{ size: number | null; log_size: number; twin_vkey: string | null }>(
    `select t.size, h.size as log_size, l.twin_vkey from ledger.log l
     join ledger.head h on h.log = l.number and h.hash = 'sha256'
     left join ledger.head t on t.log = l.number and t.hash = 'sm3'
     order by l.number desc limit 1`,
  )
  const [row] = rows
  return {
    on: await isTwinOn(db),
    size: row?.size ?? 0,
    logSize: row?.log_size ?? 0,
    ...(row?.twin_vkey && { vkey: row.twin_vkey }),
  }
}

const keyGone = (what: string): LedgerTrouble =>
  new LedgerTrouble(
    'keyGone',
    `国密存证的密钥${what}`,
    '取回原来的 ledger/keys.json；取不回来的，先运行 bihuan ledger sm off，等另起存证时再开',
  )

const drawSecret = (isSecret: (bytes: Uint8Array) => boolean): Uint8Array => {
  for (;;) {
    const bytes = randomBytes(32)
    if (isSecret(bytes)) return bytes
  }
}

/** Its key, drawn and registered the first time; no other key ever signs it on. */
const signatoryOf = async (db: Queries, keys: LedgerKeys, { number, origin }: LogIdentity): Promise<Signatory> => {
  const { rows } = await db.query<{ twin_vkey: string | null }>('select twin_vkey from ledger.log where number = $1', [
    number,
  ])
  const registered = rows[0]?.twin_vkey
  const kept = keys.twinSecret(origin)
  if (registered && !kept) throw keyGone('不在数据文件夹里')
  // Loaded where it is wanted: an installation without the twin carries nothing of it.
  const { isSm2Secret, sm2Signer, sm2Verifier } = await import('#translog/sm2.ts')
  const secret = kept ?? drawSecret(isSm2Secret)
  const signer = sm2Signer(twinOrigin(origin), secret)
  const key = readVkey(signer.vkey)
  const verifier = key && sm2Verifier(key)
  if (!verifier) throw new Error('a key of ours is no key')
  if (registered && registered !== signer.vkey) throw keyGone('与数据库里登记的公钥不符')
  if (!kept) keys.keepTwinSecret(origin, secret)
  if (!registered) await db.query('update ledger.log set twin_vkey = $2 where number = $1', [number, signer.vkey])
  return { origin: signer.name, signer, verifier }
}

/** Undefined where it is switched off. Begins with an empty tree: what is in the log already, it catches up on. */
export const openTwin = async (db: Queries, keys: LedgerKeys, identity: LogIdentity): Promise<LogTree | undefined> => {
  if (!(await isTwinOn(db))) return undefined
  const name: TreeName = { log: identity.number, hash: 'sm3' }
  const signatory = await signatoryOf(db, keys, identity)
  await db.query(
    `insert into ledger.head (log, hash, size, root, settled) values ($1, $2, 0, $3, 0) on conflict (log, hash) do nothing`,
    [name.log, name.hash, nodeSm3(new Uint8Array(0))],
  )
  return { name, signatory, publish: publishTiles }
}

/** Whatever goes wrong with the twin says that it is the twin's: the log itself may be whole. */
export const ofTwin = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof LedgerTrouble)) throw error
    const { code, message, remedy, detail } = error
    if (code === 'keyGone') throw error
    const off = '先运行 bihuan ledger sm off 停下国密存证，存证照常签发'
    throw new LedgerTrouble(code, `国密存证：${message}`, `${remedy}；或者${off}`, detail)
  }
}
