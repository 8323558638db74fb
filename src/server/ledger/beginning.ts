import type { PoolClient } from 'pg'
import { z } from 'zod'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { type Beginning, beginningLeaf as leafOf } from '#translog/beginning.ts'
import { readCheckpoint, type SignedCheckpoint } from '#translog/checkpoint.ts'
import { isSignedBy } from '#translog/signedNote.ts'
import { type LogIdentity, verifierOf } from './identity.ts'

export { type Beginning, beginningFields, openSalt } from '#translog/beginning.ts'

export const beginningLeaf = (beginning: Beginning): ReturnType<typeof leafOf> => leafOf(beginning, nodeSha256)

const none = '没有找到旧存证的快照'

type Queries = Pick<PoolClient, 'query'>

const numberOf = async (db: Queries, { checkpoint, note }: SignedCheckpoint): Promise<number | undefined> => {
  const { rows } = await db.query<{ number: number; vkey: string }>(
    'select number, vkey from ledger.log where origin = $1',
    [checkpoint.origin],
  )
  const [row] = rows
  const verifier = row && verifierOf(row.vkey)
  return row && verifier && isSignedBy(note, verifier) ? row.number : undefined
}

/** The last checkpoint known, with the cosignatures it has: of the database, or of the second folder where that is later. */
const lastNote = async (db: Queries, published: string | undefined): Promise<string | undefined> => {
  const { rows } = await db.query<{ log: number; size: number; note: string; lines: string | null }>(
    `select c.log, c.size, c.note,
       (select string_agg(s.line, '' order by s.witness) from ledger.cosignature s where s.log = c.log and s.size = c.size) as lines
     from ledger.checkpoint c where c.hash = 'sha256' order by c.log desc, c.size desc limit 1`,
  )
  const [row] = rows
  const read = published === undefined ? undefined : readCheckpoint(published)
  const number = read && (await numberOf(db, read))
  const later =
    read &&
    number !== undefined &&
    (!row || number > row.log || (number === row.log && read.checkpoint.size > row.size))
  return later ? published : row && row.note + (row.lines ?? '')
}

/**
 * Writes the log's row, its empty head, and where it is not the first one the leaf that says why it is there. `published`
 * is the checkpoint that lay in the second folder.
 */
export const beginLog = async (
  db: Queries,
  { number, origin, signer, toBegin }: LogIdentity,
  { now, published }: { readonly now: Date; readonly published: string | undefined },
): Promise<void> => {
  const first: Beginning | undefined =
    number === 1
      ? undefined
      : {
          number,
          origin,
          beganAt: now.toISOString(),
          reason: toBegin?.reason ?? none,
          previous: (await lastNote(db, published)) ?? none,
          decidedBy: toBegin?.decidedBy ?? [],
        }
  const leaf = first && beginningLeaf(first).leafHash
  await db.query('begin')
  try {
    await db.query(
      'insert into ledger.log (number, origin, vkey, began_at, reason, previous, decided_by) values ($1, $2, $3, $4, $5, $6, $7)',
      [number, origin, signer.vkey, now, first?.reason ?? null, first?.previous ?? null, first?.decidedBy ?? []],
    )
    if (leaf) await db.query('insert into ledger.entry (log, idx, leaf_hash) values ($1, 0, $2)', [number, leaf])
    await db.query(`insert into ledger.head (log, hash, size, root, settled) values ($1, 'sha256', $2, $3, 0)`, [
      number,
      leaf ? 1 : 0,
      leaf ?? nodeSha256(new Uint8Array(0)),
    ])
    await db.query('commit')
  } catch (error) {
    await db.query('rollback').catch(() => undefined)
    throw error
  }
}

/** A row of ledger.log as JSON gives it. */
export const logRow = z.object({
  number: z.number().int(),
  origin: z.string(),
  vkey: z.string(),
  began_at: z.string(),
  reason: z.string().nullable(),
  previous: z.string().nullable(),
  twin_vkey: z.string().nullable().optional(),
  decided_by: z.array(z.string()).default([]),
})

export type LogRow = z.infer<typeof logRow>

export const beginningOf = ({
  number,
  origin,
  began_at,
  reason,
  previous,
  decided_by,
}: LogRow): Beginning | undefined =>
  reason === null || previous === null
    ? undefined
    : { number, origin, beganAt: new Date(began_at).toISOString(), reason, previous, decidedBy: decided_by }

/** The leaf by which this log began, where it began after a disaster. */
export const readBeginning = async (db: Queries, log: number): Promise<Beginning | undefined> => {
  const { rows } = await db.query<{ row: unknown }>('select to_jsonb(l) as row from ledger.log l where number = $1', [
    log,
  ])
  return rows[0] && beginningOf(logRow.parse(rows[0].row))
}
