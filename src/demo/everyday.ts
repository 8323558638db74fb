import { type Phrase, phraseBank, written } from '#demo/phraseBank.ts'
import { addDays, daysBetween, lastDayOfMonth } from '#domain/calendarDate.ts'
import type { HazardSource } from '#domain/hazard/source.ts'

/** A general hazard as a working day brings it: nothing in it knows which mine's machinery will write it down. */
export type Everyday = {
  readonly foundOn: string
  readonly minute: number
  readonly source: Extract<HazardSource, 'crewCheck' | 'safetyOfficerCheck' | 'postCheck'>
  readonly place: string
  readonly description: string
  readonly measures: string
  readonly fundsFen: number
  readonly onTheSpot: boolean
  readonly deadline: string
  /** Left out while it is still open on the last day told. */
  readonly mendedOn?: string
}

export type Pace = {
  readonly from: string
  /** Last day on which something is found. */
  readonly to: string
  /** Last day told: what is mended later is still open. */
  readonly until: string
  /** Hazards a month, fewest and most. */
  readonly perMonth: readonly [fewest: number, most: number]
  /** Elevations of the mine's benches, for {标高}. */
  readonly elevationsM: readonly number[]
}

/** Added to descriptions, so that what fills the register up is told from what the demo's tests count. */
export const supplementMark = '（演示补充）'

const rainWeek = { from: '2023-07-30', to: '2023-08-06' }

/** 端午: the mine rests, and nobody reports. */
const holidays = new Set(['2023-06-22', '2023-06-23', '2023-06-24'])

const isSunday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 0

/** How willing a day is to bring a hazard to paper: Sundays little, holidays hardly, month's end a bit more. */
const weightOf = (day: string): number => {
  if (holidays.has(day)) return 0.15
  const end = daysBetween(day, lastDayOfMonth(day)) <= 2 ? 1.5 : 1
  const rain = day >= rainWeek.from && day <= rainWeek.to ? 1.7 : 1
  return (isSunday(day) ? 0.35 : 1) * end * rain
}

const chosen = <T>(items: readonly T[], random: () => number): T => {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new RangeError('nothing to choose from')
  return item
}

const phraseFor = (day: string, random: () => number): Phrase => {
  const afterRain = day >= rainWeek.from && day <= rainWeek.to
  return chosen(afterRain ? [...phraseBank, ...phraseBank.filter(({ wet }) => wet)] : phraseBank, random)
}

const daysFrom = (from: string, to: string): readonly string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index))

const fenPerTenYuan = 1_000

const one = (day: string, random: () => number, pace: Pace): Everyday => {
  const phrase = phraseFor(day, random)
  const elevation = chosen(pace.elevationsM, random)
  const [low, high] = phrase.wanYuan
  const onTheSpot = phrase.days === 0 || (phrase.days === 1 && random() < 0.6)
  const taken = onTheSpot ? 0 : Math.max(1, Math.round(phrase.days * (0.5 + random() * 1.2)))
  // What came late and waits for a part or a paper is still open, within its time.
  const waits = !onTheSpot && daysBetween(day, pace.until) < 24 && random() < 0.18
  const mendedOn = addDays(day, taken)
  return {
    foundOn: day,
    minute: 8 * 60 + Math.floor(random() * 540),
    source: chosen(['safetyOfficerCheck', 'safetyOfficerCheck', 'crewCheck', 'postCheck'], random),
    place: written(phrase.place, random, elevation),
    description: `${phrase.system}：${written(phrase.text, random, elevation)}${supplementMark}`,
    measures: phrase.measures,
    fundsFen: Math.round(((low + random() * (high - low)) * 1_000_000) / fenPerTenYuan) * fenPerTenYuan,
    onTheSpot,
    deadline: waits
      ? addDays(pace.until, 3 + Math.floor(random() * 9))
      : addDays(day, onTheSpot ? 0 : Math.max(2, phrase.days * 2)),
    ...(!waits && mendedOn <= pace.until && { mendedOn }),
  }
}

const monthOf = (day: string): string => day.slice(0, 7)

/** What one mine brings to paper from day to day: uneven, the same for the same `random`. */
export const everydayHazards = (pace: Pace, random: () => number): readonly Everyday[] => {
  const days = daysFrom(pace.from, pace.to)
  const months = [...new Set(days.map(monthOf))]
  const [fewest, most] = pace.perMonth
  return months.flatMap((month) => {
    const ofMonth = days.filter((day) => monthOf(day) === month)
    const whole = fewest + Math.floor(random() * (most - fewest + 1))
    const weights = ofMonth.map(weightOf)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const count = Math.round((whole * total) / 25.5)
    const drawn = Array.from({ length: count }, () => {
      let left = random() * total
      const index = weights.findIndex((weight) => {
        left -= weight
        return left < 0
      })
      return ofMonth[Math.max(index, 0)] ?? pace.from
    })
    return drawn.sort().map((day) => one(day, random, pace))
  })
}
