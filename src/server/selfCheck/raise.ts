import { v5 as uuidv5 } from 'uuid'
import type { Actor } from '#domain/access/actor.ts'
import { type CalendarDate, legalDay } from '#domain/calendarDate.ts'
import { type Outcome, ok } from '#domain/refusal.ts'
import type { SheetItem } from '#domain/selfCheck/sheet.ts'
import { suspicionOf } from '#domain/selfCheck/suspicion.ts'
import type { Execute } from '#server/platform/execute.ts'
import type { GivenAnswer, Sheet } from '#server/selfCheck/answers.ts'
import { raisedHazardId } from '#server/selfCheck/sheetId.ts'

/** Somebody reported it at the same moment, or an earlier answer did: the hazard stands. */
const standsAlready = new Set(['begun-already', 'command-id-reused'])

/**
 * Registers what a 有问题 found, as whoever saw it (PRACTICE A3: nothing stands in the way of a report). One hazard a
 * question and sheet; where it stands already nothing happens.
 */
export const raiseHazard = async (
  execute: Execute,
  actor: Actor,
  { mineId, sheetId }: Sheet,
  item: SheetItem,
  given: GivenAnswer,
  today: CalendarDate,
): Promise<Outcome<{ readonly hazardId: string }>> => {
  const hazardId = raisedHazardId(sheetId, item.code)
  const suspicion = suspicionOf(item, given)
  if (!suspicion) return ok({ hazardId })
  const seenOn = legalDay(given.answeredAt)
  const { description, place, photos, suspectedGrade, criteria } = suspicion
  const done = await execute(actor, {
    id: uuidv5('report', hazardId),
    tenantId: mineId,
    streamId: hazardId,
    act: 'hazard.report',
    capturedAt: given.answeredAt,
    body: {
      source: 'principalCheck',
      mineId,
      // A device whose clock runs ahead keeps nobody from reporting.
      on: seenOn < today ? seenOn : today,
      description,
      suspectedGrade,
      ...(place && { place }),
      ...(photos.length > 0 && { photos: [...photos] }),
      ...(given.tooDangerous && { tooDangerous: true }),
      ...(criteria.length > 0 && { suspectedCriteria: [...criteria] }),
    },
  })
  if (done.ok || standsAlready.has(done.refusal.code)) return ok({ hazardId })
  return done
}
