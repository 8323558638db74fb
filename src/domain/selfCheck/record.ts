import { z } from 'zod'
import type { RecordedEvent } from '#domain/event.ts'
import { outcomes } from './answer.ts'
import { month } from './month.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** One answer as it is submitted: the last word on its question, and who gave it. */
const submittedAnswer = z.object({
  item: z.string(),
  outcome: z.enum(outcomes),
  reason: z.string().optional(),
  place: z.string().optional(),
  note: z.string().optional(),
  photos: z.array(sha256).optional(),
  tooDangerous: z.boolean().optional(),
  /** Account of whoever saw it. */
  by: z.uuid(),
  answeredAt: z.string(),
  hazardId: z.uuid().optional(),
})

export type SubmittedAnswer = z.infer<typeof submittedAnswer>

/** What the sheet came to. 未查 stands in words of its own: missing answers are never 符合要求. */
const counts = z.object({
  asked: z.number().int(),
  good: z.number().int(),
  bad: z.number().int(),
  notApplicable: z.number().int(),
  notChecked: z.number().int(),
})

export type SheetCounts = z.infer<typeof counts>

export const handedOver = z.object({
  month,
  mineId: z.uuid(),
  to: z.uuid(),
  note: z.string().optional(),
  left: z.number().int(),
})

export const submitted = z.object({
  month,
  mineId: z.uuid(),
  on: z.string(),
  team: z.string().optional(),
  answers: z.array(submittedAnswer),
  /** Codes of the questions nobody answered, or answered 未查. */
  notChecked: z.array(z.string()),
  counts,
})

export const signed = z.object({
  month,
  mineId: z.uuid(),
  on: z.string(),
  /** Number of the submission that was signed, counted from 1. */
  submission: z.number().int(),
  ledInPerson: z.boolean(),
  paper: z.array(sha256).optional(),
})

export type By = {
  readonly accountId: string
  readonly personId: string | undefined
  readonly role: string
  readonly at: string
  /** Which record of the stream it is. */
  readonly version: number
}

/** One mine's sheet of one month, as its stream says. What is being answered lies beside it. */
export type SelfCheckState = {
  readonly month: string
  readonly mineId: string
  readonly handOvers: readonly {
    readonly to: string
    readonly note: string | undefined
    readonly left: number
    readonly by: By
  }[]
  readonly submissions: readonly {
    readonly on: string
    readonly team: string | undefined
    readonly counts: SheetCounts
    readonly notChecked: readonly string[]
    readonly answers: readonly SubmittedAnswer[]
    readonly by: By
  }[]
  readonly signatures: readonly {
    readonly on: string
    readonly submission: number
    readonly ledInPerson: boolean
    readonly paper: readonly string[]
    readonly by: By
  }[]
}

const byOf = ({ actor, receivedAt, version }: RecordedEvent): By => ({
  accountId: actor.accountId,
  personId: actor.personId,
  role: actor.role,
  at: receivedAt,
  version,
})

const evolve = (state: SelfCheckState, event: RecordedEvent): SelfCheckState => {
  const by = byOf(event)
  switch (event.type) {
    case 'selfCheck.handOver': {
      const { to, note, left } = handedOver.parse(event.body)
      return { ...state, handOvers: [...state.handOvers, { to, note, left, by }] }
    }
    case 'selfCheck.submit': {
      const { on, team, counts, notChecked, answers } = submitted.parse(event.body)
      return { ...state, submissions: [...state.submissions, { on, team, counts, notChecked, answers, by }] }
    }
    case 'selfCheck.sign': {
      const { on, submission, ledInPerson, paper } = signed.parse(event.body)
      const signature = { on, submission, ledInPerson, paper: paper ?? [], by }
      return { ...state, signatures: [...state.signatures, signature] }
    }
    default:
      throw new Error(`no event of a self-check: ${event.type}`)
  }
}

const about = z.object({ month, mineId: z.uuid() })

export const fold = (events: readonly RecordedEvent[]): SelfCheckState | undefined => {
  const [first] = events
  if (!first) return undefined
  const { month: of, mineId } = about.parse(first.body)
  const empty: SelfCheckState = { month: of, mineId, handOvers: [], submissions: [], signatures: [] }
  return events.reduce(evolve, empty)
}

/** 组织开展并由主要负责人签字 = 本月已落实 (PRACTICE 18). */
export const isDone = (state: SelfCheckState | undefined): boolean => (state?.signatures.length ?? 0) > 0

/** Whether something was submitted that nobody has signed yet. */
export const waitsForSignature = (state: SelfCheckState | undefined): boolean => {
  if (!state) return false
  const last = state.signatures.at(-1)?.submission ?? 0
  return state.submissions.length > last
}
