import { z } from 'zod'
import { receipt } from '#server/platform/receipt.ts'
import { parseReceiptText, receiptText } from '#translog/receiptNote.ts'
import { readNote } from '#translog/signedNote.ts'
import type { KeyRing } from './keyRing.ts'
import { type ActLine, instantOf } from './sealedRecord.ts'

const whole = receipt.strict().extend({
  events: z.array(z.strictObject({ id: z.uuid(), type: z.string(), v: z.number().int(), leafHash: z.string() })),
})

export type WholeReceipt = z.infer<typeof whole>

export const wholeReceipt = (given: unknown): WholeReceipt | undefined => whole.safeParse(given).data

/** Before the log had a key, receipts were not signed; those acts bear the first sealing. */
const firstSealing = 1

/** Whether a key of ours signed exactly this: command, time, leaves. */
export const isSignedReceipt = ({ signed, commandId, receivedAt, events }: WholeReceipt, keys: KeyRing): boolean => {
  const note = signed === undefined ? undefined : readNote(signed)
  // A command without events has no leaf to promise, and its text is none that parses.
  const origin = note && (parseReceiptText(note.text)?.origin ?? note.text.split('\n')[1])
  if (!note || origin === undefined || note.signatures.length !== 1) return false
  const leaves = events.map((event) => Buffer.from(event.leafHash, 'hex'))
  return note.text === receiptText({ origin, commandId, receivedAt, leaves }) && keys.isSigned(note, origin)
}

/** Whether the receipt says of the event what is so, in the event's own place. */
const speaksOf = (given: WholeReceipt, { event, command }: ActLine, leaf: string): boolean => {
  const place = given.events[event.version - (given.version - given.events.length) - 1]
  return (
    given.commandId === command.id &&
    given.tenantId === event.tenant_id &&
    given.streamId === event.stream_id &&
    given.receivedAt === instantOf(event.received_at) &&
    given.rulebookVersion === event.rulebook_version &&
    place?.id === event.id &&
    place.type === event.type &&
    place.v === event.v &&
    place.leafHash === leaf
  )
}

/** It is from before the log had a key, or from when the key file was gone, or made up. */
export const hasNoSignature = ({ command }: Pick<ActLine, 'command'>): boolean =>
  wholeReceipt(command.receipt)?.signed === undefined

/** What is wrong with the receipt that stands behind the event of this leaf. */
export const receiptFault = (line: ActLine, leaf: string, keys: KeyRing): 'receipt' | 'unsigned' | undefined => {
  const given = wholeReceipt(line.command.receipt)
  if (!given || !speaksOf(given, line, leaf)) return 'receipt'
  if (given.signed === undefined) return line.sealing === firstSealing ? undefined : 'unsigned'
  return isSignedReceipt(given, keys) ? undefined : 'unsigned'
}
