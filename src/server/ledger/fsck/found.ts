import type { SecondHome } from '#server/ledger/secondHome.ts'
import type { Queries } from '#server/ledger/tiles.ts'
import type { Finding, FindingKind, FindingPlace } from './finding.ts'
import type { Truth } from './truth.ts'

/** In this order, each on what the one before has put right. */
export const phases = ['strays', 'records', 'streams', 'divisions', 'log', 'files', 'guards'] as const
export type Phase = (typeof phases)[number]

/** What a repair has at hand: one transaction of the owner, and the second folder. */
export type Hand = {
  readonly db: Queries
  readonly home: Pick<SecondHome, 'folder'> | undefined
  /** Moves rows of a table out of it and keeps them, for they are traces. */
  readonly putAside: (table: string, where: string, values: readonly unknown[], reason: string) => Promise<void>
}

/** One step of a repair; several findings may need the same one, told apart by its key. */
export type Mend = {
  readonly phase: Phase
  readonly key: string
  /** Chinese, one line. */
  readonly step: string
  readonly run: (hand: Hand) => Promise<void>
}

export type Found = FindingPlace & {
  readonly kind: FindingKind
  readonly message: string
  /** Where it cannot be repaired: what else to do. */
  readonly remedy?: string
  readonly mends?: readonly Mend[]
  /** Records that are put back from what verified. */
  readonly restores?: Truth
}

const byRepair = '运行 bihuan ledger fsck --repair 恢复'
const byHand = '从备份中取出这一条核对；不要继续在上面办理'

export const isRepairable = ({ mends, restores }: Found): boolean => restores !== undefined || mends !== undefined

export const asFinding = (found: Found): Finding => {
  const { mends: _, restores: __, remedy, ...rest } = found
  const repairable = isRepairable(found)
  return { ...rest, remedy: remedy ?? (repairable ? byRepair : byHand), repairable }
}
