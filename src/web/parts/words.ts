import { daysBetween } from '#domain/calendarDate.ts'
import { formatWanYuan, formatYuan } from '#domain/money.ts'

export { formatWanYuan, formatYuan }

const shanghai = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

const partsOf = (instant: string): Record<string, string> =>
  Object.fromEntries(shanghai.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]))

/** `2023-07-31` in Asia/Shanghai, from an instant in UTC. */
export const dateOf = (instant: string): string => {
  const { year, month, day } = partsOf(instant)
  return `${year}-${month}-${day}`
}

/** `14:05` in Asia/Shanghai. */
export const timeOf = (instant: string): string => {
  const { hour, minute } = partsOf(instant)
  return `${hour}:${minute}`
}

/** `2023-07-31 14:05` */
export const dateTimeOf = (instant: string): string => `${dateOf(instant)} ${timeOf(instant)}`

/** `07-31`, for places where the year is plain from the context. */
export const monthDay = (date: string): string => date.slice(5, 10)

/** Days left in words; negative is past: 逾期 15 天 / 今天到期 / 还剩 5 天. */
export const daysLeftWords = (daysLeft: number): string =>
  daysLeft < 0 ? `逾期 ${-daysLeft} 天` : daysLeft === 0 ? '今天到期' : `还剩 ${daysLeft} 天`

export const daysLeftUntil = (today: string, dueOn: string): number => daysBetween(today, dueOn)

/** `1.2 MB` */
export const fileSize = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1024 * 1024
      ? `${Math.round(bytes / 1024)} kB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`

/** First and last of a leaf hash, for reading aloud; the whole is what gets copied. */
export const shortHash = (hash: string): string => (hash.length <= 16 ? hash : `${hash.slice(0, 8)}…${hash.slice(-6)}`)

/** The day on the server's business clock; the browser's own clock is not asked. */
const weekdays = ['日', '一', '二', '三', '四', '五', '六']
export const weekday = (date: string): string => `星期${weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? ''}`
