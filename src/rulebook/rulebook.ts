import type { BeforeSigning } from './beforeSigning.ts'
import type { CheckItems } from './checkItems.ts'
import type { Citation } from './citation.ts'
import type { CriteriaPack } from './criteriaPack.ts'
import type { Division } from './division.ts'
import type { MineFact } from './mineFact.ts'
import type { Notice } from './notice.ts'
import type { LawDuty } from './obligation.ts'
import type { PermitKind } from './permitKind.ts'
import type { Setting } from './setting.ts'

/** The rules as data, checked and cross-referenced. Plain values: it can be sent as JSON. */
export type Rulebook = {
  readonly packs: readonly CriteriaPack[]
  readonly facts: readonly MineFact[]
  readonly notices: readonly Notice[]
  readonly settings: readonly Setting[]
  /** Ordinary questions of the self-check, beside the criteria. */
  readonly checkItems: CheckItems
  /** 证照种类: what a permit may be registered as. */
  readonly permitKinds: readonly PermitKind[]
  /** 签字前看这三条: the first two of them, by act. */
  readonly beforeSigning: readonly BeforeSigning[]
  /** What the law asks again and again, whatever notice is in force. */
  readonly lawDuties: readonly LawDuty[]
  readonly citations: readonly Citation[]
  readonly divisions: readonly Division[]
  /** Changes with any file. */
  readonly version: string
}
