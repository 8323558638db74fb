import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { writeAddCheckpoint } from '#translog/addCheckpoint.ts'
import { planConsistency } from '#translog/proof.ts'
import { type Queries, readTiles } from '../tiles.ts'
import { LedgerTrouble } from '../trouble.ts'
import type { SignedSize } from './cosignatures.ts'

/** What is handed in to a witness that last co-signed `oldSize` leaves, for it to co-sign this checkpoint. */
export const submissionFor = async (
  db: Queries,
  log: number,
  oldSize: number,
  { size, note }: SignedSize,
): Promise<string> => {
  const plan = planConsistency(oldSize, size)
  const tiles = await readTiles(db, { log, hash: 'sha256' }, plan.tiles)
  if (tiles.size < plan.tiles.length)
    throw new LedgerTrouble('treeDamaged', '存证的树不全，给不出证明', '运行 bihuan ledger fsck --repair 恢复')
  return writeAddCheckpoint({ oldSize, proof: plan.proofFrom(tiles, nodeSha256), checkpoint: note })
}
