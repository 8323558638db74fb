import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { SaxesParser } from 'saxes'

const run = promisify(execFile)

/** What LibreOffice takes a cell for, once it has opened the file. */
export type OfficeCell = {
  /** `string`, `float`, `date`, `percentage`, `boolean`; nothing where the cell is empty. */
  readonly type: string | undefined
  /** What is to be read in it. */
  readonly text: string
  /** The number or the day behind what is shown. */
  readonly value: string | undefined
  readonly formula: string | undefined
  readonly links: readonly string[]
  readonly note: string
}

export type OfficeSheet = { readonly name: string; readonly rows: readonly (readonly OfficeCell[])[] }

const empty: OfficeCell = { type: undefined, text: '', value: undefined, formula: undefined, links: [], note: '' }

const isEmpty = ({ type, formula, text, note }: OfficeCell): boolean =>
  type === undefined && formula === undefined && text === '' && note === ''

type Attributes = Readonly<Record<string, string>>

const repeats = (attributes: Attributes, name: string): number =>
  Number(attributes[`table:number-${name}-repeated`] ?? 1)

type Open = { -readonly [K in keyof OfficeCell]: OfficeCell[K] } & {
  paragraphs: number
  links: string[]
  times: number
}

/** The sheets of a flat OpenDocument file; empty cells and rows at the ends are left out. */
export const readFlat = (xml: string): readonly OfficeSheet[] => {
  const sheets: { name: string; rows: OfficeCell[][] }[] = []
  let row: OfficeCell[] = []
  let rowTimes = 1
  let cell: Open | undefined
  let inNote = false
  let inText = 0
  const say = (text: string): void => {
    if (!cell) return
    if (inNote) cell.note += text
    else cell.text += text
  }
  const opened: Readonly<Record<string, (attributes: Attributes) => void>> = {
    'table:table': (attributes) => sheets.push({ name: attributes['table:name'] ?? '', rows: [] }),
    'table:table-row': (attributes) => {
      row = []
      rowTimes = repeats(attributes, 'rows')
    },
    'table:table-cell': (attributes) => {
      const value = ['office:value', 'office:date-value', 'office:boolean-value'].flatMap(
        (name) => attributes[name] ?? [],
      )
      cell = {
        type: attributes['office:value-type'],
        text: '',
        value: value[0],
        formula: attributes['table:formula'],
        links: [],
        note: '',
        paragraphs: 0,
        times: repeats(attributes, 'columns'),
      }
    },
    'office:annotation': () => {
      inNote = true
    },
    'text:p': () => {
      inText += 1
      if (!cell || inNote) return
      if (cell.paragraphs > 0) say('\n')
      cell.paragraphs += 1
    },
    'text:s': (attributes) => say(' '.repeat(Number(attributes['text:c'] ?? 1))),
    'text:tab': () => say('\t'),
    'text:line-break': () => say('\n'),
    'text:a': (attributes) => cell?.links.push(attributes['xlink:href'] ?? ''),
  }
  const closed: Readonly<Record<string, () => void>> = {
    'table:table-row': () => {
      const rows = sheets.at(-1)?.rows
      while (row.length > 0 && isEmpty(row.at(-1) ?? empty)) row.pop()
      // A sheet ends in a million empty rows said at once.
      if (row.length === 0 && rowTimes > 1_000) return
      for (let time = 0; time < rowTimes; time += 1) rows?.push(row)
    },
    'table:table-cell': () => {
      if (!cell) return
      const { times, paragraphs: _paragraphs, ...done } = cell
      for (let time = 0; time < (isEmpty(done) ? Math.min(times, 1_000) : times); time += 1) row.push(done)
      cell = undefined
    },
    'office:annotation': () => {
      inNote = false
    },
    'text:p': () => {
      inText -= 1
    },
  }
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => opened[name]?.(attributes))
  parser.on('closetag', ({ name }) => closed[name]?.())
  parser.on('text', (text) => {
    if (inText > 0) say(text)
  })
  parser.write(xml).close()
  for (const { rows } of sheets) while (rows.at(-1)?.length === 0) rows.pop()
  return sheets
}

/**
 * How a .csv is opened. Both: commas, quotation marks, UTF-8. `guessed` lets the program take for numbers, days and
 * formulas whatever looks like one; `texts` has every column of so many kept as text, as a person chooses in the dialogue.
 */
export const csvFilters = {
  guessed: 'CSV:44,34,76,1,,0,false,true,false,false,false,0,true',
  texts: (columns: number): string =>
    `CSV:44,34,76,1,${Array.from({ length: columns }, (_, at) => `${at + 1}/2`).join('/')},0,false,false,false,false,false,0,true`,
} as const

/** Debian's LibreOffice, with a profile of its own in `folder`, which the caller makes and removes. */
export const libreOffice = (folder: string) => ({
  /** Opens all of them, each as what it is, and says what it sees. */
  open: async (files: readonly string[], csvFilter?: string): Promise<readonly (readonly OfficeSheet[])[]> => {
    const out = join(folder, 'opened')
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
    const filter = csvFilter === undefined ? [] : [`--infilter=${csvFilter}`]
    const told = await run(
      'soffice',
      [profile, '--headless', '--norestore', ...filter, '--convert-to', 'fods', '--outdir', out, ...files],
      { timeout: 120_000, killSignal: 'SIGKILL' },
    )
    return Promise.all(
      files.map(async (file) => {
        const flat = join(out, `${basename(file, extname(file))}.fods`)
        const xml = await readFile(flat, 'utf8').catch(() => {
          throw new Error(`soffice did not open ${basename(file)}: ${told.stdout}${told.stderr}`)
        })
        return readFlat(xml)
      }),
    )
  },
})
