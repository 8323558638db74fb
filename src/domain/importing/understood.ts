import type { Outcome } from '#domain/refusal.ts'
import type { GoodRow, ImportShape, RowFault } from './planImport.ts'

/** What a row asks the house to do: sent through the one way in, as if a person had filled in the form. */
export type ImportCommand = {
  readonly act: string
  readonly tenantId: string
  readonly streamId: string
  readonly body: Readonly<Record<string, unknown>>
  /** Personal data, outside events and digests. */
  readonly private?: Readonly<Record<string, unknown>> | undefined
  /** The version that was looked at; 0 where nothing may stand there yet. */
  readonly expectedVersion?: number | undefined
}

export type Difference = {
  readonly title: string
  readonly standing?: string | undefined
  readonly given?: string | undefined
}

/** What stands in the house already and the row seems to be about. */
export type FoundEntry = {
  readonly title: string
  /** Empty where the row says what is registered already. */
  readonly differences: readonly Difference[]
  readonly replace: readonly ImportCommand[]
}

export type Understood = {
  /** The thing in a few words; persons masked. */
  readonly title: string
  /** Empty where it cannot be registered beside what was found. */
  readonly add: readonly ImportCommand[]
  readonly found?: FoundEntry
  /** What the row leaves open or what of it is not taken over: told, and no fault. */
  readonly remarks?: readonly string[]
}

/** A person's word for a row with doubts that a person may settle, and what the doubts were. */
export type Vouched = { readonly word: string; readonly doubts: readonly string[] }

/** What a row means; with a person's word for it, where one was given. */
export type Understand = (row: GoodRow, vouched?: Vouched) => Understanding

export type Understanding =
  | { readonly ok: true; readonly value: Understood }
  | { readonly ok: false; readonly faults: readonly RowFault[] }

export const wrong = (...faults: readonly RowFault[]): Understanding => ({ ok: false, faults })

/** Faults that show only when rows are held against each other. */
export type Together = (rows: readonly GoodRow[]) => ReadonlyMap<GoodRow, readonly RowFault[]>

/** What a kind of import knows of workbooks, before it has looked at what is there. */
export type KindShape = ImportShape & { readonly together: Together }

/** Makes ids that are the same whenever the same import is planned again. */
export type IdFor = (name: string) => string

/** A refusal of the house as a fault of the row. */
export const faultOf = (outcome: Extract<Outcome<unknown>, { ok: false }>, key?: string): RowFault => ({
  ...(key !== undefined && { key }),
  reason: outcome.refusal.message,
  remedy: outcome.refusal.remedy ?? '请核对',
})
