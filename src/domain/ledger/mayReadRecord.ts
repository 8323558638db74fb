import type { Actor } from '#domain/access/actor.ts'
import { may } from '#domain/access/policy.ts'
import type { Outcome } from '#domain/refusal.ts'

/**
 * Which right opens the records of a stream, by the stream's kind: a proof shows the record, so it is for whoever may read
 * it where it stands. A kind that is not listed is nobody's to prove.
 */
const readers: Readonly<Record<string, string>> = {
  hazard: 'hazard.read',
  mine: 'mine.read',
  company: 'company.read',
  organisation: 'organisation.read',
  // Its stream also says who looked at the person's data, and why.
  person: 'person.put',
  account: 'account.read',
  credentials: 'account.read',
  importing: 'importing.read',
  registerExport: 'register.export',
  handover: 'handover.read',
  board: 'board.read',
  inspectionFolder: 'inspectionFolder.make',
  crewMeeting: 'crewMeeting.read',
  selfCheck: 'selfCheck.read',
  mineUnit: 'mineUnit.read',
  permit: 'permit.read',
  presence: 'presence.read',
}

export const mayReadRecord = (actor: Actor, kind: string): Outcome<undefined> =>
  may(actor, Object.hasOwn(readers, kind) ? (readers[kind] ?? '') : '')
