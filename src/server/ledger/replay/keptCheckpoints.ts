import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCheckpointLine } from '#server/ledger/checkpointLine.ts'
import { verifierOf } from '#server/ledger/identity.ts'
import type { PublishedByUs } from '#server/ledger/published.ts'
import { checkpointsPath, type SecondHome } from '#server/ledger/secondHome.ts'
import type { Queries } from '#server/ledger/tiles.ts'
import { codeOf } from '#server/platform/database/trouble.ts'
import { openCheckpoint } from '#translog/checkpoint.ts'
import { tileWidth } from '#translog/tile.ts'

const linesOf = async (path: string): Promise<readonly string[]> => {
  try {
    return (await readFile(path, 'utf8')).split('\n').slice(0, -1)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

/** The checkpoints between, as the second folder keeps them: each signed and sealed by the log's key. */
export const writeKeptCheckpoints = async (
  db: Queries,
  { folder }: Pick<SecondHome, 'folder'>,
  { number: log, vkey, checkpoint }: PublishedByUs,
  from: number,
): Promise<void> => {
  const verifier = verifierOf(vkey)
  if (!verifier) return
  for (let size = from - (from % tileWidth); size <= checkpoint.size; size += tileWidth) {
    for (const line of await linesOf(join(folder, checkpointsPath('sha256', size)))) {
      const kept = readCheckpointLine(line, verifier)
      const signed = kept && openCheckpoint(kept.note, verifier)?.checkpoint
      if (kept?.log !== log || kept.hash !== 'sha256' || !signed || signed.size > checkpoint.size) continue
      await db.query(
        `insert into ledger.checkpoint (log, hash, size, root, note, signed_at, seal) values ($1, 'sha256', $2, $3, $4, $5, $6)
         on conflict (log, hash, size) do nothing`,
        [log, signed.size, Buffer.from(signed.root), kept.note, kept.signedAt, kept.seal],
      )
    }
  }
}
