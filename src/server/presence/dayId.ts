import { v5 as uuidv5 } from 'uuid'

/** A person's day at a mine: whoever records it, a second time it is the same record. */
export const presenceDayId = (mineId: string, personId: string, on: string): string =>
  uuidv5(`presence ${personId} ${on}`, mineId)
