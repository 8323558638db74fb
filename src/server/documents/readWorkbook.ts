import { read, SSF, utils, type WorkBook, type WorkSheet } from '@e965/xlsx'
import { type Cell, empty, type Sheet } from '#domain/importing/cell.ts'
import { type Outcome, ok, refuse } from '#domain/refusal.ts'
import { workbookKind } from './workbookKind.ts'

const most = { sheets: 50, rows: 100_000, columns: 300 }

const refusals = {
  encrypted: ['这个文件有打开密码', '在 WPS 或 Excel 里去掉密码后另存，再导入'],
  document: ['这是 Word 或其他文档，不是表格', '把表格复制到 Excel 或 WPS 表格，另存为 .xlsx'],
  unknown: ['看不出这是什么文件', '请用 WPS 或 Excel 打开后另存为 .xlsx'],
  damaged: ['文件已损坏，打不开', '请用 WPS 或 Excel 打开，能打开的另存为 .xlsx'],
  garbled: ['文件的编码不是 UTF-8 也不是 GBK，读出来是乱码', '用原来的软件打开后另存为 .xlsx'],
  tooLarge: [`表格太大（最多 ${most.sheets} 张表、每张 ${most.rows} 行、${most.columns} 列）`, '请分成几个文件导入'],
  nothing: ['文件里没有内容', '请检查是不是选错了文件'],
} as const

const refused = (why: keyof typeof refusals): Outcome<never> => {
  const [message, remedy] = refusals[why]
  return refuse({ code: `workbook-${why}`, message, remedy })
}

/** UTF-8 where it is that, else GB 18030, which holds GBK; undefined where neither reads it without a gap. */
const decoded = (bytes: Uint8Array): string | undefined => {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // The next one.
    }
  }
  return undefined
}

const faults: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
}

const two = (value: number): string => String(value).padStart(2, '0')

/** A number formatted as a date is a day of the calendar; times of day are dropped. */
const dayOf = (date: { readonly y: number; readonly m: number; readonly d: number }): string =>
  `${date.y}-${two(date.m)}-${two(date.d)}`

const cellOf = (found: WorkSheet[string] | undefined, date1904: boolean): Cell => {
  if (!found || found.t === 'z' || found.v === undefined || found.v === null) return empty
  if (found.t === 'e') return { kind: 'fault', code: faults[Number(found.v)] ?? String(found.w ?? '#N/A') }
  if (found.t === 'b') return { kind: 'boolean', value: found.v === true }
  if (found.t === 'n' && typeof found.v === 'number') {
    const isDate = typeof found.z === 'string' && SSF.is_date(found.z)
    if (!isDate) return { kind: 'number', value: found.v }
    const day = SSF.parse_date_code(found.v, { date1904 })
    return day && day.y >= 1900 && day.y <= 9_999
      ? { kind: 'day', day: dayOf(day) }
      : { kind: 'number', value: found.v }
  }
  const text = String(found.v)
  return text.trim() === '' ? empty : { kind: 'text', text }
}

const sheetOf = (name: string, sheet: WorkSheet, date1904: boolean): Sheet | undefined => {
  const reference = sheet['!ref']
  if (reference === undefined) return { name, rows: [] }
  const { s: from, e: to } = utils.decode_range(reference)
  const rows: Cell[][] = []
  for (let row = 0; row <= to.r; row += 1) {
    const cells: Cell[] = []
    for (let column = 0; column <= to.c; column += 1)
      cells.push(
        row < from.r || column < from.c ? empty : cellOf(sheet[utils.encode_cell({ r: row, c: column })], date1904),
      )
    rows.push(cells)
  }
  // A format painted down to the last row of the sheet is no content.
  while (rows.length > 0 && rows.at(-1)?.every((cell) => cell.kind === 'empty')) rows.pop()
  return rows.length > most.rows || to.c >= most.columns ? undefined : { name, rows }
}

const opened = async (bytes: Uint8Array, kind: 'xlsx' | 'xls' | 'csv' | 'html'): Promise<WorkBook | undefined> => {
  try {
    if (kind === 'xlsx' || kind === 'xls')
      return read(bytes, { type: 'array', cellNF: true, dense: false, sheetRows: most.rows + 1 })
    const text = decoded(bytes)
    // Kept as written: what looks like a number may be a code with a leading zero.
    return text === undefined ? undefined : read(text, { type: 'string', raw: true, sheetRows: most.rows + 1 })
  } catch {
    return undefined
  }
}

/**
 * The sheets of somebody's workbook, cell by cell as they stand: .xlsx, the old .xls, text with commas, and web pages that
 * call themselves .xls. Refused with the reason where it is none of these.
 */
export const readWorkbook = async (bytes: Uint8Array): Promise<Outcome<readonly Sheet[]>> => {
  if (bytes.length === 0) return refused('nothing')
  const kind = workbookKind(bytes)
  if (kind === 'encrypted' || kind === 'document' || kind === 'unknown') return refused(kind)
  if ((kind === 'csv' || kind === 'html') && decoded(bytes) === undefined) return refused('garbled')
  const book = await opened(bytes, kind)
  if (!book) return refused('damaged')
  if (book.SheetNames.length > most.sheets) return refused('tooLarge')
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  const sheets = book.SheetNames.flatMap((name) => {
    const sheet = book.Sheets[name]
    return sheet ? [sheetOf(name, sheet, date1904)] : []
  })
  const whole = sheets.filter((sheet) => sheet !== undefined)
  if (whole.length < sheets.length) return refused('tooLarge')
  return whole.some(({ rows }) => rows.length > 0) ? ok(whole) : refused('nothing')
}
