import { z } from 'zod'
import { beginningLeaf, beginningOf, logRow } from '#server/ledger/beginning.ts'
import { commandRow, eventRow, sealedEventOf } from '#server/ledger/journalLine.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { leafUnder } from '#server/platform/seal.ts'
import { leafHash } from '#translog/leaf.ts'
import type { KeyRing } from './keyRing.ts'
import { hasNoSignature, receiptFault } from './receiptFault.ts'

/** An act as a line of the journal holds it; nothing else may stand in the line. */
const actLine = z.strictObject({
  index: z.number().int(),
  leaf: z.string(),
  outbox: z.number().int(),
  at: z.string(),
  sealing: z.number().int(),
  event: eventRow.strict(),
  salt: z.string().nullable(),
  command: commandRow.strict(),
  log: z.null(),
})

export type ActLine = z.infer<typeof actLine>

const beginningLine = z.strictObject({
  index: z.literal(0),
  leaf: z.null(),
  outbox: z.null(),
  at: z.null(),
  sealing: z.null(),
  event: z.null(),
  salt: z.null(),
  command: z.null(),
  log: logRow,
})

export type BeginningLine = z.infer<typeof beginningLine>

/** One line of the journal, or the same text made from the database's rows, looked at by itself. */
export type SealedRecord =
  | {
      readonly kind: 'act'
      readonly line: ActLine
      /** Hash in hex of the leaf that its contents come to; undefined where the salt is gone, or they come to none. */
      readonly computed: string | undefined
      /** Hash in hex of the leaf that stands in it. */
      readonly stated: string
      /** What is wrong with the receipt or the times, which the leaf alone does not show. */
      readonly fault: 'receipt' | 'unsigned' | 'time' | undefined
      /** Its receipt bears none: it counts only in front of all that were signed for. */
      readonly noSignature: boolean
    }
  | { readonly kind: 'beginning'; readonly line: BeginningLine; readonly computed: string | undefined }
  | { readonly kind: 'none' }

const none: SealedRecord = { kind: 'none' }

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** As PostgreSQL writes an instant in JSON, to the millisecond that JavaScript gave it. */
const writtenInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?[+-]\d{2}(?::\d{2})?$/

/** The same instant in any time zone; what is written otherwise (a t for the T, more digits) somebody else wrote. */
export const instantOf = (text: string): string => {
  const instant = new Date(text)
  if (Number.isNaN(instant.getTime()) || !writtenInstant.test(text)) return text
  return instant.toISOString()
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Hash in hex of the leaf that the contents come to. */
export const computedHash = ({ salt, event, command, sealing }: ActLine): string | undefined => {
  if (salt === null) return undefined
  try {
    const { leafHash: found } = leafUnder(Buffer.from(salt, 'base64'), sealedEventOf(event, command), sealing)
    return hex(found)
  } catch {
    // A salt of another length, a sealing that there never was: it comes to no leaf.
    return undefined
  }
}

/** An act is received, sealed and put into the outbox at one instant. */
const isOneInstant = ({ at, event, command }: ActLine): boolean =>
  instantOf(event.received_at) === instantOf(at) &&
  instantOf(command.received_at) === instantOf(at) &&
  instantOf(at).endsWith('Z') &&
  (event.captured_at === null || instantOf(event.captured_at).endsWith('Z'))

export const faultOf = (line: ActLine, leaf: string, keys: KeyRing): 'receipt' | 'unsigned' | 'time' | undefined =>
  isOneInstant(line) ? receiptFault(line, leaf, keys) : 'time'

export const actRecord = (line: ActLine, keys: KeyRing): SealedRecord => {
  const stated = hex(leafHash(Buffer.from(line.leaf, 'base64'), nodeSha256))
  const sameCommand = line.event.command_id === line.command.id && line.event.tenant_id === line.command.tenant_id
  return {
    kind: 'act',
    line,
    computed: sameCommand ? computedHash(line) : undefined,
    stated,
    fault: faultOf(line, stated, keys),
    noSignature: hasNoSignature(line),
  }
}

export const readRecord = (text: string, keys: KeyRing): SealedRecord => {
  const given = parsed(text)
  const act = actLine.safeParse(given).data
  if (act) return actRecord(act, keys)
  const beginning = beginningLine.safeParse(given).data
  if (!beginning) return none
  const began = beginningOf(beginning.log)
  return { kind: 'beginning', line: beginning, computed: began && hex(beginningLeaf(began).leafHash) }
}
