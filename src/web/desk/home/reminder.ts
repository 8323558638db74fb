import type { HomeMatter } from '#contract/home.ts'
import { monthDay } from '#web/parts/words.ts'

const overdue = ({ dueOn, daysLeft }: HomeMatter): string => {
  if (!dueOn) return ''
  if (daysLeft !== undefined && daysLeft < 0) return `，期限 ${monthDay(dueOn)}，已过 ${-daysLeft} 天`
  return `，期限 ${monthDay(dueOn)}`
}

/** Ready to paste into the group chat (PRACTICE 29): which, what, since when, by which clause; no blame. */
export const reminder = (matter: HomeMatter, from: string): string => {
  const { mineName, number, place, title, since, clause } = matter
  const which = [number, place].filter(Boolean).join(' ')
  return (
    `【提醒】${mineName}：隐患 ${which}，${title}（${monthDay(since)} 起${overdue(matter)}）。` +
    `依据：${clause}。已经办了的请补记实际日期，还没办的请尽快办理；有困难请回复，我们一起想办法。——${from}`
  )
}
