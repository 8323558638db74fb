import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { leafHash } from '#translog/leaf.ts'
import { sameBytes } from '#translog/merkle.ts'
import { type Entry, entriesThere, leafGone } from './entries.ts'
import { growTrees, type Standing } from './growTrees.ts'
import type { Queries } from './tiles.ts'
import { hasherOf } from './treeKinds.ts'
import { LedgerTrouble } from './trouble.ts'

const hashesUnder = (entries: readonly Entry[], { name, head }: Standing): readonly Uint8Array[] =>
  entries.map((entry, at) => {
    const index = head.size + at
    if (!entry.leaf) throw leafGone(index)
    // A leaf that is not the one the log was signed over has no place in a twin.
    if (!sameBytes(leafHash(entry.leaf, nodeSha256), entry.leafHash))
      throw new LedgerTrouble(
        'leafDamaged',
        `存证第 ${index} 条与它的散列不符`,
        '运行 bihuan ledger fsck --repair 从第二存放处恢复',
      )
    return leafHash(entry.leaf, hasherOf(name))
  })

/** A tree that began later than the log takes in the leaves that are in it already, at most `limit` at once. */
export const catchUp = async <Tree extends Standing>(
  db: Queries,
  behind: Tree,
  own: Standing,
  limit: number,
): Promise<Tree> => {
  const { name, head } = behind
  const to = Math.min(own.head.size, head.size + limit)
  const entries = await entriesThere(db, name.log, head.size, to)
  if (entries.length < to - head.size) throw leafGone(head.size + entries.length)
  const grown = await growTrees(
    db,
    [{ standing: behind, leafHashes: hashesUnder(entries, behind) }],
    to === own.head.size ? own.head.settled : head.settled,
  )
  if (!grown?.[0]) throw new LedgerTrouble('treeDamaged', '另有程序在写存证', '同一个数据库只运行一个后台程序')
  return grown[0]
}
