import type { HandoverState } from '#domain/handover/record.ts'

/** The one row of read.handover a stream leads to; its page folds the stream. */
export const handoverRow = (state: HandoverState) => ({
  status: state.status,
  from_person: state.from,
  to_person: state.to,
  given_at: state.givenAt,
  ended_at: state.ended?.at ?? null,
  items: state.items.length + state.more,
  doc: {},
})
