import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  deleteView,
  exportRegister,
  listViews,
  putView,
  readExport,
  readRegister,
  registerUnits,
  totalOfRegister,
} from '#contract/register.ts'
import { columnKeys, type Sort } from '#domain/register/columns.ts'
import type { RegisterFilter } from '#domain/register/filter.ts'
import {
  granted,
  type HazardPlace,
  newHazard,
  type Person,
  refused,
  startServer,
  type TestServer,
} from '#tests/support/district.ts'
import { bodiesOf, hazardIn } from '#tests/support/hazards.ts'

let server: TestServer
const placed: Record<string, HazardPlace> = {}

beforeAll(async () => {
  server = await startServer()
  const { as, ids } = server
  const bodies = bodiesOf(server)
  const report = async (name: string, body: Record<string, unknown>, tenant = ids.mine): Promise<HazardPlace> => {
    const place = newHazard(tenant)
    const who =
      tenant === ids.sibling ? 'siblingPrincipal' : tenant === ids.foreign ? 'foreignPrincipal' : 'safetyOfficer'
    const source = tenant === ids.mine ? 'safetyOfficerCheck' : 'principalCheck'
    await as(who).does(place, 'report', { mineId: tenant, source, ...body })
    placed[name] = place
    return place
  }
  server.clock.stand('2023-06-10')
  const late = await report('late', { on: '2023-06-01', place: '北帮 1036 平台', description: '护栏松动，缺两根立柱' })
  await as('safetyOfficer').does(late, 'judge', { outcome: 'general', basis: '不触及判定标准' })
  await as('principal').does(late, 'assign', { ...bodies.assign, deadline: '2023-06-20' })
  await report('formula', { on: '2023-06-05', place: '=1+1', description: '+cmd|calc' })
  await report('sibling', { on: '2023-06-07', place: '南帮', description: 'ＧＰＳ 位移监测点缺失' }, ids.sibling)
  await report('foreign', { on: '2023-06-08', place: '邻县', description: '护栏松动' }, ids.foreign)
  server.clock.stand('2023-07-03')
  placed.closed = await hazardIn(server, 'closed')
  const judged = async (name: string, place: string): Promise<HazardPlace> => {
    const major = await report(name, { place, description: '单一台阶过高' })
    await as('principal').does(major, 'judge', { outcome: 'major', criteria: ['OP-03'], basis: '实测高度超过设计' })
    await as('principal').does(major, 'assign', { ...bodies.assign, deadline: '2023-10-31', funds: 1_230_000 })
    return major
  }
  const major = await judged('major', '东帮')
  await as('enforcer').does(major, 'listing', { ...bodies.listing, deadline: '2023-10-31' })
  const whole = await judged('whole', '西帮')
  for (const fact of ['control', 'posting', 'departmentReport', 'workersReport', 'plan', 'evaluation'] as const)
    await as('principal').does(whole, fact, bodies[fact])
  await as('principal').does(whole, 'accept', bodies.accept)
  await as('enforcer').does(whole, 'recheck', bodies.recheck)
  await as('enforcer').does(whole, 'closeOut')
  await as('principal').does(whole, 'trace', bodies.trace)
})
afterAll(() => server.close())

const idsOf = async (person: Person, query: RegisterFilter & { sort?: Sort; descending?: 'true' | 'false' } = {}) =>
  granted(await person.call(readRegister, { query: { ...query, limit: 200 } })).items.map(({ id }) => id)

const idOf = (name: string): string => placed[name]?.id ?? ''

describe('台账', () => {
  test('局里看到辖区两座矿的，看不到邻县的；矿上只看到自己的', async () => {
    const bureau = await idsOf(server.as('regulator'))
    expect(bureau).toEqual(expect.arrayContaining([idOf('late'), idOf('sibling'), idOf('closed')]))
    expect(bureau).not.toContain(idOf('foreign'))
    expect(await idsOf(server.as('principal'))).not.toContain(idOf('sibling'))
  })

  test('每一列都有值可读；人写岗位，钱是分，日子是日子', async () => {
    const { items } = granted(
      await server.as('regulator').call(readRegister, { query: { columns: columnKeys.join(','), grade: 'major' } }),
    )
    const closed = items.find(({ id }) => id === idOf('whole'))
    expect(Object.keys(closed?.cells ?? {})).toEqual(columnKeys)
    expect(closed?.cells).toMatchObject({
      mineName: '测试一号石灰岩矿',
      companyName: '测试石灰岩有限公司',
      mineType: '露天',
      township: '荫城镇',
      grade: '重大',
      status: '已销号',
      foundBy: '企业自查',
      criteriaVersion: expect.stringMatching(/^矿安〔2022〕88号（[0-9a-f]{8}）$/),
      origin: '本系统',
      recheckResult: '合格',
    })
    expect(closed?.cells.postedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(closed?.cells.planGoal).not.toBeNull()
    expect(closed?.cells.recheckers).not.toMatch(/[0-9a-f]{8}-/)
    const listed = items.find(({ id }) => id === idOf('major'))
    expect(listed?.cells.listingLevel).toBe('县（区）级')
    expect(listed?.cells.tracker).not.toMatch(/[0-9a-f]{8}-/)
  })

  const filters: readonly (readonly [string, RegisterFilter, readonly string[], readonly string[]])[] = [
    ['逾期', { overdue: 'true' }, ['late'], ['closed', 'formula']],
    ['没有逾期', { overdue: 'false' }, ['closed', 'formula', 'major'], ['late']],
    ['未办结', { open: 'true' }, ['late', 'formula', 'major'], ['closed']],
    ['重大', { grade: 'major' }, ['whole', 'major'], ['late', 'closed']],
    ['判定标准', { criterion: 'OP-03' }, ['whole', 'major'], ['late', 'closed']],
    ['状态', { status: 'closed' }, ['closed'], ['major']],
    ['挂牌未摘', { listed: 'standing' }, ['major'], ['closed', 'late']],
    ['发现日期', { foundFrom: '2023-06-01', foundTo: '2023-06-05' }, ['late', 'formula'], ['sibling']],
    ['整改期限', { dueFrom: '2023-06-20', dueTo: '2023-06-20' }, ['late'], ['formula', 'major']],
    ['乡镇', { division: '140404103' }, ['sibling'], ['late']],
    ['区划以上', { division: '14' }, ['sibling', 'late'], ['foreign']],
    ['发现方式', { source: 'principalCheck' }, ['sibling'], ['late']],
    ['不是导入的', { imported: 'false' }, ['late'], []],
    ['查两个字', { search: '护栏' }, ['late'], ['formula', 'foreign']],
    ['查两处', { search: '1036 立柱' }, ['late'], ['formula']],
    ['查一个字', { search: '柱' }, ['late'], ['sibling']],
    ['全角写的半角也查得到', { search: 'gps' }, ['sibling'], ['late']],
    ['相邻才算', { search: '松立' }, [], ['late']],
    ['截至未登记之前', { asOf: '2023-05-31' }, [], ['late', 'closed']],
    ['截至那时还没销号', { asOf: '2023-06-30', overdue: 'true' }, ['late'], ['closed', 'major']],
    ['首页数字：重大隐患', { figure: 'majorFound' }, ['whole', 'major'], ['late', 'formula']],
    ['首页数字：逾期的一般隐患', { figure: 'generalOverdue' }, ['late'], ['closed', 'major']],
    ['首页数字加别的条件', { figure: 'majorFound', open: 'true' }, ['major'], ['whole', 'late']],
    ['计入统计的一般隐患', { judged: 'general', counted: 'true' }, ['late'], ['formula', 'major']],
  ]
  test.each(filters)('筛选：%s', async (_name, filter, within, without) => {
    const found = await idsOf(server.as('regulator'), filter)
    expect(found).toEqual(expect.arrayContaining(within.map(idOf)))
    for (const name of without) expect(found).not.toContain(idOf(name))
    const { total, totalIsExact } = granted(await server.as('regulator').call(totalOfRegister, { query: filter }))
    expect({ total, totalIsExact }).toEqual({ total: found.length, totalIsExact: true })
  })

  test.each(['found', 'due', 'number', 'mine'] as const)('按%s排序：一页两条翻到底，一条不重不漏', async (sort) => {
    for (const descending of ['true', 'false'] as const) {
      const whole = await idsOf(server.as('regulator'), { sort, descending })
      const paged: string[] = []
      let after: string | undefined
      do {
        const page = granted(
          await server
            .as('regulator')
            .call(readRegister, { query: { sort, descending, limit: 2, ...(after && { after }) } }),
        )
        paged.push(...page.items.map(({ id }) => id))
        after = page.next
      } while (after !== undefined)
      expect(paged).toEqual(whole)
      expect(new Set(paged).size).toBe(paged.length)
    }
  })

  test('筛选用的单位只有管辖内的', async () => {
    const { mines, companies, divisions } = granted(await server.as('regulator').call(registerUnits, {}))
    expect(mines.map(({ code }) => code)).toEqual(['T01', 'T02'])
    expect(companies.map(({ name }) => name)).toEqual(['测试石灰岩有限公司'])
    expect(divisions).toEqual([
      { code: '140404102', name: '荫城镇' },
      { code: '140404103', name: '西火镇' },
    ])
  })
})

describe('保存的视图', () => {
  const view = {
    name: '我的重大',
    columns: ['number', 'status'] as const,
    filter: { grade: 'major' as const },
    sort: 'due' as const,
    descending: false,
  }
  const body = { ...view, columns: [...view.columns] }

  test('各人存各人的：改名、重排、删除', async () => {
    const id = uuidv7()
    const regulator = server.as('regulator')
    granted(await regulator.call(putView, { params: { id }, body }))
    granted(await regulator.call(putView, { params: { id }, body: { ...body, name: '重大隐患' } }))
    expect(granted(await regulator.call(listViews, {})).items).toEqual([{ id, ...body, name: '重大隐患' }])
    expect(granted(await server.as('enforcer').call(listViews, {})).items).toEqual([])
    expect(granted(await server.as('enforcer').call(deleteView, { params: { id } })).deleted).toBe(false)
    expect(
      refused(await regulator.call(putView, { params: { id: uuidv7() }, body: { ...body, name: '重大隐患' } })).code,
    ).toBe('view-name-taken')
    expect(granted(await regulator.call(deleteView, { params: { id } })).deleted).toBe(true)
    expect(granted(await regulator.call(listViews, {})).items).toEqual([])
  })

  test('专家的授权只到所帮的矿，他的视图存在自己单位', async () => {
    const id = uuidv7()
    granted(await server.as('expert').call(putView, { params: { id }, body }))
    expect(granted(await server.as('expert').call(listViews, {})).items).toHaveLength(1)
  })
})

describe('导出', () => {
  const asked = (filter: RegisterFilter, format: 'csv' | 'xlsx' = 'csv') => ({
    commandId: uuidv7(),
    format,
    columns: ['number' as const, 'mineName' as const, 'place' as const, 'description' as const, 'foundOn' as const],
    filter,
  })

  test('符合条件的全部在文件里，行数写在最后一行；没有一格会变成公式', async () => {
    const body = asked({})
    const { content, fileName } = await downloaded(server.as('regulator'), body)
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content)
    expect(fileName).toMatch(/^隐患台账.*\.csv$/)
    expect(text.startsWith('\ufeff编号,矿山,部位,描述,发现日期\r\n')).toBe(true)
    const lines = text.trimEnd().split('\r\n')
    const { total } = granted(await server.as('regulator').call(totalOfRegister, { query: {} }))
    expect(lines.at(-1)).toBe(`共 ${total} 行`)
    expect(lines).toHaveLength(total + 2)
    expect(text).toContain("'=1+1,'+cmd|calc")
    const progress = granted(await server.as('regulator').call(readExport, { params: { id: body.commandId } }))
    expect(progress).toEqual({ total, written: total, state: 'done' })
  })

  test('导出留痕：谁、什么条件、多少行；记录在案才放行', async () => {
    const body = asked({ grade: 'major' }, 'xlsx')
    await downloaded(server.as('regulator'), body)
    const { rows } = await server.owner.query(
      'select account_id, role, format, rows, doc from read.register_export where id = $1',
      [body.commandId],
    )
    expect(rows).toEqual([
      {
        account_id: server.as('regulator').accountId,
        role: 'regulator',
        format: 'xlsx',
        rows: 2,
        doc: {
          columns: body.columns,
          filter: { grade: 'major' },
          sort: 'found',
          descending: true,
          on: '2023-07-03',
        },
      },
    ])
  })

  test('超出授权的导出被拒绝，不给一份少了行的文件', async () => {
    const { ids, as } = server
    const codeOf = async (person: Person, filter: RegisterFilter) => {
      const answer = await person.download(exportRegister, { body: asked(filter) })
      return answer.ok ? 'granted' : answer.problem.code
    }
    expect(await codeOf(as('regulator'), { mineId: ids.foreign })).toBe('out-of-scope')
    expect(await codeOf(as('regulator'), { companyId: ids.otherCompany })).toBe('out-of-scope')
    expect(await codeOf(as('regulator'), { division: '1404' })).toBe('out-of-scope')
    expect(await codeOf(as('regulator'), { division: '140425' })).toBe('out-of-scope')
    expect(await codeOf(as('principal'), { mineId: ids.sibling })).toBe('out-of-scope')
    expect(await codeOf(as('principal'), { division: '140425' })).toBe('out-of-scope')
    expect(await codeOf(as('worker'), {})).toBe('role-may-not')
    expect(await codeOf(as('expert'), {})).toBe('role-may-not')
    expect(await codeOf(as('regulator'), { division: '140404103' })).toBe('granted')
    expect(await codeOf(as('regulator'), { figure: 'majorFound' })).toBe('granted')
    const { rows } = await server.owner.query<{ n: number }>(
      `select count(*)::int as n from read.register_export where doc -> 'filter' ? 'mineId'`,
    )
    expect(rows[0]?.n).toBe(0)
  })
})

const downloaded = async (
  person: Person,
  body: Parameters<typeof person.download<typeof exportRegister>>[1]['body'],
) => {
  const answer = await person.download(exportRegister, { body })
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem))
  return { content: new Uint8Array(await answer.value.content.arrayBuffer()), fileName: answer.value.fileName }
}
