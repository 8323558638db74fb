import type { RecordedEvent } from '#domain/event.ts'

/**
 * Lifts an event of version v to v+1, purely, on read; stored bodies never change because leaves commit to them.
 * Empty while every type is at version 1: tests/golden keeps one file per type and version, and each must fold for ever.
 */
const lifts: Readonly<Record<string, (event: RecordedEvent) => RecordedEvent>> = {}

export const upcast = (event: RecordedEvent): RecordedEvent => {
  const lift = lifts[`${event.type}@${event.v}`]
  return lift ? upcast(lift(event)) : event
}
