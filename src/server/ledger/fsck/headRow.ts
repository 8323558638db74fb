import type { TreeName } from '#server/ledger/tiles.ts'
import type { HashTree } from '#translog/hashTree.ts'
import { sameBytes } from '#translog/merkle.ts'
import type { Mend } from './found.ts'
import type { Scene } from './scene.ts'
import type { TreeChecked } from './treeScene.ts'
import type { Truth } from './truth.ts'
import { nameOf } from './words.ts'

export type HeadRow = { readonly size: number; readonly root: Buffer; readonly settled: number }

export const readHeadRow = async ({ db }: Scene, { log, hash }: TreeName): Promise<HeadRow | undefined> => {
  const { rows } = await db.query<HeadRow>(
    'select size::float8 as size, root, settled::float8 as settled from ledger.head where log = $1 and hash = $2',
    [log, hash],
  )
  return rows[0]
}

/**
 * How large the tree is: as the head's row says where that adds up; else as far as somebody of ours put entries, and never
 * short of what was signed.
 */
export const trueSize = (
  row: HeadRow | undefined,
  tree: HashTree,
  signed: number,
  unsoundFrom: number | undefined,
): { readonly size: number; readonly right: boolean } => {
  const sound = unsoundFrom ?? tree.size
  const right =
    row !== undefined && row.size >= signed && row.size <= sound && sameBytes(tree.rootAt(row.size), row.root)
  return { size: right ? row.size : Math.max(signed, sound), right }
}

/** No id beyond the last one in the log was ever looked at; what is to be put back counts as being there. */
const mostSettled = async ({ db }: Scene, { name, size }: TreeChecked, truths: readonly Truth[]): Promise<number> => {
  const { rows } = await db.query<{ last: number }>(
    `select coalesce(max(outbox_id), 0)::float8 as last from ledger.entry
     where log = $1 and idx < $2 and not (idx = any($3::bigint[]))`,
    [name.log, size, truths.map(({ index }) => index)],
  )
  return Math.max(rows[0]?.last ?? 0, ...truths.map(({ line }) => line.outbox))
}

/** Everything up to the id that is not passed over lies in the log. */
const settledNow = `least(
  coalesce((select max(outbox_id) from ledger.entry where log = $1), 0),
  coalesce((select min(o.id) - 1 from ledger.outbox o
    where not exists (select from ledger.entry e where e.log = $1 and e.outbox_id = o.id)), 9223372036854775807))`

const rewriteHead = ({ name, tree, size }: TreeChecked, what: string): Mend => ({
  phase: 'log',
  key: `head ${name.log} ${name.hash}`,
  step: `重写${what}：大小 ${size}`,
  run: async ({ db, putAside }) => {
    const key = [name.log, name.hash]
    await putAside('ledger.head', 'log = $1 and hash = $2', key, 'altered')
    await db.query(`insert into ledger.head (log, hash, size, root, settled) select $1, $2, $3, $4, ${settledNow}`, [
      ...key,
      size,
      Buffer.from(tree.rootAt(size)),
    ])
  },
})

export type HeadOptions = {
  readonly row: HeadRow | undefined
  readonly right: boolean
  readonly truths: readonly Truth[]
  readonly passedOver: number | undefined
}

export const checkHead = async (scene: Scene, checked: TreeChecked, options: HeadOptions): Promise<void> => {
  const { name, size, tree, place: common } = checked
  const { row, right, truths, passedOver } = options
  const place = { table: 'ledger.head', ...common, ...(row && { size: row.size }) }
  const what = nameOf(place)
  const mends = [rewriteHead(checked, what)]
  if (!row) {
    // A tree that never had a leaf has a head all the same.
    scene.tell({ kind: 'rowMissing', ...place, message: `${what}：不在了，应为 ${size} 条`, mends })
    return
  }
  const unsettled = name.hash === 'sha256' && row.settled > (await mostSettled(scene, checked, truths))
  if (right && !unsettled && passedOver === undefined) return
  const columns = [
    ...(row.size === size ? [] : ['size']),
    ...(sameBytes(row.root, tree.rootAt(size)) ? [] : ['root']),
    ...(unsettled || passedOver !== undefined ? ['settled'] : []),
  ]
  scene.tell({
    kind: 'rowAltered',
    ...place,
    columns,
    message: columns.includes('settled')
      ? `${what}：登记“已看到 ${row.settled} 号”，超过了实际排进存证的`
      : `${what}：登记 ${row.size} 条，与存证的树（${size} 条）不符`,
    mends,
  })
}
