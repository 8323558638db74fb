import type { ReadCheckpointLine } from '#server/ledger/checkpointLine.ts'
import { readCheckpointLine } from '#server/ledger/checkpointLine.ts'
import { checkpointsPath } from '#server/ledger/secondHome.ts'
import { readCheckpoint } from '#translog/checkpoint.ts'
import { sameBytes } from '#translog/merkle.ts'
import { tileWidth } from '#translog/tile.ts'
import type { Scene } from './scene.ts'
import type { TreeChecked } from './treeScene.ts'

/** The checkpoints of 256 sizes as the second folder keeps them. */
export type KeptFile = {
  readonly path: string
  readonly there: boolean
  /** Sealed lines, by size, whose root is that of the tree. */
  readonly bySize: ReadonlyMap<number, ReadCheckpointLine>
  /** Something else stands in it too, or not in order. */
  readonly spoiled: boolean
}

const rightRoot = ({ tree }: TreeChecked, { size, note }: ReadCheckpointLine): boolean => {
  const root = readCheckpoint(note)?.checkpoint.root
  return root !== undefined && size <= tree.size && sameBytes(tree.rootAt(size), root)
}

export const readKeptFile = (scene: Scene, checked: TreeChecked, bucket: number): KeptFile => {
  const { name, origin, tree } = checked
  const path = checkpointsPath(name.hash, bucket * tileWidth)
  const content = scene.folder?.read(path)
  const verifier = scene.keys.verifierOf(origin)
  const bySize = new Map<number, ReadCheckpointLine>()
  let spoiled = false
  let last = -1
  for (const text of content?.toString('utf8').split('\n').slice(0, -1) ?? []) {
    const line = verifier && scene.memory.checkpoints(text, () => readCheckpointLine(text, verifier))
    const fits = line?.log === name.log && line.hash === name.hash && Math.floor(line.size / tileWidth) === bucket
    if (!line || !fits || line.size <= last) {
      spoiled = true
      continue
    }
    last = line.size
    // What was signed after this snapshot was taken is for the next check.
    if (line.size > tree.size) continue
    if (rightRoot(checked, line)) bySize.set(line.size, line)
    else spoiled = true
  }
  return { path, there: content !== undefined, bySize, spoiled }
}
