import { PassThrough, type Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import { type Cell, type Sheet, shownText } from '#domain/importing/cell.ts'
import { type ImportFault, ownSheets } from '#domain/importing/planImport.ts'

const listName = '错误清单'

/** Hatching, no colour: red, orange, yellow and blue are for risk alone, and a print in black shows it too. */
const hatched: ExcelJS.FillPattern = {
  type: 'pattern',
  pattern: 'darkUp',
  fgColor: { argb: 'FF9AA3A6' },
  bgColor: { argb: 'FFFFFFFF' },
}

const cellValue = (cell: Cell): string | number | boolean | Date | null => {
  if (cell.kind === 'empty') return null
  if (cell.kind === 'number' || cell.kind === 'boolean') return cell.value
  if (cell.kind === 'day') return new Date(`${cell.day}T00:00:00Z`)
  return shownText(cell)
}

const formatOf = (cell: Cell): string => {
  if (cell.kind === 'day') return 'yyyy-mm-dd'
  // Codes stay as written when the marked workbook is filled in and sent back.
  return cell.kind === 'number' ? 'General' : '@'
}

const columnIndex = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

const said = ({ title, reason, remedy }: ImportFault, withTitle: boolean): string =>
  `${withTitle && title ? `${title}：` : ''}${reason}。${remedy}`

/** Comments by row and column, counted from 1; what concerns the whole row stands at its first cell. */
const commentsOf = (faults: readonly ImportFault[]): ReadonlyMap<string, string> => {
  const comments = new Map<string, string>()
  for (const fault of faults) {
    const at = `${fault.row} ${fault.column ? columnIndex(fault.column) : 1}`
    const text = said(fault, !fault.column)
    comments.set(at, comments.has(at) ? `${comments.get(at)}\n${text}` : text)
  }
  return comments
}

const listColumns = [
  { header: '在哪张表', key: 'sheet', width: 20 },
  { header: '第几行', key: 'row', width: 10 },
  { header: '第几列', key: 'column', width: 10 },
  { header: '哪一项', key: 'title', width: 18 },
  { header: '错在哪里', key: 'reason', width: 52 },
  { header: '怎么改', key: 'remedy', width: 52 },
]

const quoted = (name: string): string => `'${name.replaceAll("'", "''")}'`

const writeList = (writer: ExcelJS.stream.xlsx.WorkbookWriter, faults: readonly ImportFault[]): void => {
  const sheet = writer.addWorksheet(listName, { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = listColumns.map((column) => ({
    ...column,
    style: { numFmt: '@', alignment: { vertical: 'top', wrapText: true } },
  }))
  sheet.getRow(1).font = { bold: true }
  for (const fault of faults) {
    const row = sheet.addRow({ ...fault, row: String(fault.row), column: fault.column ?? '' })
    const place = `${fault.column ?? 'A'}${fault.row}`
    row.getCell('row').value = {
      text: String(fault.row),
      hyperlink: `#${quoted(fault.sheet)}!${place}`,
      tooltip: `到${fault.sheet} ${place}`,
    }
    row.commit()
  }
  if (faults.length === 0) sheet.addRow({ sheet: '没有错误' }).commit()
  sheet.commit()
}

const writeSheet = (
  writer: ExcelJS.stream.xlsx.WorkbookWriter,
  { name, rows }: Sheet,
  faults: readonly ImportFault[],
): void => {
  const sheet = writer.addWorksheet(name)
  const comments = commentsOf(faults)
  const marked = new Set(faults.map(({ row }) => row))
  rows.forEach((cells, index) => {
    const row = sheet.getRow(index + 1)
    cells.forEach((cell, at) => {
      const target = row.getCell(at + 1)
      target.value = cellValue(cell)
      target.numFmt = formatOf(cell)
    })
    if (marked.has(index + 1))
      for (let at = 1; at <= Math.max(cells.length, 1); at += 1) {
        const comment = comments.get(`${index + 1} ${at}`)
        if (comment === undefined) continue
        const target = row.getCell(at)
        target.fill = hatched
        target.note = { texts: [{ text: comment }], margins: { insetmode: 'auto' } }
      }
    row.commit()
  })
  sheet.commit()
}

/**
 * The workbook as it was read, every fault hatched and with a comment, and a first sheet that lists all of them. It can be
 * mended and sent back as it is: the list is not taken for data.
 */
export const markedXlsx = (sheets: readonly Sheet[], faults: readonly ImportFault[]): Readable => {
  const out = new PassThrough()
  const writer = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false })
  const write = async (): Promise<void> => {
    writeList(writer, faults)
    for (const sheet of sheets.filter(({ name }) => !ownSheets.includes(name)))
      writeSheet(
        writer,
        sheet,
        faults.filter((fault) => fault.sheet === sheet.name),
      )
    await writer.commit()
  }
  write().catch((error: Error) => out.destroy(error))
  return out
}
