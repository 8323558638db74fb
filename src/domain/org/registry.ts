import { z } from 'zod'
import type { RecordedEvent } from '#domain/event.ts'

/** A registry keeps whole values: each change carries the whole new one, so the state is simply the last. Other events (a reveal) leave it. */
const changed = z.object({ value: z.record(z.string(), z.unknown()) })

export const lastValue = <S extends z.ZodType>(
  schema: S,
  events: readonly RecordedEvent[],
): z.output<S> | undefined => {
  const last = events.findLast(({ type }) => type.endsWith('.changed'))
  return last ? schema.parse(changed.parse(last.body).value) : undefined
}
