import { z } from 'zod'
import { problem } from '#contract/problem.ts'
import { type HazardAct, transitions } from '#domain/hazard/transitions.ts'

/** A photo or file of a command that has not been received yet; its bytes lie beside it under the same id. */
export const attached = z.object({
  id: z.string(),
  field: z.string(),
  name: z.string(),
  size: z.number(),
  /** Known once the server has the bytes: an upload is never repeated. */
  sha256: z.string().optional(),
})

export type Attached = z.infer<typeof attached>

const onItsWay = z.object({
  commandId: z.string(),
  accountId: z.string(),
  tenantId: z.string(),
  title: z.string(),
  /** Everything but the files. */
  body: z.record(z.string(), z.unknown()),
  attached: z.array(attached),
  capturedAt: z.string(),
  /** Something was entered, beyond what was prefilled. */
  touched: z.boolean().optional(),
  stage: z.enum(['draft', 'waiting']),
  refused: problem.optional(),
})

/**
 * One command on its way. Its id is made once, so that however often it is sent, it happens once; its body is frozen
 * from the first sending on, because the same id with another body is refused.
 */
const pendingAct = onItsWay.extend({
  hazardId: z.string(),
  act: z.custom<HazardAct>((value) => typeof value === 'string'),
  /** The business day on which it was written: a report sent a day late still says when it was found. */
  writtenOn: z.string().optional(),
  expectedVersion: z.number().optional(),
})

export type PendingAct = z.infer<typeof pendingAct>

/** One answer of a self-check on its way, under the id that the device gave it. Answered again it is another answer. */
const pendingAnswer = onItsWay.extend({ month: z.string(), item: z.string() })

export type PendingAnswer = z.infer<typeof pendingAnswer>

export const pending = z.union([pendingAct, pendingAnswer])

export type Pending = PendingAct | PendingAnswer

export const isAnswer = (command: Pending): command is PendingAnswer => 'item' in command

export const isAct = (command: Pending): command is PendingAct => !isAnswer(command)

/** What the act itself asks for: an answer given before 已当场整改 was ticked may be one that act does not know. */
const asked = (act: HazardAct, answers: Record<string, unknown>): Record<string, unknown> => {
  const shape = transitions[act]?.body.shape ?? {}
  return Object.fromEntries(Object.entries(answers).filter(([name]) => Object.hasOwn(shape, name)))
}

/** Which files are already there, by field, each once. */
export const filesOf = (attached: readonly Attached[]): Readonly<Record<string, readonly string[]>> => {
  const files: Record<string, string[]> = {}
  for (const { field, sha256 } of attached) if (sha256) files[field] = [...new Set([...(files[field] ?? []), sha256])]
  return files
}

/** The body as the server reads it, with the files that are already there. */
export const bodyOf = ({ act, body, attached, writtenOn }: PendingAct): Record<string, unknown> =>
  asked(act, { ...(writtenOn && { on: writtenOn }), ...body, ...filesOf(attached) })
