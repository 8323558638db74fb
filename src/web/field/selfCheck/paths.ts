/** One mine's sheet of one month. */
export type SheetRef = { readonly mineId: string; readonly month: string }

export const sheetPath = ({ mineId, month }: SheetRef): string => `/check/${mineId}/${month}`
export const sectionPath = (ref: SheetRef, key: string): string =>
  `${sheetPath(ref)}/section/${encodeURIComponent(key)}`
export const itemPath = (ref: SheetRef, code: string): string => `${sheetPath(ref)}/item/${encodeURIComponent(code)}`
export const leftPath = (ref: SheetRef): string => `${sheetPath(ref)}/left`
export const handOverPath = (ref: SheetRef): string => `${sheetPath(ref)}/hand-over`
export const submitPath = (ref: SheetRef): string => `${sheetPath(ref)}/submit`
