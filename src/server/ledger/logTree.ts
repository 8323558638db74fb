import type { TreeHead } from '#translog/merkle.ts'
import type { Standing } from './growTrees.ts'
import type { Signatory } from './identity.ts'
import type { publishTiles } from './publish.ts'
import type { SecondHome } from './secondHome.ts'
import { openTree, readHead } from './sequence.ts'
import { lastPublished, lastSigned, refuseFork, signHead } from './signHead.ts'
import type { Queries, TreeName } from './tiles.ts'
import { LedgerTrouble } from './trouble.ts'

/** One of the trees over the log's leaves: its hash, who signs it, and what of it is laid into the second folder. */
export type LogTree = {
  readonly name: TreeName
  readonly signatory: Signatory
  readonly publish: typeof publishTiles
}

export type OpenLogTree = LogTree &
  Standing & {
    /** What lies in the second folder and is signed. */
    readonly signed: TreeHead | undefined
  }

/** As it stands in the database; what was handed out of it is not looked at yet. */
export const openLogTree = async (db: Queries, tree: LogTree): Promise<OpenLogTree> => {
  const head = await readHead(db, tree.name)
  if (!head) throw new LedgerTrouble('treeDamaged', '存证没有登记大小', '运行 bihuan ledger fsck --repair 恢复')
  return { ...tree, head, tree: await openTree(db, tree.name, head), signed: undefined }
}

/** Refused where it is not what was handed out, grown on. */
export const bindLogTree = async (db: Queries, home: SecondHome, tree: OpenLogTree): Promise<OpenLogTree> => {
  const { name, signatory, head } = tree
  const signed = await lastSigned(db, name, signatory)
  const published = await lastPublished(home, signatory, name.hash)
  // Both that were handed out bind us, the larger one first.
  if (published) await refuseFork(db, name, published, head)
  if (signed) await refuseFork(db, name, signed, head)
  return { ...tree, signed: published }
}

/**
 * A stick that was pulled out, a folder that was emptied or put back from a copy: what is remembered as lying there does
 * not. Begun again, the sequencer writes from where the folder ends.
 */
const refuseOtherFolder = async (home: SecondHome, { name, signatory, signed }: OpenLogTree): Promise<void> => {
  const there = await lastPublished(home, signatory, name.hash)
  if (there?.size === signed?.size) return
  throw new LedgerTrouble(
    'folder',
    `第二存放处不是刚才的样子：应有 ${signed?.size ?? 0} 条的快照，现在${there ? `是 ${there.size} 条的` : '没有'}`,
    '检查 U 盘或共享是否换过、文件是否被删；缺的会自动补写，补写不成会另外说明',
  )
}

/** What is in the tree and not yet signed is laid into the second folder, proven to be growth, and signed. */
export const signLogTree = async (
  db: Queries,
  home: SecondHome,
  tree: OpenLogTree,
  now: Date,
): Promise<OpenLogTree> => {
  const { name, signatory, head, signed } = tree
  if (signed && signed.size === head.size) return tree
  await refuseOtherFolder(home, tree)
  await tree.publish(db, home, name, { from: signed?.size ?? 0, to: head.size })
  if (signed) await refuseFork(db, name, signed, head)
  await signHead(db, home, { identity: signatory, tree: name, head, now })
  return { ...tree, signed: { size: head.size, root: head.root } }
}
