import { utils, type WorkSheet, write } from '@e965/xlsx'
import { creditCodeCheckDigit, organisationCheckDigit } from '#domain/creditCode.ts'
import { columnLetter } from '#domain/importing/cell.ts'

/** A code that no real firm can hold. */
export const demoCode = (index: number): string => {
  const body = `DEP${String(index).padStart(5, '0')}`
  const first17 = `F1140404${body}${organisationCheckDigit(body)}`
  return first17 + creditCodeCheckDigit(first17)
}

type Day = { readonly day: string }
export type Written = string | number | Day

/** What stands in a list of mines, by the usual title of its column. */
export type Line = Readonly<Record<string, Written>>

export const mineLine = (index: number, change: Line = {}): Line => ({
  编号: `I${String(index).padStart(4, '0')}`,
  矿山名称: `导入${index}号石灰岩矿`,
  企业名称: `导入${index}号石灰岩有限公司`,
  统一社会信用代码: demoCode(index),
  乡镇: '荫城镇',
  矿山类型: '露天',
  矿种: '石灰岩',
  规模: '60万吨/年',
  状态: '正常生产',
  本矿人数: 20 + (index % 30),
  外包外租人数: 0,
  安全生产许可证有效期至: { day: '2026-05-31' },
  ...change,
})

/** A fault by its line and the header over it; `column` where the house calls that column otherwise. */
export type Planted = {
  readonly line: number
  readonly title: string
  readonly column?: string
  readonly said: string
}

const wrongCheck = (code: string): string => code.slice(0, 17) + (code.endsWith('0') ? '1' : '0')

/** Fourteen mines, nine of them with one fault each. */
export const linesWithFaults: { readonly lines: readonly Line[]; readonly planted: readonly Planted[] } = {
  lines: [
    mineLine(1),
    mineLine(2, { 矿山名称: '' }),
    mineLine(3, { 统一社会信用代码: wrongCheck(demoCode(3)) }),
    mineLine(4),
    mineLine(5, { 乡镇: '荫诚镇' }),
    mineLine(6, { 状态: '正长生产' }),
    mineLine(7, { 本矿人数: '约30' }),
    mineLine(8, { 状态: '长期停产（无人作业）', 是否纳入整治: '否', 范围说明: '无人作业' }),
    mineLine(9, { 编号: 'I0001' }),
    mineLine(10, { 安全生产许可证有效期至: '2026年13月1日' }),
    mineLine(11, { 矿山类型: '露天坑' }),
    mineLine(12),
    mineLine(13, { 状态: '长期停产（无人作业）', 盯守人员: '盯守负责人', 是否纳入整治: '否', 范围说明: '无人作业' }),
    mineLine(14, { 企业名称: '导入4号石灰岩有限公司', 统一社会信用代码: demoCode(4) }),
  ],
  planted: [
    { line: 1, title: '矿山名称', said: '没有填' },
    { line: 2, title: '统一社会信用代码', said: '校验位' },
    { line: 4, title: '乡镇', said: '没有“荫诚镇”' },
    { line: 5, title: '状态', said: '没有“正长生产”这一项' },
    { line: 6, title: '本矿人数', said: '不是数字' },
    { line: 7, title: '盯守人员', said: '没有写明驻矿盯守人员' },
    { line: 8, title: '编号', said: '重复' },
    { line: 9, title: '安全生产许可证有效期至', said: '2026年13月1日' },
    { line: 10, title: '矿山类型', said: '没有“露天坑”这一项' },
  ],
}

export const mineTitles: readonly string[] = [
  '编号',
  '矿山名称',
  '企业名称',
  '统一社会信用代码',
  '乡镇',
  '矿山类型',
  '矿种',
  '规模',
  '状态',
  '本矿人数',
  '外包外租人数',
  '安全生产许可证有效期至',
  '盯守人员',
  '是否纳入整治',
  '范围说明',
]

const serial = (day: string, date1904: boolean): number =>
  (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000 - (date1904 ? 1_462 : 0)

const isDay = (value: Written | null | undefined): value is Day => typeof value === 'object' && value !== null

type SheetOptions = {
  readonly date1904?: boolean
  readonly merges?: readonly string[]
  /** Days as the bare numbers that Excel keeps, without a format that says so. */
  readonly bare?: boolean
  /** Counted from 0. */
  readonly hidden?: { readonly rows?: readonly number[]; readonly columns?: readonly number[] }
}

export type Grid = readonly (readonly (Written | null)[])[]

export const sheetOf = (
  grid: Grid,
  { date1904 = false, merges = [], bare = false, hidden = {} }: SheetOptions = {},
): WorkSheet => {
  const sheet = utils.aoa_to_sheet(
    grid.map((row) => row.map((value) => (isDay(value) ? null : value === '' ? null : value))),
  )
  grid.forEach((row, r) => {
    row.forEach((value, c) => {
      if (!isDay(value)) return
      const v = serial(value.day, date1904)
      sheet[utils.encode_cell({ r, c })] = bare ? { t: 'n', v } : { t: 'n', v, z: 'yyyy-mm-dd' }
    })
  })
  const widest = Math.max(...grid.map((row) => row.length), 1)
  sheet['!ref'] = `A1:${columnLetter(widest - 1)}${grid.length}`
  sheet['!merges'] = merges.map((range) => utils.decode_range(range))
  sheet['!rows'] = Array.from({ length: grid.length }, (_, at) => ({ hidden: hidden.rows?.includes(at) ?? false }))
  sheet['!cols'] = Array.from({ length: widest }, (_, at) => ({ hidden: hidden.columns?.includes(at) ?? false }))
  return sheet
}

export const bookOf = (
  sheets: Readonly<Record<string, WorkSheet>>,
  bookType: 'xlsx' | 'biff8' = 'xlsx',
  date1904 = false,
): Uint8Array => {
  const book = utils.book_new()
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name)
  if (date1904) book.Workbook = { WBProps: { date1904: true } }
  return new Uint8Array(write(book, { type: 'buffer', bookType }))
}

const asText = (value: Written | null | undefined): string =>
  value === undefined || value === null ? '' : isDay(value) ? value.day : String(value)

/** GBK as the decoder knows it, turned round. */
export const gbk = (text: string): Uint8Array => {
  const decoder = new TextDecoder('gbk')
  const table = new Map<string, readonly [number, number]>()
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const character = decoder.decode(Uint8Array.of(high, low))
      if ([...character].length === 1 && !table.has(character)) table.set(character, [high, low])
    }
  return Uint8Array.from(
    [...text].flatMap((character) => {
      if (character.charCodeAt(0) < 0x80) return [character.charCodeAt(0)]
      const bytes = table.get(character)
      if (!bytes) throw new Error(`${character} is not in GBK`)
      return [...bytes]
    }),
  )
}

export const csvOf = (grid: Grid): string =>
  grid
    .map((row) =>
      row
        .map(asText)
        .map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join(','),
    )
    .join('\r\n')

const htmlOf = (grid: Grid): string =>
  `<html><head><meta charset="utf-8"></head><body><table>${grid
    .map((row) => `<tr>${row.map((cell) => `<td>${asText(cell)}</td>`).join('')}</tr>`)
    .join('')}</table></body></html>`

export type Layout = {
  readonly name: string
  readonly fileName: string
  readonly bytes: Uint8Array
  /** Where a line of the list stands: sheet, row counted from 1, letter of the column that has this title. */
  readonly at: (
    line: number,
    title: string,
  ) => { readonly sheet: string; readonly row: number; readonly column: string }
}

const gridOf = (lines: readonly Line[], titles: readonly string[]): Grid =>
  lines.map((line) => titles.map((title) => line[title] ?? null))

const placed =
  (sheet: string, firstRow: number, titles: readonly string[], rowOf: (line: number) => number = (line) => line) =>
  (line: number, title: string) => ({
    sheet,
    row: firstRow + rowOf(line),
    column: columnLetter(titles.indexOf(title)),
  })

const spellings: readonly ((year: string, month: string, day: string) => string)[] = [
  (year, month, day) => `${year}-${month}-${day}`,
  (year, month, day) => `${year}/${Number(month)}/${Number(day)}`,
  (year, month, day) => `${year}.${Number(month)}.${Number(day)}`,
  (year, month, day) => `${year}年${Number(month)}月${Number(day)}日`,
  (year, month, day) => `${year}${month}${day}`,
]

/** Days as people type them, five ways in turn. */
const typed = (grid: Grid): Grid =>
  grid.map((row, r) =>
    row.map((value, c) => {
      if (!isDay(value)) return value
      const [year = '', month = '', day = ''] = value.day.split('-')
      return spellings[(r + c) % spellings.length]?.(year, month, day) ?? null
    }),
  )

/** One list in the layouts in which offices send them: more than ten. */
export const manyLayouts = (lines: readonly Line[], titles: readonly string[] = mineTitles): readonly Layout[] => {
  const rows = gridOf(lines, titles)
  const blank = titles.map(() => null)
  const titled: Grid = [['上党区非煤矿山一览表'], ['填报单位：某局', null, '2023年8月'], titles, ...rows]
  const parts = ['基本情况', '进一步情况', '其他情况']
  const width = Math.ceil(titles.length / parts.length)
  const over = titles.map((_, at) => (at % width === 0 ? (parts[at / width] ?? null) : null))
  const spans = parts.map((_, part) => [part * width, Math.min((part + 1) * width, titles.length) - 1] as const)
  const merged = spans
    .filter(([from, to]) => to > from)
    .map(([from, to]) => `${columnLetter(from)}1:${columnLetter(to)}1`)
  const reordered = [...titles].reverse()
  const starred = reordered.map((title, at) =>
    title.includes('（')
      ? title
      : at % 3 === 0
        ? `*${[...title].join(' ')}`
        : at % 3 === 1
          ? `${title}（见说明）`
          : title,
  )
  const perPage = 5
  const paged = rows.flatMap((row, at) => (at > 0 && at % perPage === 0 ? [blank, titles, row] : [row]))
  const half = Math.ceil(lines.length / 2)
  const plain: Grid = [titles, ...rows]
  return [
    {
      name: '前面有标题行',
      fileName: '一览表.xlsx',
      bytes: bookOf({ 矿山: sheetOf(titled, { merges: [`A1:${columnLetter(titles.length - 1)}1`] }) }),
      at: placed('矿山', 4, titles),
    },
    {
      name: '合并的两行表头',
      fileName: '两行表头.xlsx',
      bytes: bookOf({ 矿山: sheetOf([over, titles, ...rows], { merges: merged }) }),
      at: placed('矿山', 3, titles),
    },
    {
      name: '列的次序不同，表头有星号、空格、单位',
      fileName: '次序.xlsx',
      bytes: bookOf({ 名录: sheetOf([starred, ...gridOf(lines, reordered)]) }),
      at: placed('名录', 2, reordered),
    },
    {
      name: '每页重复表头，页间空一行',
      fileName: '分页.xlsx',
      bytes: bookOf({ 矿山: sheetOf([titles, ...paged]) }),
      at: placed('矿山', 2, titles, (line) => line + 2 * Math.floor(line / perPage)),
    },
    {
      name: '表下有合计、注和签字',
      fileName: '带注.xlsx',
      bytes: bookOf({
        矿山: sheetOf([
          ...plain,
          ['合计', ...Array(titles.length - 2).fill(null), 300],
          ['注：人数含外包单位，数据截至2023年8月底'],
          ['填表人：某某', null, '审核人：某某', null, '填报日期：2023年8月31日'],
        ]),
      }),
      at: placed('矿山', 2, titles),
    },
    {
      name: '老的 .xls',
      fileName: '老表.xls',
      bytes: bookOf({ 矿山: sheetOf(plain) }, 'biff8'),
      at: placed('矿山', 2, titles),
    },
    {
      name: '叫 .xlsx 其实是老的 .xls',
      fileName: '改名.xlsx',
      bytes: bookOf({ 矿山: sheetOf(plain) }, 'biff8'),
      at: placed('矿山', 2, titles),
    },
    {
      name: '日期是 Excel 的序号，没有设日期格式',
      fileName: '序号.xlsx',
      bytes: bookOf({ 矿山: sheetOf(plain, { bare: true }) }),
      at: placed('矿山', 2, titles),
    },
    {
      name: '日期有五种写法',
      fileName: '写法.xlsx',
      bytes: bookOf({ 矿山: sheetOf(typed(plain)) }),
      at: placed('矿山', 2, titles),
    },
    {
      name: '有隐藏的行和列',
      fileName: '隐藏.xlsx',
      bytes: bookOf({ 矿山: sheetOf(plain, { hidden: { rows: [2, 5, 6], columns: [0, 3] } }) }),
      at: placed('矿山', 2, titles),
    },
    { name: 'GBK 编码的 .csv', fileName: '名录.csv', bytes: gbk(csvOf(plain)), at: placed('Sheet1', 2, titles) },
    {
      name: '叫 .xls 其实是网页',
      fileName: '导出.xls',
      bytes: new TextEncoder().encode(htmlOf(plain)),
      at: placed('Sheet1', 2, titles),
    },
    {
      name: '日期从 1904 年算起',
      fileName: '苹果.xlsx',
      bytes: bookOf({ 矿山: sheetOf(plain, { date1904: true }) }, 'xlsx', true),
      at: placed('矿山', 2, titles),
    },
    {
      name: '分成几张表，还有封面',
      fileName: '分表.xlsx',
      bytes: bookOf({
        封面: sheetOf([['非煤矿山名录'], ['二〇二三年八月']]),
        甲片: sheetOf([titles, ...rows.slice(0, half)]),
        乙片: sheetOf([['乙片矿山'], titles, ...rows.slice(half)]),
      }),
      at: (line, title) =>
        line < half ? placed('甲片', 2, titles)(line, title) : placed('乙片', 3, titles)(line - half, title),
    },
  ]
}
