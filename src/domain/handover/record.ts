import { z } from 'zod'
import type { EventActor, RecordedEvent } from '#domain/event.ts'
import { type HandoverItem, handoverItems } from '#domain/handover/item.ts'

/** Stored shapes; once released they never change. */
export const given = z.object({
  on: z.string(),
  from: z.uuid(),
  to: z.uuid(),
  note: z.string().optional(),
  items: handoverItems,
  /** Open matters beyond those listed one by one. */
  more: z.number().int(),
})
export const taken = z.object({ on: z.string(), note: z.string().optional() })
export const withdrawn = z.object({ on: z.string(), reason: z.string() })

export const handoverStatuses = { given: '等待接收', taken: '已接收', withdrawn: '已作废' } as const
export type HandoverStatus = keyof typeof handoverStatuses

export type HandoverState = {
  readonly status: HandoverStatus
  readonly on: string
  readonly givenAt: string
  readonly givenBy: EventActor
  readonly from: string
  readonly to: string
  readonly note?: string | undefined
  readonly items: readonly HandoverItem[]
  readonly more: number
  readonly ended?: {
    readonly on: string
    readonly at: string
    readonly by: EventActor
    readonly words?: string | undefined
  }
}

const begun = (state: HandoverState | undefined, { type }: RecordedEvent): HandoverState => {
  if (!state) throw new Error(`${type}: the hand-over was never given`)
  return state
}

const evolve = (state: HandoverState | undefined, event: RecordedEvent): HandoverState => {
  const ending = { at: event.receivedAt, by: event.actor }
  switch (event.type) {
    case 'handover.give': {
      const body = given.parse(event.body)
      return { status: 'given', givenAt: event.receivedAt, givenBy: event.actor, ...body }
    }
    case 'handover.take': {
      const { on, note } = taken.parse(event.body)
      return { ...begun(state, event), status: 'taken', ended: { ...ending, on, words: note } }
    }
    case 'handover.withdraw': {
      const { on, reason } = withdrawn.parse(event.body)
      return { ...begun(state, event), status: 'withdrawn', ended: { ...ending, on, words: reason } }
    }
    default:
      throw new Error(`no hand-over knows ${event.type}`)
  }
}

export const fold = (events: readonly RecordedEvent[]): HandoverState | undefined =>
  events.reduce<HandoverState | undefined>(evolve, undefined)
