import { z } from 'zod'
import type { SavedAnswer } from '#contract/selfCheck.ts'
import { outcomes } from '#domain/selfCheck/answer.ts'
import { filesOf, type PendingAnswer } from '#web/field/outbox/pending.ts'

/** What is written of an answer while it is being given; the rest stands on the command that carries it. */
const given = z.object({
  outcome: z.enum(outcomes).optional(),
  reason: z.string().optional(),
  place: z.string().optional(),
  note: z.string().optional(),
  tooDangerous: z.boolean().optional(),
  seq: z.number().optional(),
})

export type Given = z.infer<typeof given>

export const givenIn = ({ body }: PendingAnswer): Given => given.parse(body)

/** As it is sent: under the id that this device gave it. Undefined as long as nothing was chosen. */
export const savedAnswerOf = (command: PendingAnswer): SavedAnswer | undefined => {
  const { outcome, seq, reason, place, note, tooDangerous } = givenIn(command)
  if (!outcome || seq === undefined) return undefined
  const photos = filesOf(command.attached).photos ?? []
  return {
    id: command.commandId,
    item: command.item,
    outcome,
    seq,
    answeredAt: command.capturedAt,
    ...(reason?.trim() && { reason: reason.trim() }),
    ...(place?.trim() && { place: place.trim() }),
    ...(note?.trim() && { note: note.trim() }),
    ...(tooDangerous && { tooDangerous }),
    ...(photos.length > 0 && { photos: [...photos] }),
  }
}
