import { randomBytes } from 'node:crypto'
import type { NewEvent } from '#domain/event.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { toBase64url } from '#translog/base64url.ts'
import type { JsonValue } from '#translog/canonicalJson.ts'
import { leafBytes, leafHash, type SealedFields, sealFields } from '#translog/leaf.ts'

/** Everything of an event and of the command behind it that the log vouches for. */
export type SealedEvent = NewEvent & {
  readonly id: string
  readonly tenantId: string
  readonly streamId: string
  readonly version: number
  /** Kind of the stream, i.e. the capability. */
  readonly kind: string
  readonly body: JsonValue
  readonly accountId: string
  readonly role: string
  readonly personId: string | null
  readonly commandId: string
  readonly commandHash: Uint8Array
  readonly number: number | null
  readonly rulebookVersion: string
  readonly receivedAt: string
  readonly capturedAt: string | null
}

/**
 * Which fields a leaf commits to; each is salted and disclosed on its own in proof bundles, none is public by itself. A
 * leaf keeps the sealing it was made by: 1 left the command behind the event unsealed.
 */
export const currentSealing = 2

export const fieldsOf = (event: SealedEvent, sealing: number): SealedFields => {
  const act: SealedFields = {
    kind: event.type,
    tenant: event.tenantId,
    subject: event.streamId,
    version: event.version,
    actor: event.accountId,
    role: event.role,
    receivedAt: event.receivedAt,
    capturedAt: event.capturedAt,
    record: { type: event.type, v: event.v, body: event.body },
  }
  if (sealing === 1) return act
  if (sealing !== 2) throw new RangeError(`no sealing ${sealing}`)
  const provenance = {
    event: event.id,
    stream: event.kind,
    person: event.personId,
    command: event.commandId,
    commandHash: toBase64url(event.commandHash),
    number: event.number,
    rulebook: event.rulebookVersion,
  }
  return { ...act, provenance }
}

export type SealedLeaf = { readonly leaf: Buffer; readonly leafHash: Buffer; readonly salt: Buffer }

/** The leaf of an event under a given salt: what was written when the salt was drawn, what a check computes anew. */
export const leafUnder = (salt: Uint8Array, event: SealedEvent, sealing: number): Omit<SealedLeaf, 'salt'> => {
  const { commit } = sealFields(fieldsOf(event, sealing), salt, nodeSha256)
  const leaf = leafBytes({ v: 1, commit })
  return { leaf: Buffer.from(leaf), leafHash: Buffer.from(leafHash(leaf, nodeSha256)) }
}

export const sealLeaf = (event: SealedEvent): SealedLeaf => {
  const salt = randomBytes(32)
  return { ...leafUnder(salt, event, currentSealing), salt }
}
