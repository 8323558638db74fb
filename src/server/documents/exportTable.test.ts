import { Readable } from 'node:stream'
import { buffer, text as textOf } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { type Export, type ExportRow, exportCsv, exportXlsx } from './exportTable.ts'

const dangerous = ['=1+1', '+cmd', '-2', '@SUM(A1)', '\t=1', '＝1+1', '=HYPERLINK("http://x","y")']

const columns = [
  { key: 'code', title: '编号', kind: 'text', width: 12 },
  { key: 'text', title: '描述', kind: 'text', width: 40 },
  { key: 'day', title: '发现日期', kind: 'day', width: 12 },
  { key: 'fen', title: '资金（元）', kind: 'fen', width: 14 },
  { key: 'listed', title: '挂牌', kind: 'yesNo', width: 6 },
] as const

async function* each(rows: readonly ExportRow[]) {
  yield* rows
}

const table = (rows: readonly ExportRow[]): Export => ({
  sheet: '隐患台账',
  title: '台账 截至 2023-09-15',
  columns,
  rows: each(rows),
})

const rows: readonly ExportRow[] = [
  { code: '00123', text: '浮石，“北帮”\n1215 平台', day: '2023-07-31', fen: 1_230_050, listed: true },
  ...dangerous.map((text) => ({ code: text, text, day: null, fen: 0, listed: false })),
]

const opened = async (wanted: Export) => {
  const book = new ExcelJS.Workbook()
  const content = await buffer(exportXlsx(wanted))
  await book.xlsx.load(content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength))
  return book.worksheets[0]
}

describe('导出', () => {
  test('.xlsx：文字就是文字，没有一格是公式；日期、金额是真的日期、金额；末行写明行数', async () => {
    const sheet = await opened(table(rows))
    if (!sheet) throw new Error('no sheet')
    expect(sheet.rowCount).toBe(rows.length + 3)
    sheet.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined()))
    expect(sheet.getCell('A3').value).toBe('00123')
    expect(sheet.getCell('B3').value).toBe('浮石，“北帮”\n1215 平台')
    expect(sheet.getCell('C3').value).toEqual(new Date('2023-07-31T00:00:00Z'))
    expect(sheet.getCell('D3').value).toBe(12_300.5)
    expect(sheet.getCell('E3').value).toBe('是')
    expect(dangerous.map((_, index) => sheet.getCell(`B${index + 4}`).value)).toEqual(dangerous)
    expect(sheet.getCell(`A${rows.length + 3}`).value).toBe(`共 ${rows.length} 行`)
  })

  test('.csv：会被当成公式的前面加撇号，引号和换行不破行，开头有 UTF-8 标记', async () => {
    const text = await textOf(Readable.from(exportCsv(table(rows))))
    expect(text.startsWith('\ufeff编号,描述,发现日期,资金（元）,挂牌\r\n')).toBe(true)
    expect(text).toContain('00123,"浮石，“北帮”\n1215 平台",2023-07-31,12300.50,是\r\n')
    for (const cell of dangerous.slice(0, 4)) expect(text).toContain(`'${cell},`)
    expect(text).toContain(`"'=HYPERLINK(""http://x"",""y"")"`)
    expect(text.endsWith(`共 ${rows.length} 行\r\n`)).toBe(true)
  })

  test('一行也没有，还是一张有表头的表', async () => {
    const sheet = await opened(table([]))
    expect(sheet?.getCell('A3').value).toBe('共 0 行')
  })

  test('读到一半出错，文件不会看起来是完整的', async () => {
    async function* broken(): AsyncGenerator<ExportRow> {
      yield { code: 'F01' }
      throw new Error('the database went away')
    }
    await expect(buffer(exportXlsx({ ...table([]), rows: broken() }))).rejects.toThrow('the database went away')
  })
})
