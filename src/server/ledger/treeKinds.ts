import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import type { Hasher } from '#translog/hasher.ts'
import { nodeSm3 } from './nodeSm3.ts'
import type { TreeName } from './tiles.ts'

/** What the log's tree and its twin differ in: how they are hashed, and where in the second folder's public part they lie. */
const kinds: Readonly<Record<TreeName['hash'], { readonly hasher: Hasher; readonly folder: string }>> = {
  sha256: { hasher: nodeSha256, folder: '' },
  sm3: { hasher: nodeSm3, folder: 'sm3/' },
}

export const hasherOf = ({ hash }: Pick<TreeName, 'hash'>): Hasher => kinds[hash].hasher

/** Where a tile or checkpoint of that tree lies. */
export const publicPath = (hash: TreeName['hash'], path: string): string => `${kinds[hash].folder}${path}`
