import { isDeepStrictEqual } from 'node:util'
import { commandRow, eventRow, sealedEventOf } from '#server/ledger/journalLine.ts'
import { leafUnder } from '#server/platform/seal.ts'
import type { KeyRing } from './keyRing.ts'
import { receiptFault } from './receiptFault.ts'
import { type ActLine, instantOf } from './sealedRecord.ts'

/** What a record of the log was: put together from what verifies, wherever that lies. */
export type Truth = {
  readonly log: number
  readonly index: number
  readonly leafHash: Buffer
  readonly line: ActLine
}

/** As much of a record as is there: of the rows of the database, or of a line of the journal. */
export type Pieces = {
  readonly event: ActLine['event'] | undefined
  readonly command: ActLine['command'] | undefined
  readonly salt: string | null
  readonly sealing: number | undefined
  readonly leaf: string | undefined
  readonly outbox: number | undefined
  /** Hash in hex of the leaf that stands in it. */
  readonly stated: string | undefined
}

export const noPieces: Pieces = {
  event: undefined,
  command: undefined,
  salt: null,
  sealing: undefined,
  leaf: undefined,
  outbox: undefined,
  stated: undefined,
}

const member = (given: object, name: string): unknown => new Map(Object.entries(given)).get(name)

export const piecesOf = (text: string | undefined, statedHash: (leaf: string) => string): Pieces => {
  let given: unknown
  try {
    given = text === undefined ? undefined : JSON.parse(text)
  } catch {
    return noPieces
  }
  if (typeof given !== 'object' || given === null) return noPieces
  const [salt, sealing, leaf, outbox] = ['salt', 'sealing', 'leaf', 'outbox'].map((name) => member(given, name))
  return {
    event: eventRow.strict().safeParse(member(given, 'event')).data,
    command: commandRow.strict().safeParse(member(given, 'command')).data,
    salt: typeof salt === 'string' ? salt : null,
    sealing: typeof sealing === 'number' ? sealing : undefined,
    leaf: typeof leaf === 'string' ? leaf : undefined,
    outbox: typeof outbox === 'number' ? outbox : undefined,
    stated: typeof leaf === 'string' ? statedHash(leaf) : undefined,
  }
}

const sealings = [2, 1]

type Wanted = {
  readonly log: number
  readonly index: number
  /** Hex of the leaf hash that was signed. */
  readonly hash: string
  /** Set where the person was erased: the salt is gone for good. */
  readonly closed: boolean
}

const toInstant = (text: string): string => new Date(text).toISOString()

/** Digits beyond the millisecond are nobody's: none of ours were ever written. */
const timed = (event: ActLine['event']): ActLine['event'] => ({
  ...event,
  received_at: toInstant(event.received_at),
  captured_at: event.captured_at === null ? null : toInstant(event.captured_at),
})

type Side = { readonly own: Pieces; readonly journal: Pieces }

const base64 = (leaf: Uint8Array): string => Buffer.from(leaf).toString('base64')

/** The leaf of these pieces, where it is the one that was signed, and under which sealing. */
const leafOf = (
  event: ActLine['event'],
  command: ActLine['command'],
  salt: string | null,
  hash: string,
): { readonly leaf: string; readonly sealing: number } | undefined => {
  const bytes = salt === null ? undefined : Buffer.from(salt, 'base64')
  if (bytes?.length !== 32) return undefined
  for (const sealing of sealings) {
    const { leaf, leafHash } = leafUnder(bytes, sealedEventOf(event, command), sealing)
    if (leafHash.toString('hex') === hash) return { leaf: base64(leaf), sealing }
  }
  return undefined
}

/** Everything but where the record is routed to. */
const isSameEvent = (a: ActLine['event'], b: ActLine['event']): boolean => {
  const plain = ({ div: _, received_at, captured_at, ...rest }: ActLine['event']) => ({
    ...rest,
    received: instantOf(received_at),
    captured: captured_at === null ? null : instantOf(captured_at),
  })
  return isDeepStrictEqual(plain(a), plain(b))
}

/** A closed leaf opens no more: what both sides say the same of counts, and the leaf itself. */
const closedLine = (
  { own, journal }: Side,
  { hash, index }: Wanted,
  outbox: number,
  keys: KeyRing,
): ActLine | undefined => {
  const leaf = [own, journal].find(({ stated }) => stated === hash)?.leaf
  const sealing = journal.sealing ?? own.sealing
  if (leaf === undefined || sealing === undefined || !own.event || !journal.event) return undefined
  if (!isSameEvent(own.event, journal.event)) return undefined
  for (const command of [own.command, journal.command]) {
    if (!command) continue
    const event = timed(own.event)
    const at = event.received_at
    const line = {
      index,
      leaf,
      outbox,
      at,
      sealing,
      event,
      salt: null,
      command: { ...command, received_at: at },
      log: null,
    }
    if (receiptFault(line, hash, keys) === undefined) return line
  }
  return undefined
}

/** What the record was, where it can still be told: event, command and salt that together come to the signed leaf. */
export const findTruth = (side: Side, wanted: Wanted, outbox: number | undefined, keys: KeyRing): Truth | undefined => {
  const { own, journal } = side
  const { log, index, hash, closed } = wanted
  if (outbox === undefined) return undefined
  const leafHash = Buffer.from(hash, 'hex')
  for (const { event } of [own, journal])
    for (const { command } of [own, journal])
      for (const { salt } of [own, journal]) {
        const found = event && command && leafOf(event, command, salt, hash)
        if (!event || !command || !found) continue
        const at = toInstant(event.received_at)
        const opened = { index, outbox, at, event: timed(event), command: { ...command, received_at: at }, log: null }
        const line: ActLine = { ...opened, ...found, salt: closed ? null : salt }
        if (receiptFault(line, hash, keys) === undefined) return { log, index, leafHash, line }
      }
  const line = closed ? closedLine(side, wanted, outbox, keys) : undefined
  return line && { log, index, leafHash, line }
}
