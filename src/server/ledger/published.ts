import { stat } from 'node:fs/promises'
import { type Checkpoint, readCheckpoint } from '#translog/checkpoint.ts'
import { ed25519Signer } from '#translog/ed25519.ts'
import { isSignedBy, type Verifier } from '#translog/signedNote.ts'
import { verifierOf } from './identity.ts'
import { type LedgerKeys, numberIn } from './keys.ts'
import { nodeEd25519 } from './nodeEd25519.ts'
import type { SecondHome } from './secondHome.ts'
import type { Queries } from './tiles.ts'

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

/** Undefined where nothing lies there, or nothing that one of our keys signed. */
export const publishedByUs = async (
  db: Queries,
  keys: LedgerKeys,
  home: SecondHome,
): Promise<PublishedByUs | undefined> => {
  const written = (await home.read('checkpoint'))?.toString('utf8')
  const read = written === undefined ? undefined : readCheckpoint(written)
  if (written === undefined || !read) return undefined
  const key = await keyOf(db, keys, read.checkpoint.origin)
  const verifier: Verifier | undefined = key && verifierOf(key.vkey)
  if (!key || !verifier || !isSignedBy(read.note, verifier)) return undefined
  const { mtime } = await stat(home.publicFile('checkpoint'))
  return { ...key, checkpoint: read.checkpoint, written, writtenAt: mtime }
}
