import { stat } from 'node:fs/promises'
import { type Checkpoint, readCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { isSignedBy, type Verifier } from '#translog/signedNote.ts'
import { verifierOf } from './identity.ts'
import { type LedgerKeys, numberIn } from './keys.ts'
import { nodeEd25519 } from './nodeEd25519.ts'
import type { SecondHome } from './secondHome.ts'
import type { Queries } from './tiles.ts'
import { LedgerTrouble, unreadableCheckpoint } from './trouble.ts'

/** The last checkpoint in the second folder, by whichever of our keys. */
export type PublishedByUs = {
  readonly number: number
  readonly vkey: string
  readonly checkpoint: Checkpoint
  readonly written: string
  readonly writtenAt: Date
}

const keyOf = async (
  db: Queries,
  keys: LedgerKeys,
  origin: string,
): Promise<{ readonly number: number; readonly vkey: string } | undefined> => {
  const { rows } = await db.query<{ number: number; vkey: string }>(
    'select number, vkey from ledger.log where origin = $1',
    [origin],
  )
  if (rows[0]) return rows[0]
  // A database from before this log was begun does not know it; the key file may.
  const key = keys.logKey(origin)
  const number = numberIn(origin)
  return key && number !== undefined
    ? { number, vkey: ed25519Signer(key.origin, key.seed, nodeEd25519).vkey }
    : undefined
}

const damaged = (what: string): LedgerTrouble =>
  new LedgerTrouble(
    'folder',
    `第二存放处的快照文件 public/checkpoint ${what}：没有补回记录，也没有另起存证`,
    unreadableCheckpoint,
  )

/**
 * Undefined where nothing lies there, or the log of somebody whose key we do not know. One of ours that is damaged is
 * refused: what lies beside it may be all that is left of the log.
 */
export const publishedByUs = async (
  db: Queries,
  keys: LedgerKeys,
  home: SecondHome,
): Promise<PublishedByUs | undefined> => {
  const written = (await home.read('checkpoint'))?.toString('utf8')
  const read = written === undefined ? undefined : readCheckpoint(written)
  if (written === undefined) return undefined
  if (!read) throw damaged('读不出来')
  const key = await keyOf(db, keys, read.checkpoint.origin)
  const verifier: Verifier | undefined = key && verifierOf(key.vkey)
  if (!key || !verifier) return undefined
  if (!isSignedBy(read.note, verifier)) throw damaged('上的签名不对')
  const { mtime } = await stat(home.publicFile('checkpoint'))
  return { ...key, checkpoint: read.checkpoint, written, writtenAt: mtime }
}
