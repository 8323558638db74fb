import type { PoolClient } from 'pg'
import { cosignedAt } from '#translog/ed25519.ts'
import { type SignatureLine, writeSignatureLine } from '#translog/signedNote.ts'

type Queries = Pick<PoolClient, 'query'>

/** The last checkpoint of ours that was signed, as witnesses get it: without what others signed. */
export type SignedSize = { readonly size: number; readonly note: string }

export const lastSignedSize = async (db: Queries, log: number): Promise<SignedSize | undefined> => {
  const { rows } = await db.query<SignedSize>({
    name: 'ledger-to-cosign',
    text: `select size, note from ledger.checkpoint where log = $1 and hash = 'sha256' order by size desc limit 1`,
    values: [log],
  })
  return rows[0]
}

/** Keeps what a witness signed, its line checked before. The same again changes nothing. */
export const keepCosignature = async (
  db: Queries,
  { log, size, line }: { readonly log: number; readonly size: number; readonly line: SignatureLine },
  now: Date,
): Promise<void> => {
  const seconds = cosignedAt(line.signature)
  if (seconds === undefined) throw new RangeError('no cosignature')
  await db.query(
    `insert into ledger.cosignature (log, size, witness, line, cosigned_at) values ($1, $2, $3, $4, to_timestamp($5))
     on conflict (log, size, witness) do nothing`,
    [log, size, line.name, writeSignatureLine(line), seconds],
  )
  // Lines come by post as well, an older one after a newer one.
  await db.query(
    `update ledger.witness set tried_at = $3, trouble = null,
       size = (select size from ledger.cosignature where log = $1 and witness = $2 order by size desc limit 1)
     where name = $2`,
    [log, line.name, now],
  )
}
