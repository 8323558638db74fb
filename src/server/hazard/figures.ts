import type { HazardFigure } from '#domain/hazard/figures.ts'

/** What a figure counts, as a condition on a row `h` of read.hazard; `today` is the parameter that holds the day. */
const conditions: Readonly<Record<HazardFigure, (today: string) => string>> = {
  majorFound: () => `h.judged_grade = 'major'`,
  majorOpen: () => `h.judged_grade = 'major' and h.open`,
  majorClosed: () => `h.judged_grade = 'major' and h.status = 'closed'`,
  majorOverdue: (today) => `h.judged_grade = 'major' and h.clock_runs and h.due_on < ${today}`,
  majorExtended: () => `h.judged_grade = 'major' and h.open and h.extended`,
  majorByMine: () => `h.judged_grade = 'major' and h.found_by = 'mine'`,
  majorByDepartment: () => `h.judged_grade = 'major' and h.found_by = 'department'`,
  dualReported: () => `h.judged_grade = 'major' and h.dual_reported`,
  listed: () => 'h.listed',
  listingStands: () => 'h.listing_stands',
  delisted: () => 'h.listed and not h.listing_stands',
  generalFound: () => `h.judged_grade = 'general'`,
  generalOpen: () => `h.judged_grade = 'general' and h.open`,
  generalClosed: () => `h.judged_grade = 'general' and h.status = 'closed'`,
  generalOverdue: (today) => `h.judged_grade = 'general' and h.clock_runs and h.due_on < ${today}`,
  generalRepeated: () => `h.judged_grade = 'general' and h.repeated`,
  verifying: () => `h.status = 'found' and h.found_by = 'department'`,
  notEstablished: () => `h.status = 'notEstablished'`,
}

/** The rows a figure counts; the same words count and list. */
export const figureCondition = (figure: HazardFigure, today: string): string =>
  `(${conditions[figure](today)} and not h.continued)`
