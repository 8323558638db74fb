import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { v7 as uuidv7 } from 'uuid'
import type { Client } from '#contract/client.ts'
import {
  type ImportPlanShown,
  type ImportShown,
  listImportRows,
  markedWorkbook,
  planOfImport,
  readImport,
  takeImport,
} from '#contract/importing.ts'
import { listMines } from '#contract/org.ts'
import { type ImportKindName, importKindNames, importKinds } from '#domain/importing/kinds/kinds.ts'
import { whenFound } from '#domain/importing/settle.ts'
import { exitCode, Failed, Misused } from './failure.ts'
import { failed, kept } from './keptClient.ts'
import { type CommonOptions, leaf } from './leaf.ts'
import { answer, answerJson, say } from './say.ts'

type Options = CommonOptions & {
  readonly dryRun?: true
  readonly take: string
  readonly found: string
  readonly map: readonly string[]
  readonly mine?: string
  readonly marked?: string
  readonly acceptRow: readonly string[]
}

const oneOf = <T extends string>(given: string, known: readonly T[], what: string): T => {
  const found = known.find((one) => one === given)
  if (!found) throw new Misused(`没有“${given}”这种${what}；可用：${known.join('、')}`)
  return found
}

const leftOut = '不导入'

/** `表头=列`, the column by its title or its key; the titles are the plan's to know. */
const mapped = (
  given: readonly string[],
  { columns }: Pick<ImportPlanShown, 'columns'>,
): Record<string, string | null> =>
  Object.fromEntries(
    given.map((one) => {
      const at = one.lastIndexOf('=')
      if (at < 1) throw new Misused(`--map 的值“${one}”不对；写成 表头=列`)
      const [header, wanted] = [one.slice(0, at), one.slice(at + 1)]
      if (wanted === leftOut) return [header, null]
      const column = columns.find(({ key, title }) => key === wanted || title === wanted)
      if (!column)
        throw new Misused(`没有“${wanted}”这一列；可用：${[...columns.map(({ title }) => title), leftOut].join('、')}`)
      return [header, column.key]
    }),
  )

/** `表!行=理由`: a row that contradicts itself, taken on the caller's word. */
const wordsOf = (given: readonly string[]) =>
  given.map((one) => {
    const [, sheet, row, reason] = /^(.+)!(\d+)=(.+)$/.exec(one) ?? []
    if (sheet === undefined || row === undefined || reason === undefined)
      throw new Misused(`--accept-row 的值“${one}”不对；写成 表!行=理由`)
    return { sheet, row: Number(row), reason }
  })

const mineOf = async (client: Client, code: string): Promise<string> => {
  const listed = await client.call(listMines, { query: { search: code, limit: 200 } })
  if (!listed.ok) throw failed(listed.problem)
  const found = listed.value.items.find((mine) => mine.code === code)
  if (!found) throw new Failed(`没有编号为 ${code} 的矿，或者不在您的管辖范围；请核对 --mine`)
  return found.id
}

const tellPlan = (kind: ImportKindName, plan: ImportPlanShown): void => {
  const { counts, faults, notes, skipped, found, remarks } = plan
  for (const { sheet, row, column, title, reason, remedy } of faults)
    answer(`${sheet} 第${row}行${column ? ` ${column}列` : ''}${title ? `（${title}）` : ''}：${reason}；${remedy}`)
  for (const { sheet, row, title, standing, differences } of found)
    if (differences.length > 0)
      answer(
        `${sheet} 第${row}行 ${title} 已经登记（${standing}），不同的是：${differences
          .map((one) => `${one.title} ${one.standing ?? '没有'} → ${one.given ?? '没有'}`)
          .join('；')}`,
      )
  for (const { sheet, row, text } of remarks) say(`${sheet} 第${row}行：${text}`)
  for (const { name } of skipped) say(`“${name}”表没有认得的表头，没有读`)
  for (const { sheet, row, text } of notes) say(`${sheet} 第${row}行不是数据：${text}`)
  const { good, bad, fresh, same, differing } = counts
  say(
    `好的 ${good} 行（新 ${fresh} ${importKinds[kind].unit}，已有且一样 ${same}，已有但不同 ${differing}），有错 ${bad} 行、${faults.length} 处`,
  )
}

const ended = async (client: Client, shown: ImportShown): Promise<ImportShown> => {
  const { tenantId, id } = shown
  let last = shown
  while (last.ended < last.total) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const read = await client.call(readImport, { params: { tenantId, id } })
    if (!read.ok) throw failed(read.problem)
    if (read.value.ended !== last.ended) say(`已办 ${read.value.ended} / ${read.value.total} 行`)
    last = read.value
  }
  return last
}

const refusedRows = async (client: Client, { tenantId, id }: ImportShown) => {
  const listed = await client.call(listImportRows, {
    params: { tenantId, id },
    query: { outcome: 'refused', limit: 200 },
  })
  if (!listed.ok) throw failed(listed.problem)
  return listed.value.items
}

const run = async (kindGiven: string, path: string, options: Options): Promise<void> => {
  const kind = oneOf(kindGiven, importKindNames, '导入')
  const take = oneOf(options.take, ['all', 'good'] as const, '收法')
  const found = oneOf(options.found, whenFound, '办法')
  const file = new Blob([await readFile(path)])
  const fileName = basename(path)
  const { client } = kept()
  const tenantId = options.mine === undefined ? undefined : await mineOf(client, options.mine)
  const words = wordsOf(options.acceptRow)
  const settings = { kind, importId: uuidv7(), words, ...(tenantId !== undefined && { tenantId }) }
  const planWith = async (corrections: Record<string, string | null>) => {
    const planned = await client.upload(planOfImport, { settings: { ...settings, corrections }, file, fileName })
    if (!planned.ok) throw failed(planned.problem)
    return planned.value
  }
  const first = await planWith({})
  const corrections = mapped(options.map, first)
  const plan = options.map.length > 0 ? await planWith(corrections) : first
  if (!options.json) tellPlan(kind, plan)
  if (options.marked !== undefined) {
    const marked = await client.exchange(markedWorkbook, { settings: { ...settings, corrections }, file, fileName })
    if (!marked.ok) throw failed(marked.problem)
    await writeFile(options.marked, Buffer.from(await marked.value.content.arrayBuffer()))
    say(`标注好的表格写在 ${options.marked}`)
  }
  if (options.dryRun) {
    if (options.json) answerJson({ plan })
    if (plan.faults.length > 0) process.exitCode = exitCode.failed
    return
  }
  const taken = await client.upload(takeImport, {
    settings: { ...settings, corrections, commandId: uuidv7(), take, found, seen: plan.digest },
    file,
    fileName,
  })
  if (!taken.ok) {
    if (options.json) answerJson({ plan, problem: taken.problem })
    throw failed(taken.problem)
  }
  const shown = await ended(client, taken.value.shown)
  const refused = await refusedRows(client, shown)
  const { added, replaced, already, kept: left } = shown.outcomes
  if (options.json) answerJson({ plan, receipt: taken.value.receipt, import: shown, refused })
  else
    for (const { sheet, row, title, said } of refused) answer(`${sheet} 第${row}行 ${title}：没有办成，${said ?? ''}`)
  say(
    `导入完了：新登记 ${added}，改 ${replaced}，已有 ${already}，照旧 ${left}，没有办成 ${shown.outcomes.refused}，有错没收 ${shown.left}`,
  )
  if (shown.outcomes.refused > 0) process.exitCode = exitCode.failed
}

export const addImport = (program: Command): void => {
  leaf(program, {
    name: 'import',
    summary: '从表格导入矿山名录、人员或原有的隐患台账；先 --dry-run 逐行检查，有错就一行也不写',
    examples: [
      'bihuan import mines 名录.xlsx --dry-run --json',
      'bihuan import mines 名录.xls --take good --marked 要改的.xlsx',
      'bihuan import hazards 隐患台账.xls --mine F01 --dry-run',
      'bihuan import people 花名册.csv --mine F01 --map 工作岗位=岗位 --map 备注=不导入',
    ],
    failedMeans: '表格有错（--dry-run 也是），或者有行没有办成，或者被拒绝',
  })
    .argument('<种类>', `${importKindNames.map((name) => `${name} ${importKinds[name].title}`).join('，')}`)
    .argument('<文件>', '.xlsx、.xls、.csv')
    .option('--dry-run', '只检查，什么也不写')
    .option('--take <收法>', 'all 有错就一行不收，good 只收好的行', 'all')
    .option('--found <办法>', '已经登记而不同的：keep 照旧，replace 用表里的，add 另外登记（人员、隐患）', 'keep')
    .option(
      '--map <表头=列>',
      `指出一个表头是哪一列，可以写多次；${leftOut} 表示不要这一列；本单位以后都记得`,
      (one: string, all: readonly string[]) => [...all, one],
      [] as readonly string[],
    )
    .option(
      '--accept-row <表!行=理由>',
      '自相矛盾而确实如此的行，写明理由照收，可以写多次',
      (one: string, all: readonly string[]) => [...all, one],
      [] as readonly string[],
    )
    .option('--mine <编号>', '人员、隐患都导入到这座矿')
    .option('--marked <文件>', '把标注了错误的表格写到这里')
    .action(run)
}
