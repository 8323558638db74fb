import type { Refusal } from '#domain/refusal.ts'
import { Failed } from './failure.ts'

/** A refusal of the house as a command tells it: what, by which clause, how to mend it. */
export const refused = ({ message, clause, remedy }: Omit<Refusal, 'code'>): Failed =>
  new Failed([message, ...(clause ? [`（${clause}）`] : []), ...(remedy ? [`；${remedy}`] : [])].join(''))
