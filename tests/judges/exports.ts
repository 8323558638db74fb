import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { markedWorkbook } from '#contract/importing.ts'
import { type ExportFormat, exportRegister } from '#contract/register.ts'
import { statisticsWorkbook } from '#contract/statistics.ts'
import { type ColumnKey, columnOf } from '#domain/register/columns.ts'
import { setupActor } from '#server/accounts/setUp.ts'
import { databaseName } from '#server/platform/database/cluster.ts'
import { startEmbedded } from '#server/platform/database/embedded.ts'
import { migrate } from '#server/platform/database/migrate.ts'
import { queues } from '#server/platform/jobs.ts'
import { hostile } from '#tests/judges/hostileTexts.ts'
import { csvFilters, libreOffice, type OfficeCell, type OfficeSheet } from '#tests/judges/libreOffice.ts'
import { type Expected, emptyCell, formulasIn, meets, type Table, wrongIn } from '#tests/judges/officeTable.ts'
import { asOwner, untilLeft } from '#tests/support/database.ts'
import { mineValue, newHazard, startServer, type TestServer } from '#tests/support/district.ts'
import { bodiesOf } from '#tests/support/hazards.ts'
import { mineLine, mineTitles } from '#tests/support/workbooks.ts'

/** LibreOffice keeps no tab of a .csv's cell that has several lines: tabs stand in the cells of one line. */
const manyLines = (one: string): string => `${one.replaceAll('\t', ' ')}\n=1+1\n第三行 𠮷`
const longest = `=${'长'.repeat(1_990)}尾`

const columns = ['number', 'mineName', 'place', 'description', 'foundOn', 'fundsPlanned', 'nationalNumber'] as const
type Put = {
  readonly number: string
  readonly mineName: string
  readonly place: string
  readonly description: string
  /** In fen. */
  readonly funds?: number
  readonly nationalNumber: string
}

const foundOn = '2023-06-05'
const hostileMine = '=HYPERLINK("http://hostile.invalid/","𠮷家沟 㐂")'

/** The district with hostile names and hazards in it, by its own commands alone. */
const fill = async (server: TestServer): Promise<readonly Put[]> => {
  const { as, ids, platform } = server
  const renamed = await platform.execute(setupActor('1404'), {
    id: uuidv7(),
    tenantId: ids.sibling,
    streamId: ids.sibling,
    act: 'mine.put',
    body: { ...mineValue(ids, 'sibling'), name: hostileMine },
  })
  if (!renamed.ok) throw new Error(JSON.stringify(renamed.refusal))
  const bodies = bodiesOf(server)
  const puts: Put[] = []
  const report = async (at: number, place: string, description: string, funds?: number): Promise<void> => {
    const inSibling = at % 2 === 0
    const tenant = inSibling ? ids.sibling : ids.mine
    const hazard = newHazard(tenant)
    const who = as(inSibling ? 'siblingPrincipal' : 'principal')
    await who.does(hazard, 'report', { mineId: tenant, source: 'principalCheck', on: foundOn, place, description })
    const digits = `${'0'.repeat(at % 3)}14040420230605${String(at).padStart(6, '0')}`
    await who.does(hazard, 'externalNumber', { system: '国家系统', number: digits })
    if (funds !== undefined) {
      await who.does(hazard, 'judge', bodies.judge)
      await who.does(hazard, 'assign', { ...bodies.assign, funds })
    }
    const { state } = await who.sees(hazard)
    const mineName = inSibling ? hostileMine : mineValue(ids, 'mine').name
    puts.push({
      number: state.number,
      mineName,
      place,
      description,
      nationalNumber: digits,
      ...(funds !== undefined && { funds }),
    })
  }
  for (const [at, text] of hostile.entries()) await report(at, text, manyLines(text))
  await report(hostile.length + 1, '最长的一条', longest, 123_456_789)
  return puts
}

const inXlsx = (put: Put): readonly Expected[] => [
  { text: put.number },
  { text: put.mineName },
  { text: put.place },
  { text: put.description },
  { day: foundOn },
  put.funds === undefined ? { text: '' } : { number: put.funds / 100 },
  { text: put.nationalNumber },
]

/** In a .csv a text that would be computed stands behind an apostrophe. */
const guarded = (text: string): string => (/^[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text)

const inCsv = (put: Put): readonly Expected[] => [
  { text: put.number },
  { text: guarded(put.mineName) },
  { text: guarded(put.place) },
  { text: guarded(put.description) },
  { text: foundOn },
  { text: put.funds === undefined ? '' : (put.funds / 100).toFixed(2) },
  { text: put.nationalNumber },
]

const looksLikeSomething = (text: string): boolean => /^[\d.,:/%\-E年月日]+$|^(TRUE|FALSE)$/.test(text)

/** Opened without a word, a .csv has its numbers and days guessed; all other texts must still be what they were. */
const inGuessedCsv = (put: Put): readonly Expected[] =>
  inCsv(put).map((one, at) => (at > 3 || ('text' in one && looksLikeSomething(one.text)) ? { any: true } : one))

const tableOf = (header: number, puts: readonly Put[], expected: (put: Put) => readonly Expected[]): Table => ({
  header,
  rows: new Map(puts.map((put) => [put.number, expected(put)])),
})

const saved = async (file: Blob, at: string): Promise<string> => {
  await writeFile(at, new Uint8Array(await file.arrayBuffer()))
  return at
}

const registerAs = async ({ as }: TestServer, format: ExportFormat, at: string): Promise<string> => {
  const asked = { commandId: uuidv7(), format, columns: [...columns], filter: {} }
  const file = await as('regulator').download(exportRegister, { body: asked })
  if (!file.ok) throw new Error(JSON.stringify(file.problem))
  return saved(file.value.content, at)
}

const statisticsAs = async ({ as }: TestServer, at: string): Promise<string> => {
  const file = await as('regulator').download(statisticsWorkbook, { query: { by: 'mine' } })
  if (!file.ok) throw new Error(JSON.stringify(file.problem))
  return saved(file.value.content, at)
}

/** _x0041_ is how a workbook spells a character: read, it is that character. */
const listed = hostile.filter((text) => !text.includes('_x'))
const computed = '算出来的名称'

/** A list whose every mine has a hostile name and a fault, the first name a formula; with the texts to be found again. */
const hostileList = async (): Promise<{ bytes: Uint8Array; texts: readonly Texts[] }> => {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('矿山')
  sheet.addRow([...mineTitles])
  const lines = listed.map((text, at) => mineLine(at + 1, { 矿山名称: text, 规模: text, 状态: '正长生产' }))
  for (const line of lines)
    sheet.addRow(mineTitles.map((title) => (typeof line[title] === 'object' ? '2026-05-31' : (line[title] ?? null))))
  const formula = `HYPERLINK("http://hostile.invalid/","${computed}")`
  sheet.getRow(2).getCell(mineTitles.indexOf('矿山名称') + 1).value = { formula, result: computed }
  const texts = lines.map((line, at) => ({
    编号: String(line.编号),
    矿山名称: at === 0 ? computed : String(line.矿山名称),
    规模: String(line.规模),
  }))
  return { bytes: new Uint8Array(await book.xlsx.writeBuffer()), texts }
}

type Texts = Readonly<Record<string, string>>

const markedAs = async ({ as }: TestServer, bytes: Uint8Array, at: string): Promise<string> => {
  const file = await as('regulator').exchange(markedWorkbook, {
    settings: { kind: 'mines', importId: uuidv7() },
    file: new Blob([new Uint8Array(bytes)]),
    fileName: '名录.xlsx',
  })
  if (!file.ok) throw new Error(JSON.stringify(file.problem))
  return saved(file.value.content, at)
}

/** Wrong in the marked workbook: formulas, ways out, cells that are not what was sent in, faults without a word. */
const wrongInMarked = (sheets: readonly OfficeSheet[], sent: readonly Texts[]): readonly string[] => {
  const [list, data] = sheets
  if (!list || !data) return [`有 ${sheets.length} 张表，应有 2 张`]
  const rows = data.rows.slice(1)
  const cellAt = (row: number, title: string): OfficeCell => rows[row]?.[mineTitles.indexOf(title)] ?? emptyCell
  const cells = sent.flatMap((texts, at) =>
    Object.entries(texts).flatMap(([title, text]) => {
      const wrong = meets(cellAt(at, title), { text })
      return wrong === undefined ? [] : [`第 ${at + 2} 行${title}：${wrong}`]
    }),
  )
  const unmarked = rows.flatMap((_row, at) => (cellAt(at, '状态').note ? [] : [`第 ${at + 2} 行的错误没有批注`]))
  const counts = rows.length === sent.length ? [] : [`有 ${rows.length} 行，应有 ${sent.length} 行`]
  const few = list.rows.length > sent.length ? [] : [`错误清单只有 ${list.rows.length} 行`]
  return [...formulasIn(sheets), ...cells, ...unmarked, ...counts, ...few]
}

/** The export with one thing done to it. */
const altered = async (file: string, at: string, alter: (sheet: ExcelJS.Worksheet) => void): Promise<string> => {
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(file)
  const [sheet] = book.worksheets
  if (!sheet) throw new Error('no sheet')
  alter(sheet)
  await book.xlsx.writeFile(at)
  return at
}

const columnAt = (key: (typeof columns)[number]): number => columns.indexOf(key) + 1

/** What may go wrong with an export, and the word by which it must be refused. */
const faults: readonly {
  readonly name: string
  readonly word: string
  readonly alter: (sheet: ExcelJS.Worksheet) => void
}[] = [
  {
    name: 'a text that became a formula',
    word: '是公式',
    alter: (sheet) => {
      sheet.getRow(5).getCell(columnAt('place')).value = { formula: '1+1', result: 2 }
    },
  },
  {
    name: 'digits that became a number',
    word: '成了 float',
    alter: (sheet) => {
      const cell = sheet.getRow(6).getCell(columnAt('nationalNumber'))
      cell.value = Number(cell.value)
      cell.numFmt = '0'
    },
  },
  {
    name: 'a row that is missing',
    word: '行，应有',
    alter: (sheet) => sheet.spliceRows(7, 1),
  },
  {
    name: 'a character that was lost',
    word: '，应为“',
    alter: (sheet) => {
      const cell = sheet.getRow(8).getCell(columnAt('description'))
      cell.value = String(cell.value).replace('𠮷', '?')
    },
  },
  {
    name: 'a count that is not the rows',
    word: '最后一行',
    alter: (sheet) => {
      sheet.getRow(sheet.rowCount).getCell(1).value = '共 1 行'
    },
  },
]

const statisticsTable = (names: readonly string[]): Table => ({
  header: 2,
  rows: new Map([...names, '合计'].map((name) => [name, [{ text: name }]])),
})

/** A house of its own: PostgreSQL, migrated, served over HTTP. */
const openHouse = async (folder: string): Promise<TestServer> => {
  const log = pino({ level: 'silent' })
  const database = await startEmbedded({ dataDir: join(folder, 'house'), log, settings: { fsync: 'off' } })
  const drop = async (): Promise<void> => {
    await asOwner(database, (client) => untilLeft(client, databaseName))
    await database.stop()
  }
  try {
    await migrate(database.adminUrl, { queues })
    return await startServer({ database: { ...database, drop } })
  } catch (error) {
    await database.stop()
    throw error
  }
}

/** Debian's LibreOffice opens what the program gives away, filled with what spreadsheets like to misread. */
export const judgeExports = async (say: (line: string) => void): Promise<{ passed: number; failed: number }> => {
  const tally = { passed: 0, failed: 0 }
  const right = (what: string, wrong: readonly string[]): void => {
    tally[wrong.length === 0 ? 'passed' : 'failed'] += 1
    say(`  ${wrong.length === 0 ? '✓' : '✗'} ${what}`)
    for (const one of wrong.slice(0, 10)) say(`      ${one}`)
  }
  const refused = (what: string, wrong: readonly string[], word: string): void => {
    const seen = wrong.some((one) => one.includes(word))
    tally[seen ? 'passed' : 'failed'] += 1
    say(`  ${seen ? '✓' : '✗'} refuses ${what}${seen ? '' : `: ${wrong.slice(0, 3).join('; ') || 'nothing was seen'}`}`)
  }
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-office-'))
  const at = (name: string): string => join(folder, name)
  const server = await openHouse(folder).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true })
    throw error
  })
  try {
    const puts = await fill(server)
    const { rows } = await server.owner.query<{ hazards: number }>('select count(*)::int as hazards from read.hazard')
    right(
      'as many rows in the database as were reported',
      rows[0]?.hazards === puts.length ? [] : [String(rows[0]?.hazards)],
    )
    const list = await hostileList()
    const register = await registerAs(server, 'xlsx', at('register.xlsx'))
    const csv = await registerAs(server, 'csv', at('register.csv'))
    const files = [
      register,
      await statisticsAs(server, at('statistics.xlsx')),
      await markedAs(server, list.bytes, at('marked.xlsx')),
    ]
    const spoiled = await Promise.all(
      faults.map(({ alter }, one) => altered(register, at(`spoiled${one}.xlsx`), alter)),
    )

    const sent = await saved(new Blob([new Uint8Array(list.bytes)]), at('sent.xlsx'))

    const office = libreOffice(folder)
    const [table, statistics, marked, asSent, ...rest] = await office.open([...files, sent, ...spoiled])
    const whole = tableOf(2, puts, inXlsx)
    const head = table?.[0]?.rows[1]?.map(({ text }) => text).join()
    right(
      'register .xlsx: its columns',
      head === columns.map((key: ColumnKey) => columnOf(key).title).join() ? [] : [String(head)],
    )
    right(`register .xlsx: ${puts.length} rows, every text as it was put`, wrongIn(table ?? [], whole))
    right(
      'statistics .xlsx',
      wrongIn(statistics ?? [], statisticsTable([mineValue(server.ids, 'mine').name, hostileMine])),
    )
    right('marked workbook of an import', wrongInMarked(marked ?? [], list.texts))
    refused('the list as it was sent in, a formula in it', formulasIn(asSent ?? []), '是公式')
    for (const [one, { name, word }] of faults.entries()) refused(name, wrongIn(rest[one] ?? [], whole), word)

    const [asTexts] = await office.open([csv], csvFilters.texts(columns.length))
    right('register .csv, its columns as text', wrongIn(asTexts ?? [], tableOf(1, puts, inCsv)))
    const text = new TextDecoder().decode(await readFile(csv))
    const bare = at('bare.csv')
    await writeFile(bare, `\ufeff${text.replaceAll(/(^|,)("?)'(?==)/gm, '$1$2')}`)
    const [guessed, unguarded] = await office.open([csv, bare], csvFilters.guessed)
    right('register .csv, opened without a word', wrongIn(guessed ?? [], tableOf(1, puts, inGuessedCsv)))
    refused('a .csv whose formulas are not guarded', wrongIn(unguarded ?? [], tableOf(1, puts, inGuessedCsv)), '是公式')
    return tally
  } finally {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}
