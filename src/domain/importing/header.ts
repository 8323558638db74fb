import { type Cell, columnLetter, type Sheet, shownText } from './cell.ts'
import type { CellReader } from './readCell.ts'
import { nearest } from './suggest.ts'

/** A column that an import knows: what it may be called in somebody's workbook, and how its cells are read. */
export type Column = {
  readonly key: string
  readonly title: string
  readonly aliases: readonly string[]
  readonly required: boolean
  readonly read: CellReader<unknown>
  /** For the template: what to write here, and one way to write it. */
  readonly help?: string
  readonly example?: string
  /** The words to choose from, where the cell takes no others. */
  readonly choices?: readonly string[]
}

/** What a person settled by hand: header as written → key of the column, or null for “not to be taken”. */
export type Corrections = Readonly<Record<string, string | null>>

export type MatchedColumn = {
  readonly at: number
  readonly letter: string
  readonly header: string
  readonly key: string
}
export type StrangeColumn = {
  readonly at: number
  readonly letter: string
  readonly header: string
  /** Title of the column that was most likely meant: offered, never taken. */
  readonly perhaps: string | undefined
}

export type Header = {
  /** Rows above the first row of data, counted from 0. */
  readonly end: number
  readonly matched: readonly MatchedColumn[]
  readonly strange: readonly StrangeColumn[]
  /** Columns that a person said are not to be taken. */
  readonly refused: readonly { readonly at: number; readonly letter: string; readonly header: string }[]
  readonly missing: readonly Column[]
  /** Columns that two headers lay claim to: the person must say which. */
  readonly doubled: readonly { readonly column: Column; readonly letters: readonly string[] }[]
}

/** Brackets, units, stars of required fields, spaces and line breaks of a header do not tell columns apart. */
export const headerKey = (header: string): string =>
  header
    .replace(/[（(【[].*?[）)】\]]/g, '')
    .replace(/[\s*＊:：、/／\\·.。]/g, '')
    .toLowerCase()

const rowsToLookAt = 15

/**
 * What a sheet without a known header may have meant by one: the texts of its widest row near the top, so that a person
 * can say which column is which.
 */
export const headersPerhaps = (sheet: Sheet): readonly string[] => {
  const texts = sheet.rows
    .slice(0, rowsToLookAt)
    .map((row) => row.filter((cell) => cell.kind === 'text').map(shownText))
    .filter((row) => row.length > 1 && row.every((text) => [...text].length <= 30))
  return texts.reduce<readonly string[]>((widest, row) => (row.length > widest.length ? row : widest), [])
}

const columnOf = (header: string, columns: readonly Column[], corrections: Corrections): Column | null | undefined => {
  const corrected = corrections[header]
  if (corrected === null) return null
  if (corrected !== undefined) return columns.find(({ key }) => key === corrected)
  const wanted = headerKey(header)
  if (wanted === '') return undefined
  return columns.find(({ title, aliases }) => [title, ...aliases].some((name) => headerKey(name) === wanted))
}

/**
 * The header that one or two rows make up. A merged cell over several columns holds its text in the first alone, so a
 * title of the upper row reaches as far to the right as the next one; the lower row's own word goes first.
 */
const headersOf = (rows: Sheet['rows'], from: number, height: number): readonly string[] => {
  const [upper, lower] = [rows[from] ?? [], height === 2 ? (rows[from + 1] ?? []) : []]
  const width = Math.max(upper.length, lower.length)
  let over = ''
  return Array.from({ length: width }, (_, at) => {
    const own = shownText(upper[at])
    if (own !== '') over = own
    if (height === 1) return own
    const below = shownText(lower[at])
    return below === '' ? own : below === over || over === '' ? below : `${over}/${below}`
  })
}

/** `发现/日期` is the same column as 发现日期, and, where nothing else is called so, as 日期. */
const spellings = (header: string): readonly string[] => {
  const [over, below] = header.split('/')
  return below === undefined ? [header] : [`${over}${below}`, below, header]
}

const read = (
  rows: Sheet['rows'],
  from: number,
  height: number,
  columns: readonly Column[],
  corrections: Corrections,
) =>
  headersOf(rows, from, height).map((header, at) => {
    const found = spellings(header)
      .map((spelling) => columnOf(spelling, columns, corrections))
      .find((column) => column !== undefined)
    return { at, header, column: corrections[header] === undefined ? found : columnOf(header, columns, corrections) }
  })

/** Finds the rows that hold the most of the columns' names; undefined where no row holds two of them. */
export const findHeader = (
  sheet: Sheet,
  columns: readonly Column[],
  corrections: Corrections = {},
): Header | undefined => {
  const candidates = sheet.rows.slice(0, rowsToLookAt).flatMap((_, from) =>
    [1, 2].map((height) => {
      const headers = read(sheet.rows, from, height, columns, corrections)
      const known = new Set(headers.flatMap(({ column }) => (column ? [column.key] : [])))
      return { from, height, headers, known: known.size }
    }),
  )
  // More names first; of equals the lower header of one row, so that no row of data is swallowed.
  const [best] = candidates.sort((a, b) => b.known - a.known || a.height - b.height || a.from - b.from)
  if (!best || best.known < Math.min(2, columns.length)) return undefined
  const matched = best.headers.flatMap(({ at, header, column }) =>
    column ? [{ at, letter: columnLetter(at), header, key: column.key }] : [],
  )
  const titles = columns.filter(({ key }) => !matched.some((one) => one.key === key)).map(({ title }) => title)
  return {
    end: best.from + best.height,
    matched,
    strange: best.headers.flatMap(({ at, header, column }) =>
      column === undefined && header !== ''
        ? [{ at, letter: columnLetter(at), header, perhaps: nearest(headerKey(header), titles) }]
        : [],
    ),
    refused: best.headers.flatMap(({ at, header, column }) =>
      column === null ? [{ at, letter: columnLetter(at), header }] : [],
    ),
    missing: columns.filter(({ key, required }) => required && !matched.some((one) => one.key === key)),
    doubled: columns.flatMap((column) => {
      const letters = matched.filter(({ key }) => key === column.key).map(({ letter }) => letter)
      return letters.length > 1 ? [{ column, letters }] : []
    }),
  }
}

/** The cell that a row has under a column; undefined where the sheet has no such column. */
export const cellUnder = (row: readonly Cell[], header: Header, key: string): Cell | undefined => {
  const place = header.matched.find((one) => one.key === key)
  return place && row[place.at]
}
