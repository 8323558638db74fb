import { randomBytes } from 'node:crypto'
import type { NewEvent } from '#domain/event.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import type { JsonValue } from '#translog/canonicalJson.ts'
import { leafBytes, leafHash, sealFields } from '#translog/leaf.ts'

/** What a leaf commits to, each field salted and disclosed on its own in proof bundles; no field is public by itself. */
export type LeafFields = {
  readonly kind: string
  readonly tenant: string
  readonly subject: string
  readonly version: number
  readonly actor: string
  readonly role: string
  readonly receivedAt: string
  readonly capturedAt: string | null
  readonly record: JsonValue
}

export type SealedLeaf = { readonly leaf: Buffer; readonly leafHash: Buffer; readonly salt: Buffer }

export const sealLeaf = (fields: LeafFields): SealedLeaf => {
  const salt = randomBytes(32)
  const { commit } = sealFields(fields, salt, nodeSha256)
  const leaf = leafBytes({ v: 1, commit })
  return { leaf: Buffer.from(leaf), leafHash: Buffer.from(leafHash(leaf, nodeSha256)), salt }
}

/** The record of a leaf: what happened, by which version of its shape. */
export const leafRecord = (event: NewEvent, body: JsonValue): JsonValue => ({ type: event.type, v: event.v, body })
