import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { importPlanShown, importShown } from '#contract/importing.ts'
import { listMines } from '#contract/org.ts'
import { readWorkbook } from '#server/documents/readWorkbook.ts'
import { runCli } from '#tests/support/cli.ts'
import { granted, type PostName, startServer, type TestServer } from '#tests/support/district.ts'
import { linesWithFaults, manyLayouts } from '#tests/support/workbooks.ts'

let server: TestServer
let folder: string

beforeAll(async () => {
  server = await startServer({ work: true })
  folder = mkdtempSync(join(tmpdir(), 'bihuan-import-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await server.close()
})

const bihuan = (who: PostName, ...args: readonly string[]) => {
  const home = join(folder, who)
  mkdirSync(join(home, 'bihuan'), { recursive: true })
  const session = { url: server.baseUrl, token: server.as(who).token }
  writeFileSync(join(home, 'bihuan', 'session.json'), JSON.stringify(session))
  return runCli(args, { env: { XDG_CONFIG_HOME: home } })
}

const list = (): string => {
  const [layout] = manyLayouts(linesWithFaults.lines)
  if (!layout) throw new Error('no layout')
  const path = join(folder, layout.fileName)
  writeFileSync(path, layout.bytes)
  return path
}

test('试导：逐条说出表、行、列、原因、改法；有错退出码 1；什么也没有写', async () => {
  const { code, out, err } = await bihuan('regulator', 'import', 'mines', list(), '--dry-run')
  expect(code).toBe(1)
  const lines = out.trim().split('\n')
  expect(lines).toHaveLength(linesWithFaults.planted.length)
  expect(lines[0]).toBe('矿山 第5行 B列（矿山名称）：“矿山名称”没有填；请填写')
  expect(err).toContain('好的 5 行')
  expect(granted(await server.as('regulator').call(listMines, { query: { search: '导入' } })).items).toEqual([])
})

test('--json：标准输出只有一份 JSON，和接口说的一样', async () => {
  const { code, out } = await bihuan('regulator', 'import', 'mines', list(), '--dry-run', '--json')
  expect(code).toBe(1)
  const { plan } = z.object({ plan: importPlanShown }).parse(JSON.parse(out))
  expect(plan.faults).toHaveLength(linesWithFaults.planted.length)
  expect(plan.counts.good).toBe(5)
})

test('有错不收，退出码 1；--take good 收好的行，写出标注的表格，等到办完', async () => {
  const refused = await bihuan('regulator', 'import', 'mines', list())
  expect(refused.code).toBe(1)
  expect(refused.err).toContain('一行也没有导入')
  const marked = join(folder, '要改的.xlsx')
  const done = await bihuan('regulator', 'import', 'mines', list(), '--take', 'good', '--marked', marked, '--json')
  expect({ code: done.code, err: done.err }).toMatchObject({ code: 0 })
  const told = z.object({ import: importShown, refused: z.array(z.unknown()) }).parse(JSON.parse(done.out))
  expect(told.import).toMatchObject({ total: 5, ended: 5, left: 9, outcomes: { added: 5 } })
  const read = await readWorkbook(readFileSync(marked))
  expect(read.ok && read.value.map(({ name }) => name)).toEqual(['错误清单', '矿山'])
})

test('人员：表头用 --map 指出，导入到一座矿；写错的列名退出码 2', async () => {
  const path = join(folder, '花名册.csv')
  writeFileSync(path, '干啥的,叫啥,备注\n爆破员,导甲,无\n司机,导乙,无\n')
  const args = ['import', 'people', path, '--mine', 'T01', '--map', '干啥的=岗位', '--map', '叫啥=姓名'] as const
  const wrong = await bihuan('safetyOfficer', ...args, '--map', '备注=没有这列')
  expect(wrong.code).toBe(2)
  expect(wrong.err).toContain('没有“没有这列”这一列')
  const { code, err } = await bihuan('safetyOfficer', ...args, '--map', '备注=不导入')
  expect(err).toContain('新登记 2')
  expect(code).toBe(0)
  const elsewhere = await bihuan('safetyOfficer', 'import', 'people', path, '--mine', 'T02')
  expect(elsewhere.code).toBe(1)
  expect(elsewhere.err).toContain('没有编号为 T02 的矿')
})

test('没有这项权限的，说由谁办理，退出码 1', async () => {
  const { code, err } = await bihuan('safetyOfficer', 'import', 'mines', list(), '--dry-run')
  expect(code).toBe(1)
  expect(err).toContain('安全员没有这项权限')
})
