import { v5 as uuidv5 } from 'uuid'

/** The sheet of a mine and a month: everybody who opens it opens the same one, with or without a connection. */
export const sheetIdOf = (mineId: string, month: string): string => uuidv5(`selfCheck ${month}`, mineId)

/** The hazard that a question's first 有问题 raises: one a question and sheet, however often it is sent. */
export const raisedHazardId = (sheetId: string, item: string): string => uuidv5(`raised ${item}`, sheetId)
