import { PassThrough, type Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import { columnLetter } from '#domain/importing/cell.ts'
import type { Column } from '#domain/importing/header.ts'

declare module 'exceljs' {
  interface Worksheet {
    /** Rules by range; the library's own types know the rule of a single cell alone. */
    readonly dataValidations: { readonly add: (range: string, rule: ExcelJS.DataValidation) => void }
  }
}

const listSheet = '选项'
const rowsToFillIn = 5_000

/** Above the first row to fill in: what the sheet is, what each column wants, its name. */
const headerRow = 3

const helpOf = ({ required, help, example }: Column): string =>
  [required ? '必填' : '可不填', ...(help ? [help] : []), ...(example ? [`例：${example}`] : [])].join('。')

/** An empty workbook to fill in: names in the third row, help above them, lists to choose from. */
export const importTemplateXlsx = (title: string, columns: readonly Column[]): Readable => {
  const out = new PassThrough()
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet(title, {
    views: [{ state: 'frozen', ySplit: headerRow }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToHeight: 0 },
  })
  sheet.columns = columns.map(({ title: name }) => ({
    width: Math.max(12, [...name].length * 2 + 4),
    style: { numFmt: '@' },
  }))
  sheet.addRow([`${title}导入表：从第 ${headerRow + 1} 行起，一行填一条；表头不要改`]).font = { bold: true, size: 14 }
  const help = sheet.addRow(columns.map(helpOf))
  help.font = { size: 9, italic: true }
  help.alignment = { wrapText: true, vertical: 'top' }
  help.height = 64
  sheet.addRow(columns.map(({ title: name, required }) => `${required ? '*' : ''}${name}`)).font = { bold: true }
  const lists = book.addWorksheet(listSheet, { state: 'hidden' })
  columns
    .flatMap(({ choices = [] }, at) => (choices.length > 0 ? [{ choices, at }] : []))
    .forEach(({ choices, at }, index) => {
      choices.forEach((choice, row) => {
        lists.getCell(row + 1, index + 1).value = choice
      })
      const letter = columnLetter(index)
      const from = columnLetter(at)
      sheet.dataValidations.add(`${from}${headerRow + 1}:${from}${headerRow + rowsToFillIn}`, {
        type: 'list',
        allowBlank: true,
        formulae: [`'${listSheet}'!$${letter}$1:$${letter}$${choices.length}`],
        showErrorMessage: true,
        errorTitle: '不在列表里',
        error: '请从列表中选',
      })
    })
  book.xlsx.write(out).then(
    () => out.end(),
    (error: Error) => out.destroy(error),
  )
  return out
}
