import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { type Hasher, nobleSha256 } from './hasher.ts'
import { isConsistent, sameBytes } from './merkle.ts'
import { planConsistency } from './proof.ts'
import type { Verifier } from './signedNote.ts'
import type { TileAt } from './tile.ts'

/**
 * A checkpoint that somebody kept (a browser since it last signed in, a printed slip on a wall) against the one that is
 * shown now: whoever holds the log's key can sign another history, and cannot make it go on from the one that was kept.
 */
export type PinFault =
  /** What was kept is no checkpoint signed by this log. */
  | { readonly step: 'pinned' }
  /** What is shown now is none. */
  | { readonly step: 'current' }
  /** The log shown now is smaller than it was: records were taken off its end. */
  | { readonly step: 'rolledBack'; readonly pinned: Checkpoint; readonly current: Checkpoint }
  /** The log shown now does not hold the one that was kept: two histories, signed by one key. */
  | { readonly step: 'forked'; readonly pinned: Checkpoint; readonly current: Checkpoint }
  /** Tiles that the proof needs were not to be had: nothing is proven either way, and it must be asked again. */
  | { readonly step: 'unproven'; readonly pinned: Checkpoint; readonly current: Checkpoint; readonly reason: string }

export type PinVerdict =
  | { readonly ok: true; readonly pinned: Checkpoint; readonly current: Checkpoint }
  | { readonly ok: false; readonly fault: PinFault }

/** Tiles of the log as it is shown now, by path, as far as they are to be had. */
export type TilesReader = (tiles: readonly TileAt[]) => Promise<ReadonlyMap<string, readonly Uint8Array[]>>

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * Whether the current checkpoint holds the pinned one unchanged. Both are signed notes, verbatim; `log` is the key that
 * was pinned with it, never one that came with the current checkpoint. Never throws.
 */
export const checkPinned = async (
  pinnedNote: string,
  currentNote: string,
  readTiles: TilesReader,
  log: Verifier,
  hash: Hasher = nobleSha256,
): Promise<PinVerdict> => {
  const fail = (fault: PinFault): PinVerdict => ({ ok: false, fault })
  const pinned = openCheckpoint(pinnedNote, log)?.checkpoint
  if (!pinned) return fail({ step: 'pinned' })
  const current = openCheckpoint(currentNote, log)?.checkpoint
  if (!current) return fail({ step: 'current' })
  const both = { pinned, current }
  if (pinned.size > current.size) return fail({ step: 'rolledBack', ...both })
  if (pinned.size === current.size)
    return sameBytes(pinned.root, current.root) ? { ok: true, ...both } : fail({ step: 'forked', ...both })
  const plan = planConsistency(pinned.size, current.size)
  try {
    const proof = plan.proofFrom(await readTiles(plan.tiles), hash)
    return isConsistent(pinned, current, proof, hash) ? { ok: true, ...both } : fail({ step: 'forked', ...both })
  } catch (error) {
    return fail({ step: 'unproven', ...both, reason: messageOf(error) })
  }
}
