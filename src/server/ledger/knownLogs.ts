import type { LogIdentity } from './identity.ts'
import type { Queries } from './tiles.ts'

/** The number of a log of ours, where there is one of that number; without a number, that of the last. */
export const knownLog = async (db: Queries, { number }: LogIdentity, asked?: number): Promise<number | undefined> => {
  const { rows } = await db.query<{ number: number }>({
    name: 'ledger-known-log',
    text: 'select number from ledger.log where $1::int is null or number = $1 order by number desc limit 1',
    values: [asked ?? null],
  })
  // One that has not begun yet has no row, and keys already.
  return rows[0]?.number ?? (asked === undefined || asked === number ? number : undefined)
}

/** The log's key and its witnesses', one a line: what somebody who verifies is given, beside a fingerprint by another way. */
export const vkeysOf = async (db: Queries, identity: LogIdentity, log: number): Promise<string | undefined> => {
  const { rows } = await db.query<{ vkey: string | null; witnesses: string[] }>({
    name: 'ledger-vkeys',
    text: `select (select vkey from ledger.log where number = $1) as vkey,
      (select coalesce(array_agg(vkey order by name), '{}') from ledger.witness) as witnesses`,
    values: [log],
  })
  const vkey = rows[0]?.vkey ?? (log === identity.number ? identity.signer.vkey : undefined)
  return vkey === undefined ? undefined : [vkey, ...(rows[0]?.witnesses ?? []), ''].join('\n')
}
