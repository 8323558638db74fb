import { type GoodRow, type ImportFault, type ImportPlan, placedIn, type RowFault } from './planImport.ts'
import type { KindShape, Understand, Understood } from './understood.ts'

export type UnderstoodRow = {
  readonly sheet: string
  readonly row: number
  readonly value: Understood
  /** Why a person had it taken as it stands, where a person had to say so. */
  readonly word?: string
}

/** The person's word for a row of a sheet, where one was given. */
export type WordFor = (row: Pick<GoodRow, 'sheet' | 'row'>) => string | undefined

/** The dry run, held against what is registered already. */
export type SettledPlan = Omit<ImportPlan, 'good'> & { readonly rows: readonly UnderstoodRow[] }

const columnNumber = (letters: string | undefined): number =>
  letters === undefined ? -1 : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

/** Holds the good rows against each other and against what stands: what is wrong only then joins the faults. */
export const settle = (
  plan: ImportPlan,
  shape: KindShape,
  understand: Understand,
  wordFor: WordFor = () => undefined,
): SettledPlan => {
  const headerOf = new Map(plan.headers.map(({ sheet, header }) => [sheet, header]))
  const faults: ImportFault[] = [...plan.faults]
  const rows: UnderstoodRow[] = []
  let badRows = plan.badRows
  const blame = (row: GoodRow, found: readonly RowFault[]): void => {
    const header = headerOf.get(row.sheet)
    if (!header) return
    badRows += 1
    faults.push(...found.map(({ key, ...fault }) => ({ ...placedIn(shape, header, row, key), ...fault })))
  }
  const together = shape.together(plan.good)
  for (const row of plan.good) {
    const among = together.get(row) ?? []
    const word = wordFor(row)
    const vouched = word !== undefined && among.every(({ mayStand }) => mayStand)
    if (among.length > 0 && !vouched) {
      blame(row, among)
      continue
    }
    const understood = understand(
      row,
      word === undefined ? undefined : { word, doubts: among.map(({ reason }) => reason) },
    )
    if (understood.ok)
      rows.push({ sheet: row.sheet, row: row.row, value: understood.value, ...(word !== undefined && { word }) })
    else blame(row, understood.faults)
  }
  const sheetAt = new Map(plan.headers.map(({ sheet }, index) => [sheet, index]))
  faults.sort(
    (a, b) =>
      (sheetAt.get(a.sheet) ?? 0) - (sheetAt.get(b.sheet) ?? 0) ||
      a.row - b.row ||
      columnNumber(a.column) - columnNumber(b.column),
  )
  return { ...plan, faults, badRows, rows }
}

/** What is done with a row whose thing is registered already. */
export const whenFound = ['keep', 'replace', 'add'] as const
export type WhenFound = (typeof whenFound)[number]

/** What becomes of a row: registered, changed, found as it says, or left as it stands because a person said so. */
export const rowOutcomes = ['add', 'replace', 'already', 'keep'] as const
export type RowFate = (typeof rowOutcomes)[number]

export const fateOf = ({ found, add }: Understood, wished: WhenFound): RowFate => {
  if (!found) return 'add'
  if (wished === 'add' && add.length > 0) return 'add'
  if (found.differences.length === 0) return 'already'
  return wished === 'replace' && found.replace.length > 0 ? 'replace' : 'keep'
}

/** `3-120,122`: rows of a sheet in as few characters as they allow. */
export const rowRanges = (rows: readonly number[]): string => {
  const sorted = [...rows].sort((a, b) => a - b)
  const ranges: [number, number][] = []
  for (const row of sorted) {
    const last = ranges.at(-1)
    if (last && row === last[1] + 1) last[1] = row
    else ranges.push([row, row])
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',')
}

const mostRows = 200_000

/** The rows that were meant; undefined where the text is no list of rows. */
export const rowsInRanges = (text: string): readonly number[] | undefined => {
  const rows: number[] = []
  for (const part of text.split(',')) {
    const [, from, to = from] = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(part) ?? []
    if (from === undefined || Number(to) < Number(from) || Number(to) - Number(from) + rows.length > mostRows)
      return undefined
    for (let row = Number(from); row <= Number(to); row += 1) rows.push(row)
  }
  return rows
}
