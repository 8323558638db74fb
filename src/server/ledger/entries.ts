import { beginningLeaf, readBeginning } from './beginning.ts'
import type { Queries } from './tiles.ts'
import { LedgerTrouble } from './trouble.ts'

/** What stands at a place of the log: the leaf, where the outbox still has it, and the hash it went in under. */
export type Entry = { readonly leaf: Uint8Array | undefined; readonly leafHash: Uint8Array }

/** The entries of the log, in order, as far as they are there. */
export const entriesThere = async (db: Queries, log: number, from: number, to: number): Promise<readonly Entry[]> => {
  const { rows } = await db.query<{ leaf: Buffer | null; leaf_hash: Buffer }>({
    name: 'ledger-bundle',
    text: `select o.leaf, e.leaf_hash from ledger.entry e left join ledger.outbox o on o.id = e.outbox_id
      where e.log = $1 and e.idx >= $2 and e.idx < $3 order by e.idx`,
    values: [log, from, to],
  })
  const beginning = from === 0 && rows[0]?.leaf === null ? await readBeginning(db, log) : undefined
  return rows.map(({ leaf, leaf_hash }, at) => ({
    leaf: leaf ?? (at === 0 && beginning ? beginningLeaf(beginning).leaf : undefined),
    leafHash: leaf_hash,
  }))
}

export const leafGone = (index: number): LedgerTrouble =>
  new LedgerTrouble(
    'leafDamaged',
    `存证第 ${index} 条的内容不在待发箱里`,
    '运行 bihuan ledger fsck --repair 从第二存放处恢复',
  )

/** The leaves themselves, in order; what a bundle holds. */
export const readEntries = async (db: Queries, log: number, from: number, to: number): Promise<readonly Uint8Array[]> =>
  (await entriesThere(db, log, from, to)).map(({ leaf }, at) => {
    if (!leaf) throw leafGone(from + at)
    return leaf
  })
