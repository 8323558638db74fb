import { type CalendarDate, isCalendarDate } from '#domain/calendarDate.ts'
import { checkCreditCode } from '#domain/creditCode.ts'
import { isDivisionCode } from '#domain/divisionCode.ts'
import { type Cell, plainText, shownText } from './cell.ts'
import { idNumberFault } from './idNumber.ts'
import { nearest } from './suggest.ts'

/** What must be known to judge a cell. */
export type ReadingContext = {
  readonly today: CalendarDate
  /** The demo's credit codes are such as no real unit can hold. */
  readonly allowUnassignedCodes: boolean
  /** The header over the cell, for the unit that stands in it. */
  readonly header?: string | undefined
}

export type CellFault = { readonly reason: string; readonly remedy: string }
export type CellRead<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & CellFault)

/** Reads a cell that is not empty. */
export type CellReader<T> = (cell: Cell, context: ReadingContext) => CellRead<T>

const good = <T>(value: T): CellRead<T> => ({ ok: true, value })
const bad = (reason: string, remedy: string): CellRead<never> => ({ ok: false, reason, remedy })

const faulty = (cell: Cell): CellRead<never> | undefined =>
  cell.kind === 'fault' ? bad(`公式没有算出来（${cell.code}）`, '改好公式，或者直接填上值') : undefined

/** What is left of Chinese text that was read in the wrong encoding, or of characters that could not be. */
const garbled = /\ufffd|锟斤拷|烫烫烫|[\u00a1-\u00ff]{4,}|\?{4,}/

export const textCell =
  (max: number): CellReader<string> =>
  (cell) => {
    const fault = faulty(cell)
    if (fault) return fault
    const text = shownText(cell).replaceAll(/\r\n?/g, '\n')
    if (garbled.test(text)) return bad('是乱码', '用原来的软件打开后另存为 .xlsx，再导入')
    const length = [...text].length
    return length > max ? bad(`太长：${length}个字，最多${max}个`, `请缩短到${max}个字以内`) : good(text)
  }

/** The day 0 of the serial numbers: 1900 is counted as a leap year there, so all days from 1900-03-01 on are right. */
const serialEpoch = Date.UTC(1899, 11, 30)
const firstRightSerial = 61

const daySerial = (serial: number): CalendarDate | undefined => {
  if (serial < firstRightSerial || serial > 2_958_465) return undefined
  return new Date(serialEpoch + Math.floor(serial) * 86_400_000).toISOString().slice(0, 10)
}

const written = [
  /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
]

const two = (digits: string): string => digits.padStart(2, '0')

/** The day that a text names; undefined where it names none. */
export const dayOfText = (text: string): CalendarDate | undefined => {
  for (const form of written) {
    const [, year, month, day] = form.exec(text) ?? []
    if (!year || !month || !day) continue
    const date = `${year}-${two(month)}-${two(day)}`
    return isCalendarDate(date) ? date : undefined
  }
  return undefined
}

const howToDate = '请写成 2023-07-31 的样子'

export const dayCell: CellReader<CalendarDate> = (cell) => {
  const fault = faulty(cell)
  if (fault) return fault
  if (cell.kind === 'day') return good(cell.day)
  const text = plainText(cell)
  const named = dayOfText(text)
  if (named) return good(named)
  if (cell.kind === 'number') {
    const day = daySerial(cell.value)
    // 20230731 was read above; a small number is a count of days as Excel keeps them.
    return day && day >= '1990-01-01' && day <= '2099-12-31' ? good(day) : bad(`“${text}”不是日期`, howToDate)
  }
  if (/^\d{4}[-./年]\d{1,2}月?$/.test(text)) return bad(`“${text}”只有年月，没有日`, howToDate)
  if (/^\d{1,2}[-./月]\d{1,2}日?$/.test(text)) return bad(`“${text}”没有年份`, howToDate)
  if (written.some((form) => form.test(text))) return bad(`没有“${text}”这一天`, '请核对月份和日期')
  return bad(`“${text}”不是日期`, howToDate)
}

export const numberCell =
  (bounds: { readonly min: number; readonly max: number; readonly whole?: boolean }): CellReader<number> =>
  (cell) => {
    const fault = faulty(cell)
    if (fault) return fault
    const text = plainText(cell).replaceAll(/[,，\s]/g, '')
    const value = cell.kind === 'number' ? cell.value : Number(text)
    if (cell.kind === 'day' || text === '' || !Number.isFinite(value))
      return bad(`“${shownText(cell)}”不是数字`, '只填数字，单位写在表头')
    if (bounds.whole && !Number.isInteger(value)) return bad(`“${text}”应是整数`, '请填整数')
    if (value < bounds.min || value > bounds.max)
      return bad(`“${text}”超出范围`, `应在 ${bounds.min} 到 ${bounds.max} 之间`)
    return good(value)
  }

/** Yuan in the workbook, fen in the house; ten thousands where cell or header says so. */
export const yuanCell: CellReader<number> = (cell, context) => {
  const text = plainText(cell)
  const bare = context.header?.includes('万元') && !/[元万]/.test(text) ? text : undefined
  const inTenThousands = /^([\d,.]+)万元?$/.exec(text)?.[1] ?? (bare && /^[\d,.]+$/.exec(bare)?.[0])
  const plain: Cell = inTenThousands
    ? { kind: 'number', value: Number(inTenThousands.replaceAll(',', '')) * 10_000 }
    : cell.kind === 'text'
      ? { kind: 'text', text: cell.text.replace(/元\s*$/, '') }
      : cell
  const read = numberCell({ min: 0, max: 1e11 })(plain, context)
  if (!read.ok) return read
  const fen = Math.round(read.value * 100)
  return Math.abs(fen - read.value * 100) < 1e-6 * Math.max(1, fen)
    ? good(fen)
    : bad('金额不到一分', '金额最多两位小数')
}

const yes = new Set(['是', '有', '√', '✓', 'y', 'yes', 'true', '1', '对'])
const no = new Set(['否', '无', '×', '✗', 'n', 'no', 'false', '0', '不', '没有'])

export const yesNoCell: CellReader<boolean> = (cell) => {
  const fault = faulty(cell)
  if (fault) return fault
  if (cell.kind === 'boolean') return good(cell.value)
  const text = plainText(cell).toLowerCase()
  if (yes.has(text)) return good(true)
  if (no.has(text)) return good(false)
  return bad(`“${shownText(cell)}”看不出是“是”还是“否”`, '请填“是”或“否”')
}

/** One of the words of a list, by its word in Chinese; near misses are offered, never taken. */
export const choiceCell =
  <K extends string>(
    words: Readonly<Record<K, string>>,
    others: Readonly<Record<string, NoInfer<K>>> = {},
  ): CellReader<K> =>
  (cell) => {
    const fault = faulty(cell)
    if (fault) return fault
    const text = plainText(cell)
    const entries = Object.entries<string>(words)
    const found = entries.find(
      ([, word]) => word === shownText(cell) || plainText({ kind: 'text', text: word }) === text,
    )?.[0]
    const key = Object.keys(words).find((each): each is K & string => each === found)
    if (key !== undefined) return good(key)
    const other = Object.hasOwn(others, text) ? others[text] : undefined
    if (other !== undefined) return good(other)
    const list = entries.map(([, word]) => word)
    const meant = nearest(text, list)
    return bad(
      `没有“${shownText(cell)}”这一项`,
      meant ? `是不是“${meant}”？可填：${list.join('、')}` : `可填：${list.join('、')}`,
    )
  }

/** A code that a workbook may have taken for a number and cut short. */
const codeText = (cell: Cell): string => plainText(cell).replaceAll(/[\s-]/g, '')

export const creditCodeCell: CellReader<string> = (cell, { allowUnassignedCodes }) => {
  const fault = faulty(cell)
  if (fault) return fault
  const code = codeText(cell)
  // A number keeps 15 digits; the rest were lost when it was typed in.
  if (cell.kind === 'number')
    return bad('统一社会信用代码被表格当成了数字，后几位已经丢失', '把这一列设成“文本”格式后重新录入')
  const check = checkCreditCode(code, { allowUnassignedAuthority: allowUnassignedCodes })
  return check.ok ? good(code) : bad(check.reason, check.remedy)
}

export const divisionCell =
  (known: ReadonlyMap<string, string>): CellReader<string> =>
  (cell) => {
    const fault = faulty(cell)
    if (fault) return fault
    const code = codeText(cell)
    if (known.has(code)) return good(code)
    const byName = [...known].filter(([, name]) => name === shownText(cell))
    if (byName.length === 1 && byName[0]) return good(byName[0][0])
    if (isDivisionCode(code)) return bad(`没有区划代码 ${code}`, '请填所在乡镇的代码或全名')
    const meant = nearest(shownText(cell), [...known.values()])
    return bad(
      `“${shownText(cell)}”不是区划代码，也不是乡镇名`,
      meant ? `是不是“${meant}”？` : '请填所在乡镇的代码或全名',
    )
  }

export const idNumberCell: CellReader<string> = (cell, { today }) => {
  const fault = faulty(cell)
  if (fault) return fault
  if (cell.kind === 'number') return bad('身份证号被表格当成了数字，后几位已经丢失', '把这一列设成“文本”格式后重新录入')
  const number = codeText(cell)
  const wrong = idNumberFault(number, today)
  return wrong ? bad(wrong.reason, wrong.remedy) : good(number)
}

export const phoneCell: CellReader<string> = (cell) => {
  const fault = faulty(cell)
  if (fault) return fault
  const digits = codeText(cell)
  if (/^(?:\+?86)?1[3-9]\d{9}$/.test(digits)) return good(digits.slice(-11))
  if (/^0\d{9,11}$/.test(digits)) return good(digits)
  return bad(`“${shownText(cell)}”不是电话号码`, '手机填11位，座机连区号一起填')
}
