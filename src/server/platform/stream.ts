import type { Actor } from '#domain/access/actor.ts'
import type { NewEvent, RecordedEvent } from '#domain/event.ts'
import type { Outcome } from '#domain/refusal.ts'
import type { Rulebook } from '#rulebook/rulebook.ts'
import type { Erasure } from '#server/platform/erasePerson.ts'

/** What a person or a machine asks for. The id is made by the client (UUIDv7) and makes the command land once. */
export type Command = {
  readonly id: string
  readonly tenantId: string
  readonly streamId: string
  /** Capability and act, e.g. `hazard.closeOut`. */
  readonly act: string
  readonly body: Readonly<Record<string, unknown>>
  /** Personal data on its way to private tables: outside the events and outside the kept hash, which could be guessed. */
  readonly private?: Readonly<Record<string, unknown>> | undefined
  /** Version the person saw; left out, the command follows whatever stands. */
  readonly expectedVersion?: number | undefined
  /** When the device recorded it, where that differs from when the server received it. */
  readonly capturedAt?: string | undefined
}

export type StreamRef = { readonly kind: string; readonly tenantId: string; readonly streamId: string }
export type OtherStream = StreamRef & { readonly version: number; readonly events: readonly RecordedEvent[] }

/** What must be known to decide, fixed by execute inside the transaction. */
export type DecideContext = {
  readonly now: Date
  readonly today: string
  readonly actor: Actor
  readonly tenantId: string
  readonly streamId: string
  /** The series' next number, reserved gaplessly; given when the capability asked for one. */
  readonly number?: number | undefined
  readonly rulebook: Rulebook
  /** The demo's data may carry credit codes no real firm can have. */
  readonly demo: boolean
  /** Of the files the command names, those that lie in the tenant's keeping. */
  readonly storedFiles: ReadonlySet<string>
  /** Of the persons the command names, those the actor can see, with the organisation each belongs to. */
  readonly persons: ReadonlyMap<string, string>
  /** Declared other streams, locked and read in the same transaction, by stream id. */
  readonly others: ReadonlyMap<string, OtherStream>
}

/** A row that a job will carry out; one without commands has been dealt with already. */
export type WaitingRow = {
  readonly sheet: string
  readonly row: number
  readonly title: string
  readonly fate: string
  readonly commands: readonly Readonly<Record<string, unknown>>[]
}

export type PrivateRow =
  | {
      readonly table: 'private.person'
      readonly personId: string
      readonly name?: string | undefined
      readonly phone?: string | undefined
    }
  | {
      readonly table: 'private.account'
      readonly accountId: string
      readonly login: string
      readonly passwordHash: string
    }
  /** Rows of an import on their way into the registers; names and phones may be among them. */
  | { readonly table: 'private.import_row'; readonly importId: string; readonly rows: readonly WaitingRow[] }
  /** Takes away all that is private of a person. */
  | ({ readonly table: 'erased' } & Erasure)

export type Claim = {
  readonly kind: string
  readonly value: string
  readonly taken: { readonly message: string; readonly remedy: string }
}

/** An effect to run after commit, idempotent by event id. */
export type Effect = { readonly queue: string; readonly data: Readonly<Record<string, unknown>> }

export type Decision = {
  readonly events: readonly NewEvent[]
  readonly private?: readonly PrivateRow[]
  /** Everything the stream claims from now on; what it claimed before and does not name is released. */
  readonly claims?: readonly Claim[]
  readonly effects?: readonly Effect[]
}

export type Row = Readonly<Record<string, unknown>>
export type Position = { readonly tenantId: string; readonly streamId: string; readonly version: number }

/** A table fed by one kind of stream: at most one row a stream, its id the stream's id. */
export type RowOf = { readonly table: string; readonly row: Row }

/**
 * One kind of stream as the platform sees it. State and command stay the capability's own; the platform moves
 * recorded events in, and rows, decisions out.
 */
export type Capability = {
  readonly kind: string
  readonly acts: readonly string[]
  readonly tables: readonly string[]
  /** Checks a body against its schema; returns it parsed. */
  readonly validate: (act: string, body: unknown) => Outcome<Readonly<Record<string, unknown>>>
  /** Other streams the decision reads. */
  readonly reads: (command: Command) => readonly StreamRef[]
  /** Files the command names by content; left out where a capability names none. */
  readonly filesNamed?: (command: Command) => readonly string[]
  /** Persons the command names; left out where a capability names none. */
  readonly personsNamed?: (command: Command) => readonly string[]
  /** Series the command draws a number from. */
  readonly series: (command: Command, today: string) => string | undefined
  /** For a stream that is itself a tenant: the division it will lie in. */
  readonly divisionOf: (command: Command) => string | undefined
  /** What the stream holds of names unique across all tenants, as far as its events say; left out where they say nothing. */
  readonly claims?: (events: readonly RecordedEvent[]) => readonly Claim[]
  readonly decide: (events: readonly RecordedEvent[], command: Command, context: DecideContext) => Outcome<Decision>
  readonly rows: (events: readonly RecordedEvent[], position: Position) => readonly RowOf[]
}
