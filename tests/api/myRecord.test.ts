import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportMyRecord, readMyRecord } from '#contract/dutyRecord.ts'
import { type OpenDemo, openDemo } from '#tests/support/demo.ts'
import { granted, newHazard, startServer, type TestServer } from '#tests/support/district.ts'

let demo: OpenDemo
let server: TestServer

beforeAll(async () => {
  demo = await openDemo()
  server = await startServer()
}, 180_000)
afterAll(async () => {
  await demo?.close()
  await server?.close()
})

const recordOf = async (
  who: 'principal' | 'safetyOfficer' | 'regulator' | 'enforcer' | 'siblingPrincipal',
  month: string,
) => granted(await server.as(who).call(readMyRecord, { query: { month } }))

describe('我的履职记录', () => {
  test('列本人办的每一件：哪天、哪条隐患、存证编号；别人办的不在内', async () => {
    const place = newHazard(server.ids.mine)
    server.clock.stand('2023-06-05')
    await server.as('safetyOfficer').does(place, 'report', {
      mineId: server.ids.mine,
      source: 'safetyOfficerCheck',
      place: '南帮',
    })
    const judged = await server.as('principal').does(place, 'judge', { outcome: 'general', basis: '不触及' })
    const record = await recordOf('principal', '2023-06')
    expect(record.items).toHaveLength(1)
    expect(record.items[0]).toMatchObject({
      title: '判定',
      on: '2023-06-05',
      streamId: place.id,
      version: 2,
      place: '南帮',
      leafHash: judged.events[0]?.leafHash,
      enteredLater: false,
    })
    expect((await recordOf('safetyOfficer', '2023-06')).items.map(({ title }) => title)).toEqual(['报告隐患'])
    expect((await recordOf('regulator', '2023-06')).items).toEqual([])
  })

  test('有期限的写明按期还是晚几天；补录的写明哪天补的', async () => {
    const { as, clock, ids } = server
    const owner = as('principal').personId
    const assigned = { responsible: owner, measures: '清理', funds: 0, contingencyPlan: '现场处置' }
    const accepted = { conclusion: '改好了', notPhotographable: true }
    const rectified = async (deadline: string, on: string, entered: string) => {
      const place = newHazard(ids.mine)
      clock.stand('2023-04-03')
      await as('principal').does(place, 'report', { mineId: ids.mine, source: 'principalCheck', place: '采场' })
      await as('principal').does(place, 'judge', { outcome: 'general', basis: '不触及' })
      await as('principal').does(place, 'assign', { ...assigned, deadline })
      clock.stand(entered)
      await as('principal').does(place, 'accept', { ...accepted, on })
      return place.id
    }
    const inTime = await rectified('2023-04-20', '2023-04-20', '2023-04-20')
    const late = await rectified('2023-04-20', '2023-04-24', '2023-04-24')
    const entered = await rectified('2023-04-20', '2023-04-19', '2023-04-26')
    const { items, kinds } = await recordOf('principal', '2023-04')
    const acceptanceOf = (id: string) => items.find(({ streamId, title }) => streamId === id && title === '企业验收')
    expect(acceptanceOf(inTime)).toMatchObject({ dueOn: '2023-04-20', daysLate: 0, enteredLater: false })
    expect(acceptanceOf(late)).toMatchObject({ dueOn: '2023-04-20', daysLate: 4 })
    expect(acceptanceOf(entered)).toMatchObject({ on: '2023-04-19', daysLate: 0, enteredLater: true })
    expect(kinds.find(({ title }) => title === '企业验收')).toEqual({ title: '企业验收', times: 3, due: 3, late: 1 })
  })

  test('当场整改一次办了六步，只算一件', async () => {
    const { as, clock, ids } = server
    clock.stand('2023-05-08')
    await as('safetyOfficer').does(newHazard(ids.mine), 'reportFixed', {
      mineId: ids.mine,
      source: 'safetyOfficerCheck',
      place: '破碎站',
      description: '拉绳急停失效',
      responsible: as('crewLeader').personId,
      measures: '更换',
      checkedBy: as('safetyOfficer').personId,
    })
    const { items } = await recordOf('safetyOfficer', '2023-05')
    expect(items).toHaveLength(1)
    expect(items[0]?.version).toBe(6)
  })

  test('别的矿的人看不到，哪怕问同一个月', async () => {
    expect((await recordOf('siblingPrincipal', '2023-04')).items).toEqual([])
  })

  test('写错的月份退回', async () => {
    const answer = await server.as('principal').call(readMyRecord, { query: { month: '2023-13' } })
    expect(answer).toMatchObject({ ok: false, problem: { code: 'invalid-input' } })
  })
})

describe('演示区监管员甲的履职记录', () => {
  test('复查都有期限，H01 责令后的、H07 的都在；行数就是他的办理数', async () => {
    const officer = await demo.as('局/监管员甲')
    const first = granted(await officer.call(readMyRecord, {}))
    expect(first.month).toBe('2023-09')
    expect(first.months.map(({ month }) => month)).toContain('2023-07')
    const july = granted(await officer.call(readMyRecord, { query: { month: '2023-07' } }))
    const rechecks = july.items.filter(({ title }) => title === '复查')
    expect(rechecks.length).toBeGreaterThan(0)
    for (const { dueOn, daysLate } of rechecks) expect({ dueOn, daysLate }).toMatchObject({ daysLate: 0 })
    const { rows } = await demo.platform.read(officer.actor, ({ client }) =>
      client.query<{ commands: number }>(
        `select count(distinct command_id)::int as commands from core.event where account_id = $1
           and to_char(received_at at time zone 'Asia/Shanghai', 'YYYY-MM') = '2023-07'`,
        [officer.actor.accountId],
      ),
    )
    expect(july.items.reduce((sum, { times }) => sum + times, 0)).toBe(rows[0]?.commands)
  })

  test('导出的工作簿：每件一行，存证编号是整串，末行写共几行', async () => {
    const officer = await demo.as('局/监管员甲')
    const done = await officer.download(exportMyRecord, { query: { from: '2023-06', until: '2023-09' } })
    if (!done.ok) throw new Error(done.problem.detail)
    expect(done.value.fileName).toBe('履职记录 2023-06至2023-09.xlsx')
    const path = join(tmpdir(), `record-${process.pid}.xlsx`)
    await writeFile(path, Buffer.from(await done.value.content.arrayBuffer()))
    const book = new ExcelJS.Workbook()
    const bytes = await readFile(path)
    await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
    await rm(path)
    const sheet = book.worksheets[0]
    const months = ['2023-06', '2023-07', '2023-08', '2023-09']
    const lines = (
      await Promise.all(
        months.map(async (month) => granted(await officer.call(readMyRecord, { query: { month } })).items),
      )
    ).flat()
    expect(sheet?.lastRow?.getCell(1).text).toBe(`共 ${lines.length} 行`)
    expect(sheet?.rowCount).toBe(lines.length + 3)
    expect(sheet?.getRow(3).getCell(12).text).toBe(lines[0]?.leafHash)
  })
})
