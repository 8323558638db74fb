import { daysLeftWords } from '#web/parts/words.ts'

/** Overdue is bold text with the number of days, not a coloured box. */
export const Days = ({ left }: { left: number | undefined }) =>
  left === undefined ? null : <span className={left <= 0 ? 'days days-due' : 'days'}>{daysLeftWords(left)}</span>
