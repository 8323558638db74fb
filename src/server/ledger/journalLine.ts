import { z } from 'zod'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { leafUnder, type SealedEvent } from '#server/platform/seal.ts'
import type { JsonValue } from '#translog/canonicalJson.ts'
import { leafHash } from '#translog/leaf.ts'
import { sameBytes } from '#translog/merkle.ts'
import { beginningLeaf, beginningOf, type LogRow, logRow } from './beginning.ts'

/** Rows as `to_jsonb` gives them: columns by name, instants as text. */
export const eventRow = z.object({
  tenant_id: z.uuid(),
  stream_id: z.uuid(),
  version: z.number().int(),
  div: z.string(),
  id: z.uuid(),
  kind: z.string(),
  type: z.string(),
  v: z.number().int(),
  body: z.record(z.string(), z.json()),
  account_id: z.uuid(),
  role: z.string(),
  person_id: z.uuid().nullable(),
  command_id: z.uuid(),
  rulebook_version: z.string(),
  captured_at: z.string().nullable(),
  received_at: z.string(),
})

export const commandRow = z.object({
  tenant_id: z.uuid(),
  id: z.uuid(),
  div: z.string(),
  hash: z.base64(),
  receipt: z.record(z.string(), z.json()).and(z.object({ number: z.number().int().optional() })),
  received_at: z.string(),
})

/** PostgreSQL breaks base64 into lines of 76. */
const base64 = z.string().transform((text) => Buffer.from(text, 'base64'))

const ofEvent = z.object({
  index: z.number().int(),
  leaf: base64,
  outbox: z.number().int(),
  at: z.string(),
  sealing: z.number().int(),
  event: eventRow,
  /** Null once the person was erased: the leaf is closed for ever. */
  salt: base64.nullable(),
  command: commandRow,
})

const ofBeginning = z.object({ index: z.literal(0), leaf: z.null(), log: logRow })

export type EventRow = z.infer<typeof eventRow>
export type CommandRow = z.infer<typeof commandRow>

/** One entry as the second folder keeps it, found to be what the leaf commits to. */
export type JournalEntry =
  | ({ readonly kind: 'act'; readonly leafHash: Uint8Array } & z.infer<typeof ofEvent>)
  | { readonly kind: 'beginning'; readonly index: 0; readonly leafHash: Uint8Array; readonly log: LogRow }

const instant = (text: string): string => new Date(text).toISOString()

export const sealedEventOf = (event: EventRow, command: CommandRow): SealedEvent => ({
  type: event.type,
  v: event.v,
  body: event.body satisfies JsonValue,
  id: event.id,
  tenantId: event.tenant_id,
  streamId: event.stream_id,
  version: event.version,
  kind: event.kind,
  accountId: event.account_id,
  role: event.role,
  personId: event.person_id,
  commandId: event.command_id,
  commandHash: Buffer.from(command.hash, 'base64'),
  number: command.receipt.number ?? null,
  rulebookVersion: event.rulebook_version,
  receivedAt: instant(event.received_at),
  capturedAt: event.captured_at === null ? null : instant(event.captured_at),
})

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Reads one line and recomputes its leaf from what the line holds. Undefined where it is not the line of that index, or
 * its contents are not what its leaf commits to. Where the salt is erased, the leaf alone can be compared.
 */
export const readJournalLine = (text: string, index: number): JournalEntry | undefined => {
  const given = parsed(text)
  const beginning = ofBeginning.safeParse(given).data
  if (beginning) {
    const began = beginningOf(beginning.log)
    return began && index === 0
      ? { kind: 'beginning', index: 0, leafHash: beginningLeaf(began).leafHash, log: beginning.log }
      : undefined
  }
  const act = ofEvent.safeParse(given).data
  if (!act || act.index !== index) return undefined
  const { event, command, salt, sealing, leaf } = act
  if (event.command_id !== command.id || event.tenant_id !== command.tenant_id) return undefined
  if (salt && !sameBytes(leafUnder(salt, sealedEventOf(event, command), sealing).leaf, leaf)) return undefined
  return { kind: 'act', ...act, leafHash: leafHash(leaf, nodeSha256) }
}
