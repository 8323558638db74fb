import { tileWidth } from '#translog/tile.ts'
import type { Found, Mend } from './found.ts'
import type { Scene } from './scene.ts'
import type { TreeChecked } from './treeScene.ts'
import { nameOf } from './words.ts'

type Row = { readonly level: number; readonly idx: number; readonly hashes: Buffer; readonly root: Buffer }

const atOnce = 256

async function* tileRows({ db }: Scene, { name }: TreeChecked): AsyncGenerator<Row> {
  let [level, idx] = [-1, -1]
  for (;;) {
    const { rows } = await db.query<Row>({
      name: 'fsck-tiles',
      text: `select level, idx::float8 as idx, hashes, root from ledger.tile where log = $1 and hash = $2 and (level, idx) > ($3, $4)
        order by level, idx limit ${atOnce}`,
      values: [name.log, name.hash, level, idx],
    })
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < atOnce) return
    level = last.level
    idx = last.idx
  }
}

const key = 'log = $1 and hash = $2 and level = $3 and idx = $4'

const rewriteTile = ({ name, tree }: TreeChecked, level: number, idx: number, what: string): Mend => ({
  phase: 'log',
  key: `tile ${name.log} ${name.hash} ${level} ${idx}`,
  step: `重写${what}`,
  run: async ({ db, putAside }) => {
    const [hashes, root] = [tree.tile(level, idx, tileWidth), tree.node(level + 1, idx)]
    if (!hashes || !root) throw new RangeError(`no tile ${level}/${idx}`)
    const values = [name.log, name.hash, level, idx]
    await putAside('ledger.tile', key, values, 'altered')
    await db.query('insert into ledger.tile (log, hash, level, idx, hashes, root) values ($1, $2, $3, $4, $5, $6)', [
      ...values,
      Buffer.from(hashes),
      Buffer.from(root),
    ])
  },
})

/** Every full tile of the tree, at every level, against its row. Gives how many there are. */
export const checkTileRows = async (scene: Scene, checked: TreeChecked): Promise<number> => {
  const { name, tree, size, place: common } = checked
  const fullAt = (level: number): number => Math.floor(size / tileWidth ** (level + 1))
  const seen: number[] = []
  const missing = (level: number, from: number, to: number): void => {
    for (let idx = from; idx < to; idx += 1) tell('rowMissing', level, idx, '不在了')
  }
  const tell = (kind: Found['kind'], level: number, idx: number, what: string, columns?: readonly string[]): void => {
    const place = { table: 'ledger.tile', level, tile: idx, ...common }
    scene.tell({
      kind,
      ...place,
      ...(columns && { columns }),
      message: `${nameOf(place)}：${what}`,
      mends: [
        kind === 'rowAlien'
          ? {
              phase: 'log',
              key: `tile ${name.log} ${name.hash} ${level} ${idx}`,
              step: `移入隔离区：${nameOf(place)}`,
              run: ({ putAside }) => putAside('ledger.tile', key, [name.log, name.hash, level, idx], 'alien'),
            }
          : rewriteTile(checked, level, idx, nameOf(place)),
      ],
    })
  }
  let level = 0
  let next = 0
  for await (const row of tileRows(scene, checked)) {
    for (; level < row.level; level += 1) {
      missing(level, next, fullAt(level))
      next = 0
    }
    if (row.idx >= fullAt(row.level)) {
      tell('rowAlien', row.level, row.idx, '存证的树里没有这一块')
      continue
    }
    missing(row.level, next, row.idx)
    next = row.idx + 1
    seen.push(row.level)
    const [hashes, root] = [tree.tile(row.level, row.idx, tileWidth), tree.node(row.level + 1, row.idx)]
    const columns = [
      ...(hashes && row.hashes.equals(hashes) ? [] : ['hashes']),
      ...(root && row.root.equals(root) ? [] : ['root']),
    ]
    if (columns.length > 0) tell('rowAltered', row.level, row.idx, '与重算的不符', columns)
  }
  for (; fullAt(level) > 0; level += 1) {
    missing(level, next, fullAt(level))
    next = 0
  }
  return seen.length
}
