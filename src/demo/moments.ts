import { hashOf } from '#demo/seeded.ts'

const year = 2023

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** '06-14' or '07-29 15:32' of the demo's year, in Shanghai. */
const form = /^(\d{2}-\d{2})(?: (\d{2}):(\d{2}))?$/

type When = { readonly day: string; readonly minute: number | undefined }

const read = (when: string): When => {
  const [, day, hours, minutes] = form.exec(when) ?? []
  if (day === undefined) throw new RangeError(`not a moment of the demo: ${when}`)
  return { day, minute: hours === undefined ? undefined : Number(hours) * 60 + Number(minutes) }
}

const write = (day: string, minute: number, second: number): string =>
  `${year}-${day}T${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}:${twoDigits(second)}+08:00`

/**
 * Instants for a row of moments in order. Where only the day is known, work begins at some time between eight and
 * half past nine and goes on in uneven steps, the same on every run.
 */
export const instantsOf = (name: string, moments: readonly string[]): readonly string[] => {
  let last: { day: string; minute: number } | undefined
  return moments.map((moment, index) => {
    const { day, minute } = read(moment)
    const hash = hashOf(`${name}/${index}/${moment}`)
    const sameDay = last?.day === day ? last.minute : undefined
    const chosen = minute ?? (sameDay === undefined ? 8 * 60 + (hash % 90) : sameDay + 6 + (hash % 34))
    if (last && (day < last.day || (day === last.day && chosen < last.minute)))
      throw new RangeError(`${name}: ${moment} lies before what went before it`)
    last = { day, minute: chosen }
    return write(day, chosen, hash % 60)
  })
}
