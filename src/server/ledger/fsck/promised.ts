import { commandRow, eventRow, sealedEventOf } from '#server/ledger/journalLine.ts'
import { currentSealing, leafUnder, type SealedLeaf } from '#server/platform/seal.ts'
import type { KeyRing } from './keyRing.ts'
import { isSignedReceipt, wholeReceipt } from './receiptFault.ts'

/** An event with the command behind it and its salt, as the database holds them. */
export type SealedRows = { readonly event: unknown; readonly command: unknown; readonly salt: string | null }

type Sealing = { readonly sealing: number } & Omit<SealedLeaf, 'salt'>

const sealings = Array.from({ length: currentSealing }, (_, at) => currentSealing - at)

/** The leaf that the receipt names for this event, where its salt opens it; and whether our key signed the receipt. */
export const namedFor = (keys: KeyRing, given: SealedRows): (Sealing & { readonly signed: boolean }) | undefined => {
  const event = eventRow.strict().safeParse(given.event).data
  const command = commandRow.strict().safeParse(given.command).data
  const receipt = command && wholeReceipt(command.receipt)
  const salt = given.salt === null ? undefined : Buffer.from(given.salt, 'base64')
  if (!event || !command || !receipt || salt?.length !== 32) return undefined
  for (const sealing of sealings) {
    const sealed = leafUnder(salt, sealedEventOf(event, command), sealing)
    if (receipt.events.some(({ leafHash }) => leafHash === sealed.leafHash.toString('hex')))
      return { sealing, ...sealed, signed: isSignedReceipt(receipt, keys) }
  }
  return undefined
}

/** The leaf that a signed receipt promised to this event. */
export const promisedTo = (keys: KeyRing, given: SealedRows): Sealing | undefined => {
  const named = namedFor(keys, given)
  return named?.signed ? named : undefined
}
