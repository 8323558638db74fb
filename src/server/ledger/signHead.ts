import { type Checkpoint, openCheckpoint, signCheckpoint, writeCheckpoint } from '#translog/checkpoint.ts'
import { isConsistent, type TreeHead } from '#translog/merkle.ts'
import { planConsistency } from '#translog/proof.ts'
import type { Signer } from '#translog/signedNote.ts'
import { beginningOfLine, checkpointLine, type KeptCheckpoint, sealAgain, sealCheckpoint } from './checkpointLine.ts'
import type { Signatory } from './identity.ts'
import { checkpointsPath, type SecondHome } from './secondHome.ts'
import { type Queries, readTiles, type TreeName } from './tiles.ts'
import { hasherOf, publicPath } from './treeKinds.ts'
import { LedgerTrouble, unreadableCheckpoint } from './trouble.ts'

const stop = '不要再签发；运行 bihuan ledger fsck 查明改动，从第二存放处恢复，或者由两人签字另起存证'

/** The last checkpoint in the database, its own signature checked. */
export const lastSigned = async (
  db: Queries,
  { log, hash }: TreeName,
  identity: Signatory,
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

/** The last checkpoint of a tree in the second folder; undefined where there is none. One that is there must be ours. */
export const lastPublished = async (
  home: SecondHome,
  identity: Signatory,
  hash: TreeName['hash'] = 'sha256',
): Promise<Checkpoint | undefined> => {
  const written = await home.read(publicPath(hash, 'checkpoint'))
  if (!written) return undefined
  const signed = openCheckpoint(written.toString('utf8'), identity.verifier)
  if (!signed)
    throw new LedgerTrouble('folder', '第二存放处的快照文件不是这套存证签的，或者已损坏', unreadableCheckpoint)
  return signed.checkpoint
}

/** RFC 6962 consistency from the last checkpoint, read back from the stored tiles: the log proves it to itself. */
export const provesGrowth = async (db: Queries, tree: TreeName, older: TreeHead, newer: TreeHead): Promise<boolean> => {
  if (older.size > newer.size) return false
  const plan = planConsistency(older.size, newer.size)
  const tiles = await readTiles(db, tree, plan.tiles)
  if (tiles.size < plan.tiles.length) return false
  const hash = hasherOf(tree)
  return isConsistent(older, newer, plan.proofFrom(tiles, hash), hash)
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

const keep = (home: SecondHome, kept: KeptCheckpoint, again?: string): Promise<void> =>
  home.keepCheckpoint({
    path: checkpointsPath(kept.hash, kept.size),
    beginning: beginningOfLine(kept),
    line: checkpointLine(kept, again),
  })

type Row = { readonly size: number; readonly note: string; readonly signed_at: Date; readonly seal: string | null }

const keptIn = (tree: TreeName, { size, note, signed_at, seal }: Row, signer: Signer): KeptCheckpoint => {
  const signed = { ...tree, size, note, signedAt: signed_at }
  return seal === null ? sealCheckpoint(signed, signer) : { ...signed, seal }
}

/** Into a folder where no checkpoint lies yet: all that were signed before. */
const keepEarlier = async (db: Queries, home: SecondHome, tree: TreeName, signer: Signer): Promise<void> => {
  const { rows } = await db.query<Row>({
    name: 'ledger-earlier',
    text: 'select size, note, signed_at, seal from ledger.checkpoint where log = $1 and hash = $2 order by size',
    values: [tree.log, tree.hash],
  })
  for (const row of rows) {
    const kept = keptIn(tree, row, signer)
    await keep(home, kept, sealAgain(kept, signer))
  }
}

/** Signs the head, keeps the checkpoint in the database and in the second folder, and hands it out there. */
export const signHead = async (
  db: Queries,
  home: SecondHome,
  {
    identity,
    tree,
    head,
    now,
  }: { readonly identity: Signatory; readonly tree: TreeName; readonly head: TreeHead; readonly now: Date },
): Promise<void> => {
  const { size, root } = head
  const { origin, signer } = identity
  if (!(await home.read(publicPath(tree.hash, 'checkpoint')))) await keepEarlier(db, home, tree, signer)
  const note = writeCheckpoint(signCheckpoint({ origin, size, root }, signer))
  const { seal } = sealCheckpoint({ ...tree, size, note, signedAt: now }, signer)
  // Signed before a crash already: then that one is handed out, for there may be only one.
  const { rows } = await db.query<Row>({
    name: 'ledger-sign',
    text: `with signed as (
        insert into ledger.checkpoint (log, hash, size, root, note, signed_at, seal) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (log, hash, size) do nothing returning size, note, signed_at, seal
      )
      select size, note, signed_at, seal from signed
      union all select size, note, signed_at, seal from ledger.checkpoint where log = $1 and hash = $2 and size = $3`,
    values: [tree.log, tree.hash, size, Buffer.from(root), note, now, seal],
  })
  const kept = keptIn(tree, rows[0] ?? { size, note, signed_at: now, seal }, signer)
  await keep(home, kept)
  await home.write(publicPath(tree.hash, 'checkpoint'), kept.note)
}
