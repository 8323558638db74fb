import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listImportRows, listImports, readImport } from '#contract/importing.ts'
import { listCompanies, listMines, listPeople, putMine, readMine } from '#contract/org.ts'
import { idNumberCheck } from '#domain/importing/idNumber.ts'
import { importingWorkers } from '#server/importing/jobs.ts'
import { granted, mineValue, refused, startServer, type TestServer } from '#tests/support/district.ts'
import { carriedOut, planned, take } from '#tests/support/importing.ts'
import {
  bookOf,
  type Grid,
  type Line,
  linesWithFaults,
  mineLine,
  mineTitles,
  sheetOf,
} from '#tests/support/workbooks.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ work: true })
})
afterAll(() => server.close())

const book = (grid: Grid, sheet = '矿山') => ({ bytes: bookOf({ [sheet]: sheetOf(grid) }), fileName: '表.xlsx' })

const listOf = (rows: readonly Line[], titles = mineTitles) =>
  book([titles, ...rows.map((line) => titles.map((title) => line[title] ?? null))])

const mineNamed = async (search: string) =>
  granted(await server.as('regulator').call(listMines, { query: { search } })).items

const counted = async () => {
  const { rows } = await server.owner.query<{ events: string }>('select count(*) as events from core.event')
  return rows[0]?.events
}

describe('有错就一行也不写，除非人选“只导入好的行”', () => {
  const workbook = listOf(linesWithFaults.lines)

  test('全部导入：拒绝，什么也不留', async () => {
    const before = await counted()
    const problem = refused(await take(server.as('regulator'), workbook))
    expect(problem.code).toBe('import-has-faults')
    expect(problem.remedy).toContain('只导入好的行')
    expect(await counted()).toBe(before)
  })

  test('只导入好的行：五座矿和它们的企业都登记了，四家企业；一次导入一个事件，写明哪些行', async () => {
    const settings = { importId: uuidv7(), commandId: uuidv7(), take: 'good' as const }
    const { shown, receipt } = granted(await take(server.as('regulator'), workbook, settings))
    expect(receipt.events.map(({ type }) => type)).toEqual(['importing.taken'])
    const ended = await carriedOut(server.as('regulator'), shown)
    expect(ended).toMatchObject({ total: 5, left: 9, outcomes: { added: 5, refused: 0 } })
    const mines = await mineNamed('导入')
    expect(mines.map(({ code }) => code)).toEqual(['I0001', 'I0004', 'I0012', 'I0013', 'I0014'])
    expect(mines[0]).toMatchObject({
      name: '导入1号石灰岩矿',
      companyName: '导入1号石灰岩有限公司',
      div: '140404102',
      status: 'producing',
      inScope: true,
      scopeReason: '正常生产',
      facts: { safetyPermitUntil: '2026-05-31' },
    })
    expect(mines[3]).toMatchObject({ status: 'longSuspended', watcher: { post: '盯守负责人' }, inScope: false })
    const companies = granted(await server.as('regulator').call(listCompanies, { query: { search: '导入' } })).items
    expect(companies.map(({ name, mines: count }) => [name, count]).sort()).toEqual([
      ['导入12号石灰岩有限公司', 1],
      ['导入13号石灰岩有限公司', 1],
      ['导入1号石灰岩有限公司', 1],
      ['导入4号石灰岩有限公司', 2],
    ])
    const { rows } = await server.owner.query('select body from core.event where stream_id = $1', [settings.importId])
    expect(rows[0].body).toMatchObject({
      kind: 'mines',
      left: 9,
      rows: [{ sheet: '矿山', fate: 'add', rows: '2,5,13-15', count: 5 }],
    })
    expect(rows[0].body.digest).toMatch(/^[0-9a-f]{64}$/)

    // The same command again is the same import; nothing is registered twice.
    const before = await counted()
    const again = granted(await take(server.as('regulator'), workbook, settings))
    expect(again.receipt).toMatchObject({ replayed: true, commandId: settings.commandId })
    expect(again.shown.id).toBe(shown.id)
    expect(await counted()).toBe(before)
  })

  test('导入记录列得出来，本局看得到，矿上和邻县看不到', async () => {
    const listed = granted(await server.as('systemAdmin').call(listImports, { query: {} }))
    expect(listed.items.map(({ kind, outcomes }) => [kind, outcomes.added])).toEqual([['mines', 5]])
    for (const who of ['safetyOfficer', 'foreignRegulator'] as const)
      expect(granted(await server.as(who).call(listImports, { query: {} })).items).toEqual([])
  })
})

describe('已经登记的，两边摆在一起', () => {
  test('一样的说已经有了；不一样的列出差别，人不说就不改，说用表里的才改', async () => {
    const workbook = listOf([
      mineLine(1),
      mineLine(4, { 状态: '停产整改', 是否纳入整治: '是', 范围说明: '停产期间照样整治', 本矿人数: 9 }),
    ])
    const shown = await planned(server.as('regulator'), workbook)
    expect(shown.counts).toEqual({ good: 2, bad: 0, fresh: 0, same: 1, differing: 1 })
    expect(shown.found[0]).toMatchObject({ row: 2, standing: 'I0001 导入1号石灰岩矿', differences: [], mayAdd: false })
    expect(shown.found[1]?.differences).toEqual([
      { title: '状态', standing: '正常生产', given: '停产整改' },
      { title: '范围说明', standing: '正常生产', given: '停产期间照样整治' },
      { title: '本矿人数', standing: '24 人', given: '9 人' },
    ])

    const kept = granted(await take(server.as('regulator'), workbook)).shown
    expect(await carriedOut(server.as('regulator'), kept)).toMatchObject({
      outcomes: { added: 0, replaced: 0, already: 1, kept: 1, refused: 0 },
    })
    expect((await mineNamed('I0004'))[0]?.status).toBe('producing')

    const changed = granted(
      await take(server.as('regulator'), workbook, { choices: [{ sheet: '矿山', rows: '3', as: 'replace' }] }),
    ).shown
    expect(await carriedOut(server.as('regulator'), changed)).toMatchObject({ outcomes: { replaced: 1, already: 1 } })
    expect((await mineNamed('I0004'))[0]).toMatchObject({ status: 'rectifying', staffOwn: 9 })
  })

  test('表里没有的列，登记的照旧；编号改了名字没改的，也认得是同一座', async () => {
    const titles = mineTitles.filter((title) => title !== '安全生产许可证有效期至')
    const workbook = listOf([mineLine(12, { 编号: 'I0012-2' })], titles)
    const shown = await planned(server.as('regulator'), workbook)
    expect(shown.found[0]?.differences).toEqual([{ title: '编号', standing: 'I0012', given: 'I0012-2' }])
    const done = granted(await take(server.as('regulator'), workbook, { found: 'replace' })).shown
    await carriedOut(server.as('regulator'), done)
    expect((await mineNamed('I0012'))[0]).toMatchObject({
      code: 'I0012-2',
      facts: { safetyPermitUntil: '2026-05-31' },
    })
  })

  test('看过之后别人改了登记：不导入，要再看一遍', async () => {
    const workbook = listOf([mineLine(13, { 状态: '正常生产', 是否纳入整治: '是' })])
    const importId = uuidv7()
    const seen = await planned(server.as('regulator'), workbook, { importId })
    const [mine] = await mineNamed('I0013')
    if (!mine) throw new Error('no mine')
    const { value, version } = {
      value: { ...mineValue(server.ids, 'mine'), code: 'I0013', name: '导入13号石灰岩矿', companyId: mine.companyId },
      version: granted(await server.as('regulator').call(readMine, { params: { id: mine.id } })).version,
    }
    granted(
      await server.as('systemAdmin').call(putMine, {
        params: { id: mine.id },
        body: { commandId: uuidv7(), expectedVersion: version, value },
      }),
    )
    const problem = refused(
      await take(server.as('regulator'), workbook, { importId, seen: seen.digest, found: 'replace' }),
    )
    expect(problem.code).toBe('import-changed')
  })

  test('信用代码登记在另一个名字下的，指出来，不另立一家', async () => {
    const shown = await planned(server.as('regulator'), listOf([mineLine(4, { 编号: 'I99', 企业名称: '另一家公司' })]))
    expect(shown.faults).toEqual([
      expect.objectContaining({ row: 2, title: '企业名称', reason: '这个信用代码登记的企业叫“导入4号石灰岩有限公司”' }),
    ])
  })
})

describe('人员', () => {
  const idNumber = (order: string): string => {
    const first17 = `14040419800101${order}`
    return first17 + idNumberCheck(first17)
  }
  const titles = ['矿山编号', '岗位', '姓名', '联系电话', '身份证号', '是否在岗']
  const people = book(
    [
      ['某矿人员花名册'],
      titles,
      ['T01', '爆破员', '导甲', '13900001111', idNumber('001'), '在岗'],
      ['T01', '挖掘机司机', '导乙', '13900002222', idNumber('002'), '是'],
      ['T02', '安全员', '导丙', '13900003333', idNumber('003'), null],
    ],
    '花名册',
  )

  test('按矿山编号分到各矿；姓名、手机只在私人资料里；身份证号核对后哪里都不留', async () => {
    const importId = uuidv7()
    const { shown } = granted(await take(server.as('regulator'), people, { kind: 'people', importId }))
    expect(await carriedOut(server.as('regulator'), shown)).toMatchObject({ outcomes: { added: 3, refused: 0 } })
    const listed = granted(
      await server.as('regulator').call(listPeople, { params: { tenantId: server.ids.mine } }),
    ).items
    expect(listed.find(({ post }) => post === '爆破员')).toMatchObject({
      active: true,
      name: '导*',
      phone: '139****1111',
    })
    const { rows: tables } = await server.owner.query<{ name: string }>(
      `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name from pg_class c
       join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r'
       and n.nspname in ('core', 'ledger', 'read', 'private', 'machinery', 'pgboss')`,
    )
    const holding = async (words: string): Promise<readonly string[]> => {
      const found: string[] = []
      for (const { name } of tables) {
        const { rows } = await server.owner.query(`select from ${name} t where t::text like $1 limit 1`, [`%${words}%`])
        if (rows.length > 0) found.push(name)
      }
      return found
    }
    expect(await holding('导甲')).toEqual(['private.person'])
    expect(await holding('13900001111')).toEqual(['private.person'])
    expect(await holding(idNumber('001'))).toEqual([])
    expect(await holding('挖掘机司机')).toContain('core.event')
  })

  test('再导入一次：都已经有了；换了岗位的列出差别，名字遮着', async () => {
    const again = await planned(server.as('regulator'), people, { kind: 'people' })
    expect(again.counts).toEqual({ good: 3, bad: 0, fresh: 0, same: 3, differing: 0 })
    const moved = book([titles, ['T01', '爆破班长', '导甲', '13900009999', null, null]])
    const shown = await planned(server.as('safetyOfficer'), moved, { kind: 'people' })
    expect(shown.found).toEqual([
      expect.objectContaining({
        standing: expect.stringContaining('爆破员 导*'),
        mayAdd: true,
        differences: [
          { title: '岗位', standing: '爆破员', given: '爆破班长' },
          { title: '手机', standing: '139****1111', given: '139****9999' },
        ],
      }),
    ])
    expect(JSON.stringify(shown)).not.toContain('导甲')
    const done = granted(
      await take(server.as('safetyOfficer'), moved, { kind: 'people', found: 'replace', tenantId: server.ids.mine }),
    ).shown
    expect(done.tenantId).toBe(server.ids.mine)
    await carriedOut(server.as('safetyOfficer'), done)
    const listed = granted(
      await server.as('safetyOfficer').call(listPeople, { params: { tenantId: server.ids.mine } }),
    ).items
    expect(listed.find(({ post }) => post === '爆破班长')).toMatchObject({ name: '导*', phone: '139****9999' })
    expect(listed.some(({ post }) => post === '爆破员')).toBe(false)
  })

  test('错的身份证号、电话、重复的人，都指出来', async () => {
    const shown = await planned(
      server.as('regulator'),
      book([
        titles,
        ['T01', '司机', '导丁', '1390000', null, null],
        [
          'T01',
          '司机',
          '导戊',
          null,
          `${idNumber('005').slice(0, 17)}${idNumber('005').endsWith('1') ? '2' : '1'}`,
          null,
        ],
        ['T01', '司机', '导己', null, idNumber('006'), null],
        ['T01', '司机', '导庚', null, idNumber('006'), null],
        ['T01', '司机', '导己', null, null, null],
        [null, '司机', null, null, null, '也许'],
      ]),
      { kind: 'people' },
    )
    expect(shown.faults.map(({ row, column, reason }) => `${row}${column} ${reason}`)).toEqual([
      '2D “1390000”不是电话号码',
      '3E 最后一位（校验码）与前17位不符',
      '5E 与第 4 行重复',
      '6C 与第 4 行重复',
      '7F 没有“也许”这一项',
    ])
  })
})

describe('逐行的结果', () => {
  let idle: TestServer
  beforeAll(async () => {
    idle = await startServer()
  })
  afterAll(() => idle.close())

  /** The job's own work, as often as a test wants it. */
  const carryOut = async (): Promise<void> => {
    const { rows } = await idle.owner.query<{ data: unknown }>(
      `select data from pgboss.job where name = 'importing.carryOut' order by created_on desc limit 1`,
    )
    const [worker] = importingWorkers(idle.platform.pool, idle.platform.execute)
    await worker?.run({ id: 'again', data: rows[0]?.data })
  }

  test('收下之后、办到之前别人占了的，那一行说明原因，别的照办；办完不留私人资料；重办一遍什么也不变', async () => {
    const importId = uuidv7()
    const who = idle.as('regulator')
    const { shown } = granted(await take(who, listOf([mineLine(31), mineLine(32)]), { importId }))
    expect(shown).toMatchObject({ total: 2, ended: 0 })
    const { rows } = await idle.owner.query<{ commands: { streamId: string; act: string }[] }>(
      'select commands from private.import_row where import_id = $1 order by at',
      [importId],
    )
    const target = rows[0]?.commands.find(({ act }) => act === 'mine.put')?.streamId ?? ''
    granted(
      await idle.as('systemAdmin').call(putMine, {
        params: { id: target },
        body: { commandId: uuidv7(), value: { ...mineValue(idle.ids, 'mine'), code: 'X31', name: '先来的矿' } },
      }),
    )
    await carryOut()
    const ended = granted(await who.call(readImport, { params: shown }))
    expect(ended).toMatchObject({ total: 2, ended: 2, outcomes: { added: 1, refused: 1 } })
    const { items } = granted(await who.call(listImportRows, { params: shown, query: {} }))
    expect(items[0]).toMatchObject({ row: 2, outcome: 'refused', title: 'I0031 导入31号石灰岩矿' })
    expect(items[0]?.said).toContain('别人已经办理过')
    expect(items[1]).toMatchObject({ row: 3, outcome: 'done' })
    const left = await idle.owner.query('select from private.import_row where commands is not null')
    expect(left.rowCount).toBe(0)

    const events = () => idle.owner.query('select count(*) as n from core.event').then(({ rows: [one] }) => one.n)
    const before = await events()
    // As after a crash that came between carrying out and telling.
    await idle.owner.query('update private.import_row set outcome = null, commands = $1 where row = 3', [
      JSON.stringify(rows[1]?.commands),
    ])
    await carryOut()
    expect(await events()).toBe(before)
    expect(granted(await who.call(readImport, { params: shown })).outcomes).toMatchObject({ added: 1, refused: 1 })
  })
})
