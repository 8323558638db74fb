import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { type Checkpoint, readCheckpoint } from '#translog/checkpoint.ts'
import { leafHash } from '#translog/leaf.ts'
import { entriesPath, readBundle, tileWidth, widthOf } from '#translog/tile.ts'

/** The log as any stranger reads it from the folder: its last checkpoint and every leaf's hash. */
export type PublicLog = {
  readonly checkpoint: Checkpoint
  readonly written: string
  readonly leaves: readonly Uint8Array[]
}

/** A partial bundle makes room for the full one, which begins with the same entries. */
const bundleIn = (folder: string, index: number, width: number): readonly Uint8Array[] => {
  for (const wide of [width, tileWidth]) {
    const file = join(folder, 'public', entriesPath({ index, width: wide }))
    const bundle = existsSync(file) ? readBundle(readFileSync(file), wide) : undefined
    if (bundle) return bundle.slice(0, width)
  }
  throw new Error(`bundle ${index}`)
}

/** Undefined where no checkpoint lies there yet. */
export const readPublicLog = (folder: string): PublicLog | undefined => {
  let written: string
  try {
    written = readFileSync(join(folder, 'public', 'checkpoint'), 'utf8')
  } catch {
    return undefined
  }
  const checkpoint = readCheckpoint(written)?.checkpoint
  if (!checkpoint) throw new Error('no checkpoint')
  const leaves: Uint8Array[] = []
  for (let index = 0; index * tileWidth < checkpoint.size; index += 1) {
    const width = widthOf(0, index, checkpoint.size)
    const bundle = bundleIn(folder, index, width)
    leaves.push(...bundle.map((leaf) => leafHash(leaf, nodeSha256)))
  }
  return { checkpoint, written, leaves }
}
