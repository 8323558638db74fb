import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { type Checkpoint, openCheckpoint, signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { isConsistent, type TreeHead } from '#translog/merkle.ts'
import { planConsistency } from '#translog/proof.ts'
import type { LogIdentity } from './identity.ts'
import type { SecondHome } from './secondHome.ts'
import { type Queries, readTiles, type TreeName } from './tiles.ts'
import { LedgerTrouble } from './trouble.ts'

const stop = '不要再签发；运行 bihuan ledger fsck 查明改动，从第二存放处恢复，或者由两人签字另起存证'

/** The last checkpoint in the database, its own signature checked. */
export const lastSigned = async (
  db: Queries,
  { log, hash }: TreeName,
  identity: LogIdentity,
): Promise<TreeHead | undefined> => {
  const { rows } = await db.query<{ size: number; root: Buffer; note: string }>({
    name: 'ledger-last-signed',
    text: 'select size, root, note from ledger.checkpoint where log = $1 and hash = $2 order by size desc limit 1',
    values: [log, hash],
  })
  const [row] = rows
  if (!row) return undefined
  const signed = openCheckpoint(row.note, identity.verifier)?.checkpoint
  if (signed?.size !== row.size || !row.root.equals(signed.root))
    throw new LedgerTrouble('forked', `数据库里大小为 ${row.size} 的存证快照不是原来签发的那一份`, stop)
  return signed
}

/** The last checkpoint in the second folder; undefined where there is none of this log. */
export const lastPublished = async (home: SecondHome, identity: LogIdentity): Promise<Checkpoint | undefined> => {
  const written = await home.read('checkpoint')
  return written && openCheckpoint(written.toString('utf8'), identity.verifier)?.checkpoint
}

/** RFC 6962 consistency from the last checkpoint, read back from the stored tiles: the log proves it to itself. */
export const provesGrowth = async (db: Queries, tree: TreeName, older: TreeHead, newer: TreeHead): Promise<boolean> => {
  if (older.size > newer.size) return false
  const plan = planConsistency(older.size, newer.size)
  const tiles = await readTiles(db, tree, plan.tiles)
  if (tiles.size < plan.tiles.length) return false
  return isConsistent(older, newer, plan.proofFrom(tiles, nodeSha256), nodeSha256)
}

/** Refused where the head is not the last checkpoint grown on. */
export const refuseFork = async (db: Queries, tree: TreeName, older: TreeHead, newer: TreeHead): Promise<void> => {
  if (older.size > newer.size)
    throw new LedgerTrouble(
      'rolledBack',
      `数据库只到第 ${newer.size} 条，已经签发到第 ${older.size} 条：数据库是旧的`,
      '用所有者账号重新启动程序，会从第二存放处补回缺少的记录；补不回来的，会说明是哪一条、怎么办',
    )
  if (!(await provesGrowth(db, tree, older, newer)))
    throw new LedgerTrouble(
      'forked',
      `现有 ${newer.size} 条的存证与已签发的 ${older.size} 条快照接不上：前面的记录被改动过`,
      stop,
    )
}

/** Signs the head, keeps the checkpoint in the database and hands it out in the second folder. */
export const signHead = async (
  db: Queries,
  home: SecondHome,
  {
    identity,
    tree,
    head,
    now,
  }: { readonly identity: LogIdentity; readonly tree: TreeName; readonly head: TreeHead; readonly now: Date },
): Promise<void> => {
  const { size, root } = head
  const written = writeCheckpoint(signCheckpoint({ origin: identity.origin, size, root }, identity.signer))
  await db.query({
    name: 'ledger-sign',
    text: `insert into ledger.checkpoint (log, hash, size, root, note, signed_at) values ($1, $2, $3, $4, $5, $6)
      on conflict (log, hash, size) do nothing`,
    values: [tree.log, tree.hash, size, Buffer.from(root), written, now],
  })
  await home.write('checkpoint', written)
}
