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

/** The same figures out of the tally `t` (read.hazard_tally), as sums over mines and days. */
const tallied: Readonly<Record<HazardFigure, (today: string) => string>> = {
  majorFound: () => 'sum(t.major_found)',
  majorOpen: () => 'sum(t.major_open)',
  majorClosed: () => 'sum(t.major_closed)',
  majorOverdue: (today) => `sum(t.major_running) filter (where t.due_on < ${today})`,
  majorExtended: () => 'sum(t.major_extended)',
  majorByMine: () => 'sum(t.major_by_mine)',
  majorByDepartment: () => 'sum(t.major_by_department)',
  dualReported: () => 'sum(t.dual_reported)',
  listed: () => 'sum(t.listed)',
  listingStands: () => 'sum(t.listing_stands)',
  delisted: () => 'sum(t.delisted)',
  generalFound: () => 'sum(t.general_found)',
  generalOpen: () => 'sum(t.general_open)',
  generalClosed: () => 'sum(t.general_closed)',
  generalOverdue: (today) => `sum(t.general_running) filter (where t.due_on < ${today})`,
  generalRepeated: () => 'sum(t.general_repeated)',
  verifying: () => 'sum(t.verifying)',
  notEstablished: () => 'sum(t.not_established)',
}

export const talliedFigure = (figure: HazardFigure, today: string): string => `coalesce(${tallied[figure](today)}, 0)`
