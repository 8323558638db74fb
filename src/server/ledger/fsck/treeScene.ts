import type { TreeName } from '#server/ledger/tiles.ts'
import type { HashTree } from '#translog/hashTree.ts'

/** One tree of a log as its leaves make it. */
export type TreeChecked = {
  readonly name: TreeName
  /** Who signs it. */
  readonly origin: string
  readonly tree: HashTree
  /** So much of it is vouched for by a signature. */
  readonly signed: number
  /** So large it is in the database, or is to be put right to. */
  readonly size: number
  /** What places of it bear beside their own. */
  readonly place: { readonly hash?: 'sm3'; readonly log?: number }
}
