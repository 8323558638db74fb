import { type Cell, columnLetter, empty, isEmpty, type Sheet, shownText } from './cell.ts'
import { type Column, type Corrections, findHeader, type Header } from './header.ts'
import type { ReadingContext } from './readCell.ts'

/** One thing wrong with a workbook, told so that the person can put the finger on it. Rows count from 1. */
export type ImportFault = {
  readonly sheet: string
  readonly row: number
  /** Letter of the column; left out where the row as a whole is at fault. */
  readonly column?: string
  readonly title?: string
  readonly reason: string
  readonly remedy: string
  /** The row can be taken as it stands if a person says why. */
  readonly mayStand?: true
}

export type GoodRow = {
  readonly sheet: string
  readonly row: number
  readonly values: Readonly<Record<string, unknown>>
}

export type ImportPlan = {
  readonly good: readonly GoodRow[]
  readonly faults: readonly ImportFault[]
  /** Rows at fault, each counted once. */
  readonly badRows: number
  /** Rows that hold no data: notes under the table, sums, signatures. They are told, not taken for data. */
  readonly notes: readonly { readonly sheet: string; readonly row: number; readonly text: string }[]
  readonly headers: readonly { readonly sheet: string; readonly header: Header }[]
  /** Sheets in which no header was found. */
  readonly skipped: readonly string[]
}

/** What is wrong with a row as a whole, or with what stands under the column of that key. */
export type RowFault = {
  readonly key?: string
  readonly reason: string
  readonly remedy: string
  /** The row can be taken as it stands if a person says why. */
  readonly mayStand?: true
}

/** What an import knows beyond single cells: faults of a row whose cells are each sound. */
export type RowCheck = (values: Readonly<Record<string, unknown>>) => readonly RowFault[]

export type ImportShape = { readonly columns: readonly Column[]; readonly checkRow?: RowCheck }

const noteWords =
  /^(?:[注备]\s*[:：]|备注\s*[:：]|说明|填表|制表|审核|合\s*计|总\s*计|小\s*计|单位[（(]|填报|联系|以上|第.{1,4}页|共.{1,6}[页条])/

/** A line under the table: one or two cells, or a word that only such a line begins with. */
const isNote = (row: readonly Cell[], header: Header): boolean => {
  const written = row.filter((cell) => !isEmpty(cell))
  const first = shownText(written[0])
  return noteWords.test(first) || (written.length === 1 && header.matched.length > 3 && [...first].length > 12)
}

/** A header that was repeated on every printed page. */
const repeatsHeader = (row: readonly Cell[], header: Header): boolean =>
  header.matched.length > 0 &&
  header.matched.every(({ at, header: title }) => title.endsWith(shownText(row[at])) && !isEmpty(row[at]))

/** Sheets that we put in ourselves, in templates and marked workbooks: nobody's data. */
export const ownSheets: readonly string[] = ['选项', '错误清单']

const sheetFaults = (sheet: Sheet, header: Header): readonly ImportFault[] => [
  ...header.missing.map(({ title }) => ({
    sheet: sheet.name,
    row: header.end,
    title,
    reason: `没有“${title}”这一列`,
    remedy: '补上这一列，或者在对照表里指出哪一列是它',
  })),
  ...header.doubled.map(({ column, letters }) => ({
    sheet: sheet.name,
    row: header.end,
    title: column.title,
    reason: `${letters.join('、')} 列都叫“${column.title}”`,
    remedy: '在对照表里指出用哪一列',
  })),
]

/** Where a fault of a row lies: the column that holds what the key names, where the sheet has one. */
export const placedIn = (
  { columns }: ImportShape,
  header: Header,
  place: { readonly sheet: string; readonly row: number },
  key: string | undefined,
): Pick<ImportFault, 'sheet' | 'row' | 'column' | 'title'> => {
  const matched = header.matched.find((one) => one.key === key)
  const title = columns.find((column) => column.key === key)?.title
  return {
    sheet: place.sheet,
    row: place.row,
    ...(matched && { column: columnLetter(matched.at) }),
    ...(title && { title }),
  }
}

const readRow = (sheet: Sheet, at: number, header: Header, shape: ImportShape, context: ReadingContext) => {
  const row = sheet.rows[at] ?? []
  const values: Record<string, unknown> = {}
  const faults: ImportFault[] = []
  const placed = (key: string | undefined) => placedIn(shape, header, { sheet: sheet.name, row: at + 1 }, key)
  for (const { key, title, required, read } of shape.columns) {
    const place = header.matched.find((one) => one.key === key)
    if (!place) continue
    const cell = row[place.at] ?? empty
    if (isEmpty(cell)) {
      if (required) faults.push({ ...placed(key), reason: `“${title}”没有填`, remedy: '请填写' })
      continue
    }
    const done = read(cell, { ...context, header: place.header })
    if (done.ok) values[key] = done.value
    else faults.push({ ...placed(key), reason: done.reason, remedy: done.remedy })
  }
  if (faults.length === 0)
    for (const { key, ...wrong } of shape.checkRow?.(values) ?? []) faults.push({ ...placed(key), ...wrong })
  return { values, faults }
}

/**
 * The dry run: what a workbook would bring in, every row that is bad with place, reason and remedy, and what was passed
 * over. Nothing is guessed: a near miss is offered, not taken.
 */
export const planImport = (
  sheets: readonly Sheet[],
  shape: ImportShape,
  context: ReadingContext,
  corrections: Corrections = {},
): ImportPlan => {
  const good: GoodRow[] = []
  const faults: ImportFault[] = []
  const notes: { sheet: string; row: number; text: string }[] = []
  const headers: { sheet: string; header: Header }[] = []
  const skipped: string[] = []
  let badRows = 0
  for (const sheet of sheets) {
    if (ownSheets.includes(sheet.name)) continue
    const header = findHeader(sheet, shape.columns, corrections)
    if (!header) {
      if (sheet.rows.some((row) => row.some((cell) => !isEmpty(cell)))) skipped.push(sheet.name)
      continue
    }
    headers.push({ sheet: sheet.name, header })
    const ofSheet = sheetFaults(sheet, header)
    faults.push(...ofSheet)
    // Without a column that every row needs, each row would say the same.
    if (ofSheet.length > 0) continue
    for (let at = header.end; at < sheet.rows.length; at += 1) {
      const row = sheet.rows[at] ?? []
      if (row.every(isEmpty) || repeatsHeader(row, header)) continue
      if (isNote(row, header)) {
        notes.push({ sheet: sheet.name, row: at + 1, text: row.map(shownText).filter(Boolean).join(' ') })
        continue
      }
      const read = readRow(sheet, at, header, shape, context)
      if (read.faults.length === 0) good.push({ sheet: sheet.name, row: at + 1, values: read.values })
      else badRows += 1
      faults.push(...read.faults)
    }
  }
  return { good, faults, badRows, notes, headers, skipped }
}
