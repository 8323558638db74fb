import type { Role } from '#domain/access/role.ts'

/** What a decision yields: a fact that happened, not yet recorded. `v` is the version of the body's shape. */
export type NewEvent = { readonly type: string; readonly v: number; readonly body: Readonly<Record<string, unknown>> }

/** Who did it and in which capacity; never a name (personal data stays in private tables). */
export type EventActor = { readonly accountId: string; readonly role: Role; readonly personId?: string | undefined }

/** A recorded event as `evolve` reads it. `receivedAt` is the server's clock; what the record says of when it happened stands in the body. */
export type RecordedEvent = NewEvent & {
  readonly id: string
  readonly version: number
  readonly receivedAt: string
  readonly actor: EventActor
}
