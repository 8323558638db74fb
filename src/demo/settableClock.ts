import type { Clock } from '#server/platform/clock.ts'

/** A clock that stands where it is put: the demo's generator sets it to the moment each act happened. */
export type SettableClock = Clock & { readonly set: (iso: string) => void }

const instantOf = (iso: string): number => {
  const instant = Date.parse(iso)
  if (Number.isNaN(instant)) throw new RangeError(`not an instant: ${iso}`)
  if (!/(Z|[+-]\d{2}:\d{2})$/.test(iso)) throw new RangeError(`an instant needs its zone: ${iso}`)
  return instant
}

export const settableClock = (iso: string): SettableClock => {
  let instant = instantOf(iso)
  return {
    now: () => new Date(instant),
    set: (next) => {
      instant = instantOf(next)
    },
  }
}
