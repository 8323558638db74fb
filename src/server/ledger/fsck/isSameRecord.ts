import { isDeepStrictEqual } from 'node:util'
import { type ActLine, instantOf, type SealedRecord } from './sealedRecord.ts'

/** But for where it is routed to, which follows a mine that moves, and for how the time zone is written. */
const plain = ({ event, command, at, salt: _, ...rest }: ActLine) => ({
  ...rest,
  at: instantOf(at),
  event: {
    ...event,
    div: '',
    received_at: instantOf(event.received_at),
    captured_at: event.captured_at === null ? null : instantOf(event.captured_at),
  },
  command: { ...command, div: '', received_at: instantOf(command.received_at) },
})

/**
 * Whether a line of the journal says the same as the database. `divisions` are those that the tenant has lain in: the line
 * may be from before it moved. A salt may be gone from the database first, and from the journal a little later.
 */
export const isSameRecord = (own: SealedRecord, journal: SealedRecord, divisions: ReadonlySet<string>): boolean => {
  if (own.kind === 'beginning' && journal.kind === 'beginning') return isDeepStrictEqual(own.line.log, journal.line.log)
  if (own.kind !== 'act' || journal.kind !== 'act') return false
  if (own.line.salt !== null && journal.line.salt !== own.line.salt) return false
  if (own.line.salt === null && journal.line.salt !== null && journal.computed !== own.stated) return false
  const routed = [journal.line.event.div, journal.line.command.div]
  return routed.every((div) => divisions.has(div)) && isDeepStrictEqual(plain(own.line), plain(journal.line))
}
