import type { CalendarDate } from '#domain/calendarDate.ts'

/** A cell of somebody's workbook as it stands there, before anybody says what it should be. */
export type Cell =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  /** A number that the workbook shows as a date. */
  | { readonly kind: 'day'; readonly day: CalendarDate }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A formula that came to nothing: #REF!, #N/A. */
  | { readonly kind: 'fault'; readonly code: string }

export type Sheet = {
  readonly name: string
  /** Row 1 of the sheet is rows[0]; merged cells hold their value in the first cell alone. */
  readonly rows: readonly (readonly Cell[])[]
}

export const empty: Cell = { kind: 'empty' }

/** Full-width digits, letters and signs are what an input method leaves behind; spaces at the ends mean nothing. */
const plainWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')

/** The text of a cell as a person reads it; empty where nothing stands there. */
export const shownText = (cell: Cell | undefined): string => {
  if (!cell || cell.kind === 'empty') return ''
  if (cell.kind === 'text') return cell.text.trim()
  if (cell.kind === 'number') return String(cell.value)
  if (cell.kind === 'day') return cell.day
  if (cell.kind === 'boolean') return cell.value ? '是' : '否'
  return cell.code
}

/** The same in the narrow form that codes, numbers and dates are compared in. */
export const plainText = (cell: Cell | undefined): string => plainWidth(shownText(cell)).trim()

export const isEmpty = (cell: Cell | undefined): boolean => shownText(cell) === ''

/** A, B … Z, AA: how a workbook names its columns. */
export const columnLetter = (index: number): string => {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return letters
}
