import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HeldInFolder } from '#contract/ledger.ts'
import { openCheckpoint, readCheckpoint } from '#translog/checkpoint.ts'
import { toHex } from '#translog/hex.ts'
import { verifierOf } from './identity.ts'

type Signed = { readonly size: number; readonly root: string }

/** A checkpoint is signed in the database a moment before it lies in the folder. */
const moment = 500

const isThere = async (folder: string): Promise<string | undefined> => {
  try {
    return await readFile(join(folder, 'public', 'checkpoint'), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

const compare = async (folder: string, vkey: string, signed: Signed | undefined): Promise<HeldInFolder> => {
  const written = await isThere(folder)
  if (written === undefined) return { state: existsSync(folder) ? 'none' : 'away' }
  const verifier = verifierOf(vkey)
  const held = verifier && openCheckpoint(written, verifier)?.checkpoint
  if (!held) return { state: readCheckpoint(written) ? 'notOurs' : 'unreadable' }
  const { size } = held
  if (!signed || size > signed.size) return { state: 'newer', size }
  if (size < signed.size) return { state: 'older', size }
  return { state: toHex(held.root) === signed.root ? 'same' : 'forked', size }
}

/** What the second folder would give back, held against the last checkpoint of the database. Looks, and writes nothing. */
export const heldInFolder = async (folder: string, vkey: string, signed: Signed | undefined): Promise<HeldInFolder> => {
  try {
    const held = await compare(folder, vkey, signed)
    const mayFollow = held.state === 'older' || (held.state === 'none' && signed !== undefined)
    if (!mayFollow) return held
    await sleep(moment)
    return await compare(folder, vkey, signed)
  } catch {
    return { state: 'away' }
  }
}
