import type { Capability } from '#server/platform/stream.ts'
import type { CheckOptions } from './checkLedger.ts'
import type { Repaired } from './report.ts'

export type RepairOptions = CheckOptions & {
  /** For the rebuild of the read tables afterwards. */
  readonly adminUrl: string
  readonly capabilities: readonly Capability[]
  readonly now: Date
  /** Tells what would be done and changes nothing. */
  readonly dry?: boolean
}

/** Puts right what can be put right from what verifies, all of it or nothing. */
export const repairLedger = (_options: RepairOptions): Promise<Repaired> => Promise.reject(new Error('not there yet'))
