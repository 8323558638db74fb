import type { Scene } from './scene.ts'
import { tellStray } from './strays.ts'
import type { TreeChecked } from './treeScene.ts'

/** So many are named. */
const named = 10_000

/** Entries beyond the end of the log, and rows of trees and logs that there are not. */
export const checkForeignRows = async (scene: Scene, trees: readonly TreeChecked[]): Promise<void> => {
  const logs = trees.filter(({ name }) => name.hash === 'sha256')
  const { rows: entries } = await scene.db.query<{ log: number; idx: number }>({
    name: 'fsck-foreign-entries',
    text: `select e.log, e.idx::float8 as idx from unnest($1::int[], $2::bigint[]) as g(log, size)
          join ledger.entry e on e.log = g.log and e.idx >= g.size
        union all select log, idx::float8 from ledger.entry where not (log = any($1::int[])) order by 1, 2 limit ${named}`,
    values: [logs.map(({ name }) => name.log), logs.map(({ size }) => size)],
  })
  const last = Math.max(0, ...logs.map(({ name }) => name.log))
  const ofLog = (log: number) => (log === last ? {} : { log })
  for (const { log, idx } of entries)
    tellStray(scene, { table: 'ledger.entry', index: idx, ...ofLog(log) }, 'log = $1 and idx = $2', [log, idx])

  const known = [trees.map(({ name }) => name.log), trees.map(({ name }) => name.hash)]
  const beside = (table: string, further: string) => ({
    name: `fsck-beside-${table}`,
    values: known,
    text: `select t.log, t.hash, ${further} from ${table} t where not exists (
       select from unnest($1::int[], $2::text[]) as g(log, hash) where g.log = t.log and g.hash = t.hash) limit ${named}`,
  })
  const hashOf = (hash: 'sha256' | 'sm3') => (hash === 'sm3' ? { hash } : {})
  type Key = { readonly log: number; readonly hash: 'sha256' | 'sm3' }
  const { rows: tiles } = await scene.db.query<Key & { level: number; idx: number }>(
    beside('ledger.tile', 't.level, t.idx::float8 as idx'),
  )
  for (const { log, hash, level, idx } of tiles)
    tellStray(
      scene,
      { table: 'ledger.tile', level, tile: idx, ...hashOf(hash), ...ofLog(log) },
      'log = $1 and hash = $2 and level = $3 and idx = $4',
      [log, hash, level, idx],
    )
  const { rows: heads } = await scene.db.query<Key & { size: number }>(beside('ledger.head', 't.size::float8 as size'))
  for (const { log, hash, size } of heads)
    tellStray(scene, { table: 'ledger.head', size, ...hashOf(hash), ...ofLog(log) }, 'log = $1 and hash = $2', [
      log,
      hash,
    ])
  const { rows: checkpoints } = await scene.db.query<Key & { size: number }>(
    beside('ledger.checkpoint', 't.size::float8 as size'),
  )
  for (const { log, hash, size } of checkpoints)
    tellStray(
      scene,
      { table: 'ledger.checkpoint', size, ...hashOf(hash), ...ofLog(log) },
      'log = $1 and hash = $2 and size = $3',
      [log, hash, size],
    )
}
