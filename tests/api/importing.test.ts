import ExcelJS from 'exceljs'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importTemplate, markedWorkbook } from '#contract/importing.ts'
import { listMines } from '#contract/org.ts'
import { shownText } from '#domain/importing/cell.ts'
import { type ImportKindName, importKindNames } from '#domain/importing/kinds/kinds.ts'
import { readWorkbook } from '#server/documents/readWorkbook.ts'
import { granted, refused, startServer, type TestServer } from '#tests/support/district.ts'
import { hazardsWithFaults, peopleWithFaults } from '#tests/support/faultyLists.ts'
import { plan, planned, sent } from '#tests/support/importing.ts'
import {
  bookOf,
  type Grid,
  type Line,
  linesWithFaults,
  manyLayouts,
  mineLine,
  mineTitles,
  type Planted,
  sheetOf,
} from '#tests/support/workbooks.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const { lines, planted } = linesWithFaults

type FaultyList = {
  readonly lines: readonly Line[]
  readonly planted: readonly Planted[]
  readonly titles: readonly string[]
}

const lists: Readonly<Record<ImportKindName, FaultyList>> = {
  mines: { ...linesWithFaults, titles: mineTitles },
  people: peopleWithFaults,
  hazards: hazardsWithFaults,
}

const book = (grid: Grid, fileName = '表.xlsx') => ({ bytes: bookOf({ 矿山: sheetOf(grid) }), fileName })

const listOf = (...rows: readonly ReturnType<typeof mineLine>[]): Grid => [
  mineTitles,
  ...rows.map((line) => mineTitles.map((title) => line[title] ?? null)),
]

describe.each(importKindNames)('%s：十四种版式，每处错都种在知道的地方', (kind) => {
  const { lines, planted, titles } = lists[kind]
  test.each(manyLayouts(lines, titles).map((layout) => [layout.name, layout] as const))(
    '%s：处处说对地方，不多说一处',
    async (_, layout) => {
      const shown = await planned(server.as('regulator'), layout, { kind })
      const said = shown.faults.map(({ sheet, row, column, title }) => `${sheet}!${column}${row} ${title}`)
      const expected = planted.map(({ line, title, column: called = title }) => {
        const { sheet, row, column } = layout.at(line, title)
        return `${sheet}!${column}${row} ${called}`
      })
      expect([...said].sort()).toEqual([...expected].sort())
      for (const { line, title, said: words } of planted) {
        const { sheet, row } = layout.at(line, title)
        const fault = shown.faults.find((one) => one.sheet === sheet && one.row === row)
        expect(fault?.reason).toContain(words)
        expect(fault?.remedy.length).toBeGreaterThan(2)
      }
      const bad = new Set(planted.map(({ line }) => line)).size
      const good = lines.length - bad
      expect(shown.counts).toEqual({ good, bad, fresh: good, same: 0, differing: 0 })
    },
  )
})

describe('试导', () => {
  test('试导什么也不写', async () => {
    const written = () =>
      server.owner
        .query('select (select count(*) from core.event) as events, (select count(*) from private.import_row) as rows')
        .then(({ rows }) => rows[0])
    const before = await written()
    await planned(server.as('regulator'), book(listOf(...lines)))
    expect(await written()).toEqual(before)
    const { items } = granted(await server.as('regulator').call(listMines, { query: { search: '导入' } }))
    expect(items).toEqual([])
  })
})

/** Cells that carry a comment, with what they are filled with. */
const marksIn = (sheet: ExcelJS.Worksheet) => {
  const found: { sheet: string; at: string; fill: unknown; note: string }[] = []
  sheet.eachRow({ includeEmpty: true }, (row) =>
    row.eachCell({ includeEmpty: true }, (cell) => {
      const { note } = cell
      if (note === undefined) return
      const text = typeof note === 'string' ? note : (note.texts ?? []).map((part) => part.text).join('')
      found.push({ sheet: sheet.name, at: cell.address, fill: cell.fill, note: text })
    }),
  )
  return found
}

describe('标注好的表格', () => {
  test('第一张表列出全部错误；错的格子打了斜线、写了批注；不用风险的颜色；改好可以直接再导入', async () => {
    for (const layout of manyLayouts(lines).slice(0, 6)) {
      const who = server.as('regulator')
      const answer = await who.exchange(markedWorkbook, {
        settings: { kind: 'mines', importId: uuidv7() },
        ...sent(layout),
      })
      if (!answer.ok) throw new Error(JSON.stringify(answer.problem))
      expect(answer.value.fileName).toBe(`${layout.fileName.replace(/\.\w+$/, '')}（已标注）.xlsx`)
      const bytes = new Uint8Array(await answer.value.content.arrayBuffer())
      const book = new ExcelJS.Workbook()
      await book.xlsx.load(bytes.buffer)
      const marked = book.worksheets.slice(1).flatMap((sheet) => marksIn(sheet))
      const places = planted.map(({ line, title }) => layout.at(line, title))
      expect(marked.map(({ sheet, at }) => `${sheet}!${at}`).sort()).toEqual(
        places.map(({ sheet, row, column }) => `${sheet}!${column}${row}`).sort(),
      )
      for (const { fill, note } of marked) {
        expect(fill).toMatchObject({ type: 'pattern', pattern: 'darkUp', fgColor: { argb: 'FF9AA3A6' } })
        expect(note.length).toBeGreaterThan(5)
      }
      const read = await readWorkbook(bytes)
      if (!read.ok) throw new Error(read.refusal.message)
      const [list] = read.value
      expect(list?.name).toBe('错误清单')
      const listed = list?.rows.slice(1).map((row) => row.map(shownText)) ?? []
      expect(listed).toHaveLength(planted.length)
      for (const { line, title, said } of planted) {
        const { sheet, row, column } = layout.at(line, title)
        const entry = listed.find(([where, at]) => where === sheet && at === String(row))
        expect(entry?.slice(0, 4)).toEqual([sheet, String(row), column, title])
        expect(entry?.[4]).toContain(said)
      }
      // The same faults at the same places, the list itself no data.
      const [first, again] = await Promise.all([
        planned(who, layout),
        planned(who, { bytes, fileName: answer.value.fileName }),
      ])
      expect(again.faults).toEqual(first.faults)
      expect(again.skipped).toEqual(first.skipped)
    }
  })
})

describe('模板', () => {
  test.each([
    ['mines', 'regulator'],
    ['people', 'safetyOfficer'],
    ['hazards', 'safetyOfficer'],
  ] as const)('%s：表头都认得，说明行和选项表不当成数据', async (kind, who) => {
    const answer = await server.as(who).download(importTemplate, { params: { kind } })
    if (!answer.ok) throw new Error(JSON.stringify(answer.problem))
    expect(answer.value.fileName).toMatch(/导入模板\.xlsx$/)
    const workbook = {
      bytes: new Uint8Array(await answer.value.content.arrayBuffer()),
      fileName: answer.value.fileName,
    }
    const shown = await planned(server.as(who), workbook, { kind })
    expect(shown.faults).toEqual([])
    expect(shown.counts).toMatchObject({ good: 0, bad: 0 })
    const [sheet] = shown.sheets
    expect(sheet?.columns.map(({ key }) => key)).toEqual(shown.columns.map(({ key }) => key))
    expect(shown.skipped).toEqual([])
  })
})

describe('表头认不得的，人说一次就记住', () => {
  const odd: Grid = [
    mineTitles.map((title) => (title === '矿山名称' ? '场子叫啥' : title === '范围说明' ? '备用' : title)),
    mineTitles.map((title) => mineLine(1)[title] ?? null),
  ]

  test('像谁就说像谁；缺了必须的列，只说一次', async () => {
    const shown = await planned(server.as('regulator'), book(odd))
    expect(shown.faults.map(({ reason }) => reason)).toEqual(['没有“矿山名称”这一列'])
    const near = await planned(server.as('regulator'), book([['矿山名秤', ...mineTitles.slice(2)]]))
    expect(near.sheets[0]?.columns[0]).toMatchObject({ letter: 'A', header: '矿山名秤', perhaps: '矿山名称' })
  })

  test('本局的人改过一次，本局别的人再导入就认得；邻县不受影响；可以收回', async () => {
    const corrections = { 场子叫啥: 'name', 备用: null }
    const shown = await planned(server.as('regulator'), book(odd), { corrections })
    expect(shown.faults).toEqual([])
    expect(shown.sheets[0]?.columns.find(({ header }) => header === '备用')).toMatchObject({ key: null })
    const again = await planned(server.as('systemAdmin'), book(odd))
    expect(again.faults).toEqual([])
    expect(again.corrections).toEqual(corrections)
    const abroad = await planned(server.as('foreignRegulator'), book(odd))
    expect(abroad.corrections).toEqual({})
    expect(abroad.faults).not.toEqual([])
    const back = await planned(server.as('regulator'), book(odd), { corrections: { 场子叫啥: '' } })
    expect(back.corrections).toEqual({ 备用: null })
  })

  test('整张表没有一个表头认得，列出像表头的那一行，人指了就能导入', async () => {
    const strange: Grid = [
      ['甲', '乙'],
      ['一号', '一矿'],
    ]
    const shown = await planned(server.as('regulator'), book(strange))
    expect(shown.skipped).toEqual([{ name: '矿山', headers: ['甲', '乙'] }])
    const said = await planned(server.as('regulator'), book(strange), { corrections: { 甲: 'code', 乙: 'name' } })
    expect(said.skipped).toEqual([])
    expect(said.sheets[0]?.columns.map(({ key }) => key)).toEqual(['code', 'name'])
  })
})

describe('读不了的文件', () => {
  test.each([
    ['空的', new Uint8Array(), '没有内容'],
    ['图片', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), '看不出这是什么文件'],
    ['乱码', Buffer.from('b1e0bac52cff80ff80ff', 'hex'), '乱码'],
  ])('%s：说出原因和办法', async (_, bytes, words) => {
    const problem = refused(await plan(server.as('regulator'), { bytes, fileName: '表.xlsx' }))
    expect(problem.detail).toContain(words)
    expect(problem.remedy).toBeTruthy()
  })
})

describe('谁可以导入', () => {
  const mines = book(listOf(mineLine(1)))

  test.each(['safetyOfficer', 'principal', 'safetyDeputy'] as const)('%s 不能导入矿山名录', async (who) => {
    expect(refused(await plan(server.as(who), mines)).code).toBe('role-may-not')
  })

  test.each(['worker', 'enforcer', 'auditor', 'townshipHead'] as const)('%s 什么也不能导入', async (who) => {
    expect(refused(await plan(server.as(who), mines, { kind: 'people' })).status).toBe(403)
  })

  test('安全员只能导入自己矿的人；别的矿，像没有一样', async () => {
    const people = book([
      ['矿山编号', '岗位'],
      ['T01', '爆破员'],
      ['T02', '爆破员'],
      ['P01', '爆破员'],
    ])
    const shown = await planned(server.as('safetyOfficer'), people, { kind: 'people' })
    expect(shown.counts).toMatchObject({ good: 1, bad: 2 })
    expect(shown.faults.map(({ row, reason }) => `${row} ${reason}`)).toEqual([
      '3 名录里没有“T02”这座矿，或者不在您的管辖范围',
      '4 名录里没有“P01”这座矿，或者不在您的管辖范围',
    ])
    const aimed = await plan(server.as('safetyOfficer'), people, { kind: 'people', tenantId: server.ids.sibling })
    expect(refused(aimed).code).toBe('not-found')
  })

  test('外区县的乡镇和矿，本局导入不了', async () => {
    const shown = await planned(
      server.as('regulator'),
      book(listOf(mineLine(1, { 乡镇: '邻县某镇' }), mineLine(2, { 乡镇: '邻县某镇', 编号: 'I2' }))),
    )
    expect(shown.counts).toMatchObject({ good: 0, bad: 2 })
    expect(shown.faults[0]?.reason).toContain('管辖范围内没有“邻县某镇”')
  })
})

test('五千行试导不超过五秒', async () => {
  const many = book(listOf(...Array.from({ length: 5_000 }, (_, index) => mineLine(index + 1))))
  const [from, cpu] = [performance.now(), process.cpuUsage()]
  const shown = await planned(server.as('regulator'), many)
  const seconds = (performance.now() - from) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  const worked = (user + system) / 1e6
  console.log(
    `试导 5,000 行（${(many.bytes.length / 1024).toFixed(0)} kB）：${seconds.toFixed(2)} 秒，其中计算 ${worked.toFixed(2)} 秒`,
  )
  expect(shown.counts.good).toBe(5_000)
  // On a machine that others keep busy the clock says more about them than about us.
  expect(Math.min(seconds, worked)).toBeLessThan(5)
})
