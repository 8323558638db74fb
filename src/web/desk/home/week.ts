import type { HomeMatter } from '#contract/home.ts'

/** Days ahead that a week's list looks. */
const weekAhead = 7

/** What must be done within the week: past due, due within it, or due at once because no rule gives a day. */
export const inWeek = ({ daysLeft }: HomeMatter): boolean => daysLeft === undefined || daysLeft <= weekAhead

/** Each thing once, worst first: days past, then days left, then what has no day. */
export const worstFirst = (matters: readonly HomeMatter[]): readonly HomeMatter[] => {
  const once = matters.filter(
    (matter, index) =>
      matters.findIndex((one) => one.hazardId === matter.hazardId && one.title === matter.title) === index,
  )
  return once.sort((a, b) => (a.daysLeft ?? weekAhead) - (b.daysLeft ?? weekAhead) || a.since.localeCompare(b.since))
}
