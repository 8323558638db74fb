import { journalPath } from '#server/ledger/secondHome.ts'
import { tileWidth } from '#translog/tile.ts'
import type { LeafHashes } from './leafHashes.ts'
import type { Scene } from './scene.ts'
import { readRecord } from './sealedRecord.ts'

/**
 * Leaves beyond what is signed that the journal has and the database's entries have no more: they were read by whoever
 * signs, and may be signed at any moment. `end` is as far as the head says that the log goes.
 */
export const withJournalTail = <Leaves extends LeafHashes>(scene: Scene, leaves: Leaves, end: number): Leaves => {
  const { folder, keys, memory } = scene
  const tail: Buffer[] = []
  let lines: readonly string[] | undefined
  for (let index = leaves.size; folder && index < end; index += 1) {
    if (!lines || index % tileWidth === 0) lines = folder.lines(journalPath(Math.floor(index / tileWidth)))
    const line = lines[index % tileWidth]
    const record = line === undefined ? undefined : memory.records(line, () => readRecord(line, keys))
    if (record?.kind !== 'act' || record.line.index !== index || record.fault || record.computed !== record.stated)
      break
    tail.push(Buffer.from(record.stated, 'hex'))
  }
  if (tail.length === 0) return leaves
  return { ...leaves, hashes: Buffer.concat([leaves.hashes, ...tail]), size: leaves.size + tail.length }
}
