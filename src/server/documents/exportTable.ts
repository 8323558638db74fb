import { PassThrough, type Readable } from 'node:stream'
import ExcelJS from 'exceljs'

/** How a column's values are shown: codes are text whatever they look like, a day is a day, money is in fen. */
export type ExportKind = 'text' | 'number' | 'day' | 'fen' | 'yesNo'

export type ExportColumn = {
  readonly key: string
  readonly title: string
  readonly kind: ExportKind
  /** In characters of the usual type. */
  readonly width: number
}

export type ExportRow = Readonly<Record<string, string | number | boolean | null | undefined>>

export type Export = {
  readonly sheet: string
  /** Above the table: what it is, as of when, by which filters. */
  readonly title: string
  readonly columns: readonly ExportColumn[]
  readonly rows: AsyncIterable<ExportRow>
}

const header = 2
/** A3, in the numbering of workbooks. exceljs names A4 and A5 alone, the format has them all. */
const a3: number = 8

const excelDay = (day: string): Date => new Date(`${day}T00:00:00Z`)

/** A day before 1900-03-01 has no number in a workbook that all programs agree on: it stays text. */
const firstDay = '1900-03-01'

const cellValue = (kind: ExportKind, value: ExportRow[string]): string | number | Date | null => {
  if (value === undefined || value === null || value === '') return null
  if (kind === 'yesNo') return value === true ? '是' : '否'
  if (kind === 'number') return Number(value)
  if (kind === 'fen') return Number(value) / 100
  const text = String(value)
  return kind === 'day' && text >= firstDay ? excelDay(text) : text
}

const formats: Readonly<Record<ExportKind, string>> = {
  text: '@',
  number: '#,##0.##',
  day: 'yyyy-mm-dd',
  fen: '#,##0.00',
  yesNo: '@',
}

const rightAligned = (kind: ExportKind): boolean => kind === 'number' || kind === 'fen'

const setUp = (sheet: ExcelJS.Worksheet, { title, columns }: Export): void => {
  sheet.columns = columns.map(({ key, width, kind }) => ({
    key,
    width,
    style: {
      numFmt: formats[kind],
      alignment: { vertical: 'top', wrapText: kind === 'text', horizontal: rightAligned(kind) ? 'right' : 'left' },
    },
  }))
  const first = sheet.addRow([title])
  first.font = { bold: true, size: 14 }
  first.getCell(1).alignment = { wrapText: false }
  first.commit()
  const names = sheet.addRow(columns.map((column) => column.title))
  names.font = { bold: true }
  names.commit()
}

const drainedOrClosed = (out: PassThrough): Promise<void> =>
  new Promise((resolve) => {
    const go = (): void => {
      out.off('drain', go).off('close', go)
      resolve()
    }
    out.on('drain', go).on('close', go)
  })

/**
 * A workbook row by row, never the whole in memory. Every text is a text cell: what begins with = is shown and never
 * computed. The last line says how many rows there are, so that a file that was cut off is seen.
 */
export const exportXlsx = (wanted: Export): Readable => {
  const out = new PassThrough()
  const writer = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false })
  const sheet = writer.addWorksheet(wanted.sheet, {
    views: [{ state: 'frozen', ySplit: header, xSplit: 1 }],
    pageSetup: {
      orientation: 'landscape',
      paperSize: a3,
      fitToPage: true,
      fitToHeight: 0,
      printTitlesRow: '2:2',
    },
  })
  const write = async (): Promise<void> => {
    setUp(sheet, wanted)
    let count = 0
    for await (const row of wanted.rows) {
      sheet.addRow(wanted.columns.map(({ key, kind }) => cellValue(kind, row[key]))).commit()
      count += 1
      // A reader on a slow line must not fill our memory; one who has gone away needs no more rows.
      if (out.writableNeedDrain) await drainedOrClosed(out)
      if (out.destroyed) return
    }
    sheet.addRow([`共 ${count} 行`]).commit()
    sheet.commit()
    await writer.commit()
  }
  write().catch((error: Error) => out.destroy(error))
  return out
}

/** What a spreadsheet would take for a formula, full-width signs among them (OWASP, CSV injection). */
const formulaStart = /^[=+\-@\t\r＝＋－＠]/

const csvCell = (kind: ExportKind, value: ExportRow[string]): string => {
  if (value === undefined || value === null) return ''
  if (kind === 'yesNo') return value === true ? '是' : '否'
  if (kind === 'number') return String(Number(value))
  if (kind === 'fen') return (Number(value) / 100).toFixed(2)
  const text = String(value).replaceAll('\u0000', '')
  const harmless = formulaStart.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** Text with commas, line by line. */
export async function* exportCsv({ columns, rows }: Export): AsyncGenerator<string> {
  // Without the mark WPS and Excel read UTF-8 as GBK.
  yield `\ufeff${columns.map(({ title }) => csvCell('text', title)).join(',')}\r\n`
  let count = 0
  for await (const row of rows) {
    yield `${columns.map(({ key, kind }) => csvCell(kind, row[key])).join(',')}\r\n`
    count += 1
  }
  yield `共 ${count} 行\r\n`
}
