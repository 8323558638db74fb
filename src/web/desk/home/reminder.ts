import type { HomeMatter, SilentMine } from '#contract/home.ts'
import type { SelfCheckListed } from '#contract/selfCheck.ts'
import { monthDay } from '#web/parts/words.ts'

const overdue = ({ dueOn, daysLeft }: HomeMatter): string => {
  if (!dueOn) return ''
  if (daysLeft !== undefined && daysLeft < 0) return `，期限 ${monthDay(dueOn)}，已过 ${-daysLeft} 天`
  return `，期限 ${monthDay(dueOn)}`
}

/** Whoever has done it already only has to write it down; nobody is blamed. */
const wayOn = (from: string): string =>
  `已经办了的请补记实际日期，还没办的请尽快办理；有困难请回复，我们一起想办法。——${from}`

/** Ready to paste into the group chat (PRACTICE 29): which, what, since when, by which clause; no blame. */
export const reminder = (matter: HomeMatter, from: string): string => {
  const { mineName, number, place, title, since, clause } = matter
  const which = [number, place].filter(Boolean).join(' ')
  return (
    `【提醒】${mineName}：隐患 ${which}，${title}（${monthDay(since)} 起${overdue(matter)}）。` +
    `依据：${clause}。${wayOn(from)}`
  )
}

/** A question, not a finding: a mine without hazards may be a mine that is well kept. */
export const silenceQuestion = ({ mineName, foundByOthers }: SilentMine, days: number, from: string): string =>
  `【请说明】${mineName}：近 ${days} 天没有自查出隐患的记录（一般隐患也没有）` +
  `${foundByOthers > 0 ? `，其间部门查出 ${foundByOthers} 条` : ''}。查过没有发现的，请说明是怎么查的；` +
  `查出没有登记的请补记。——${from}`

export const monthWords = (month: string): string => `${Number(month.slice(5, 7))}月`

export const checkReminder = ({ mineName, month }: Pick<SelfCheckListed, 'mineName' | 'month'>, from: string): string =>
  `【提醒】${mineName}：${monthWords(month)}重大事故隐患排查，还没有主要负责人签字的记录。` +
  `依据：通知 四(一)2，主要负责人每月至少组织一次。${wayOn(from)}`
