import type { PoolClient } from 'pg'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { leafBytes, leafHash, leafSaltBytes, type SealedFields, sealFields } from '#translog/leaf.ts'
import type { LogIdentity } from './identity.ts'

export type Beginning = {
  readonly number: number
  readonly origin: string
  readonly beganAt: string
  readonly reason: string
  /** The last checkpoint known of the log before, co-signed as far as it was. */
  readonly previous: string
}

/** Nothing of it is secret: the salt is open, so that anybody can read the leaf. */
export const openSalt = new Uint8Array(leafSaltBytes)

export const beginningFields = ({ number, origin, beganAt, reason, previous }: Beginning): SealedFields => ({
  kind: 'ledger.begun',
  origin,
  number,
  beganAt,
  reason,
  previous,
})

/** The first leaf of a log that was begun after a disaster: why, and where the one before ended. */
export const beginningLeaf = (beginning: Beginning): { readonly leaf: Uint8Array; readonly leafHash: Uint8Array } => {
  const { commit } = sealFields(beginningFields(beginning), openSalt, nodeSha256)
  const leaf = leafBytes({ v: 1, commit })
  return { leaf, leafHash: leafHash(leaf, nodeSha256) }
}

const none = '没有找到旧存证的快照'

const lastNote = async (db: Pick<PoolClient, 'query'>): Promise<string | undefined> => {
  const { rows } = await db.query<{ note: string; lines: string | null }>(
    `select c.note, (select string_agg(s.line, '' order by s.witness) from ledger.cosignature s where s.log = c.log and s.size = c.size) as lines
     from ledger.checkpoint c where c.hash = 'sha256' order by c.log desc, c.size desc limit 1`,
  )
  const [row] = rows
  return row && row.note + (row.lines ?? '')
}

/** Writes the log's row, its empty head, and where it is not the first one the leaf that says why it is there. */
export const beginLog = async (
  db: Pick<PoolClient, 'query'>,
  { number, origin, signer, toBegin }: LogIdentity,
  now: Date,
): Promise<void> => {
  await db.query('begin')
  try {
    const previous = number === 1 ? null : ((await lastNote(db)) ?? none)
    const reason = number === 1 ? null : (toBegin?.reason ?? none)
    await db.query(
      'insert into ledger.log (number, origin, vkey, began_at, reason, previous) values ($1, $2, $3, $4, $5, $6)',
      [number, origin, signer.vkey, now, reason, previous],
    )
    const first =
      reason === null || previous === null
        ? undefined
        : beginningLeaf({ number, origin, beganAt: now.toISOString(), reason, previous })
    if (first)
      await db.query('insert into ledger.entry (log, idx, leaf_hash) values ($1, 0, $2)', [number, first.leafHash])
    await db.query(`insert into ledger.head (log, hash, size, root, settled) values ($1, 'sha256', $2, $3, 0)`, [
      number,
      first ? 1 : 0,
      first ? first.leafHash : nodeSha256(new Uint8Array(0)),
    ])
    await db.query('commit')
  } catch (error) {
    await db.query('rollback').catch(() => undefined)
    throw error
  }
}

/** The leaf by which this log began, where it began after a disaster. */
export const readBeginning = async (db: Pick<PoolClient, 'query'>, log: number): Promise<Beginning | undefined> => {
  const { rows } = await db.query<{ origin: string; began_at: Date; reason: string | null; previous: string | null }>(
    'select origin, began_at, reason, previous from ledger.log where number = $1',
    [log],
  )
  const [row] = rows
  if (!row || row.reason === null || row.previous === null) return undefined
  const { origin, began_at, reason, previous } = row
  return { number: log, origin, beganAt: began_at.toISOString(), reason, previous }
}
