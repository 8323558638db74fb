import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HazardListed, type HazardShown, listHazards, readHazard } from '#contract/hazard.ts'
import { type Home, readHome } from '#contract/home.ts'
import { listMines, listPeople, type MineShown } from '#contract/org.ts'
import { appInfo } from '#contract/session.ts'
import { demoAccounts } from '#demo/accounts.ts'
import { companies } from '#demo/companies.ts'
import { demoId } from '#demo/demoId.ts'
import { mineCodes } from '#demo/mines.ts'
import { populateDemo } from '#demo/populateDemo.ts'
import { personOf, posts } from '#demo/posts.ts'
import { stories } from '#demo/stories.ts'
import { checkCreditCode } from '#domain/creditCode.ts'
import { latest } from '#domain/hazard/facts.ts'
import { dualReported, standingStop } from '#domain/hazard/standing.ts'
import { homeFigures } from '#server/home/queries.ts'
import { type OpenDemo, openDemo } from '#tests/support/demo.ts'
import { granted } from '#tests/support/district.ts'

let demo: OpenDemo
let home: Home
let listed: readonly HazardListed[]
let mines: readonly MineShown[]
const shown = new Map<string, HazardShown>()

const registerOf = (code: string): string => stories.find((story) => story.code === code)?.register ?? ''

const hazard = (code: string): HazardShown => {
  const found = shown.get(code)
  if (!found) throw new Error(`no ${code}`)
  return found
}

const codeOf = (id: string): string => stories.find(({ code }) => demoId(code) === id)?.code ?? id

const codesOf = (items: readonly { id: string }[]): readonly string[] => items.map(({ id }) => codeOf(id)).sort()

const codesWhere = (holds: (one: HazardShown, code: string) => boolean): readonly string[] =>
  [...shown].flatMap(([code, one]) => (holds(one, code) ? [code] : [])).sort()

const isMajor = ({ state }: HazardShown): boolean => state.judgement?.grade === 'major'
const isGeneral = ({ state }: HazardShown): boolean => state.judgement?.grade === 'general'

beforeAll(async () => {
  demo = await openDemo()
  const chief = await demo.as('局/三股股长')
  home = granted(await chief.call(readHome, {}))
  listed = granted(await chief.call(listHazards, { query: { limit: 200 } })).items
  mines = granted(await chief.call(listMines, { query: { limit: 200 } })).items
  for (const { code } of stories)
    shown.set(
      code,
      granted(await chief.call(readHazard, { params: { tenantId: demoId(registerOf(code)), id: demoId(code) } })),
    )
})

afterAll(() => demo?.close())

const rate = (closed: number, found: number): string => `${((closed / found) * 100).toFixed(1)}%`

describe('2023-09-15 的演示区，股长首页上的数', () => {
  test('矿（库）12、企业11、范围内9、盯守2，从业432人（本矿294、外包外租138）', () => {
    expect(home.figures).toMatchObject({ mines: 12, companies: 11, inScope: 9, watched: 2, staff: 432 })
    const sum = (of: (mine: MineShown) => number) => mines.reduce((total, mine) => total + of(mine), 0)
    expect(sum(({ staffOwn }) => staffOwn)).toBe(294)
    expect(sum(({ staffContracted }) => staffContracted)).toBe(138)
    expect(mines.filter(({ inScope }) => inScope).map(({ code }) => code)).toEqual(
      mineCodes.filter((code) => !['F06', 'F11', 'F12'].includes(code)),
    )
  })

  test('隐患25 = 重大10＋一般13＋判定不构成1＋核查中1', () => {
    expect(listed).toHaveLength(25)
    expect(codesOf(listed)).toEqual(stories.map(({ code }) => code))
    const { major, general, notEstablished, verifying } = home.figures
    expect([major.found, general.found, notEstablished, verifying]).toEqual([10, 13, 1, 1])
    expect(codesWhere(({ state }) => state.status === 'notEstablished')).toEqual(['H11'])
    expect(codesWhere(({ state }) => state.status === 'found')).toEqual(['H12'])
  })

  test('重大：已销号4、未销号6、逾期1、批准延期1，整改率40.0%', () => {
    expect(home.figures.major).toEqual({ found: 10, closed: 4, open: 6, extended: 1 })
    expect(home.figures.overdue).toBe(1)
    expect(rate(home.figures.major.closed, home.figures.major.found)).toBe('40.0%')
    expect(codesWhere((one) => isMajor(one) && one.state.status === 'closed')).toEqual(['H02', 'H04', 'H07', 'H10'])
    expect(codesWhere((one) => isMajor(one) && one.state.status !== 'closed')).toEqual([
      'H01',
      'H03',
      'H05',
      'H06',
      'H08',
      'H09',
    ])
    expect(codesWhere(({ state }) => latest(state.facts.extensionDecision)?.granted === 'yes')).toEqual(['H03'])
  })

  test('逾期的只有H01：原期限08-31，逾15天；重新责令的09-28不移动它', async () => {
    expect(codesWhere(({ timeliness }) => timeliness.kind === 'overdue')).toEqual(['H01'])
    expect(hazard('H01').timeliness).toEqual({ kind: 'overdue', deadline: '2023-08-31', daysLate: 15 })
    const chief = await demo.as('局/三股股长')
    const overdue = granted(await chief.call(listHazards, { query: { overdue: 'true' } }))
    expect(overdue.items.map(({ id, overdueDays }) => [codeOf(id), overdueDays])).toEqual([['H01', 15]])
  })

  test('H07：期限06-30、申请06-29、复查07-05、销号07-06，未逾期', () => {
    const { state, timeliness } = hazard('H07')
    expect(timeliness).toEqual({ kind: 'inTime', deadline: '2023-06-30', finishedOn: '2023-06-29' })
    expect([latest(state.rechecks)?.on, state.closing?.on]).toEqual(['2023-07-05', '2023-07-06'])
  })

  test('H03：批准延期至10-13，不算逾期', () => {
    expect(hazard('H03').timeliness).toEqual({ kind: 'running', deadline: '2023-10-13', daysLeft: 28 })
  })

  test('重大来源：企业自查8（含企业聘请专家1、地形数据确认1），部门执法2', () => {
    expect(home.figures.majorFoundBy).toEqual({ mine: 8, department: 2 })
    const majorFrom = (source: string) => codesWhere((one) => isMajor(one) && one.state.finding.source === source)
    expect(majorFrom('hiredExpert')).toEqual(['H10'])
    expect(majorFrom('computedData')).toEqual(['H05'])
    expect(majorFrom('enforcement')).toEqual(['H06', 'H09'])
  })

  test('挂牌8，督办人监管员甲，督办期限同整改期限；摘牌4，摘牌日同销号日，各记一次', () => {
    expect([home.figures.listed, home.figures.delisted]).toEqual([8, 4])
    const onBoard = codesWhere(({ state }) => state.facts.listing !== undefined)
    expect(onBoard).toEqual(['H01', 'H02', 'H03', 'H04', 'H05', 'H07', 'H08', 'H10'])
    for (const code of onBoard) {
      const { facts, five } = hazard(code).state
      expect(facts.listing).toHaveLength(1)
      expect(facts.listing?.[0]).toMatchObject({ tracker: personOf('局/监管员甲'), deadline: five.deadline?.value })
    }
    const taken = codesWhere(({ state }) => state.facts.delisting !== undefined)
    expect(taken).toEqual(['H02', 'H04', 'H07', 'H10'])
    for (const code of taken) {
      const { facts, closing } = hazard(code).state
      expect(facts.delisting?.map(({ on }) => on)).toEqual([closing?.on])
    }
  })

  test('一般：已销号10、整改中3、逾期0、重复1，整改率76.9%', () => {
    expect(home.figures.general).toEqual({ found: 13, closed: 10, open: 3, overdue: 0, repeated: 1 })
    expect(rate(home.figures.general.closed, home.figures.general.found)).toBe('76.9%')
    expect(codesWhere((one) => isGeneral(one) && one.state.status !== 'closed')).toEqual(['H17', 'H19', 'H21'])
    expect(hazard('H17').state.facts.repeatLink?.map(({ earlier }) => codeOf(earlier))).toEqual(['H16'])
  })

  test('双报告齐全：重大10条中9条，缺H09职工大会', () => {
    expect(home.figures.dualReported).toBe(9)
    expect(codesWhere((one) => isMajor(one) && !dualReported(one.state))).toEqual(['H09'])
    const { facts } = hazard('H09').state
    expect([facts.departmentReport?.length, facts.workersReport]).toEqual([1, undefined])
  })

  test('重大隐患资金：计划253.70万元、已用126.78万元（H09未填）', () => {
    expect([home.figures.fundsPlanned, home.figures.fundsSpent]).toEqual([253_700_000, 126_780_000])
    expect(codesWhere((one) => isMajor(one) && one.state.five.funds === undefined)).toEqual(['H09'])
  })

  test('停产：全矿1（F05）、局部5（F01、F03、F04、F08、F10）', () => {
    expect(home.figures.stopped).toEqual({ whole: 1, partial: 5 })
    const minesStopped = (scope: string) =>
      [...shown.values()]
        .filter(({ state }) => state.status !== 'closed' && standingStop(state) === scope)
        .map(({ state }) => mines.find(({ id }) => id === state.finding.mineId)?.code)
        .sort()
    expect(minesStopped('whole')).toEqual(['F05'])
    expect(minesStopped('partial')).toEqual(['F01', 'F03', 'F04', 'F08', 'F10'])
  })

  test('一句话：部门精准执法阶段，剩76天；未销号重大隐患6条，逾期1条', () => {
    expect(home.today).toBe('2023-09-15')
    expect(home.phase).toEqual({ title: '部门精准执法', until: '2023-11-30', daysLeft: 76 })
    expect([home.figures.openMajor, home.figures.overdue]).toEqual([6, 1])
  })

  test('同一个查询，区划和市局看到的数一样', async () => {
    const figuresOf = (code: string) =>
      demo.platform.read({ scope: { kind: 'division', code } }, (scope) => homeFigures(scope, '2023-09-15'))
    expect(await figuresOf('140404')).toEqual(home.figures)
    expect(await figuresOf('1404')).toEqual(home.figures)
  })
})

describe('三栏', () => {
  test('待我办：H12核查剩5天，H01责令后复查', () => {
    const mine = home.mine.map(({ hazardId, title, daysLeft }) => [codeOf(hazardId), title, daysLeft])
    expect(mine).toContainEqual(['H12', '核查', 5])
    expect(mine.find(([code]) => code === 'H01')?.[1]).toBe('责令后复查')
  })

  test('未落实：H09缺方案、职工大会和五定三项；H01整改逾期', () => {
    const owed = home.notDone.map(({ hazardId, title }) => `${codeOf(hazardId)} ${title}`)
    expect(owed).toEqual(
      expect.arrayContaining(['H09 治理方案未交', 'H09 职工大会未报', 'H09 五定缺措施、资金、预案', 'H01 整改']),
    )
    expect(home.notDone.every(({ hazardId }) => ['H01', 'H09'].includes(codeOf(hazardId)))).toBe(true)
  })

  test('风险上升：滑移迹象的H08排在前面', () => {
    expect(home.rising.map(({ hazardId }) => codeOf(hazardId))).toEqual(['H08', 'H09'])
  })
})

describe('时间和编号', () => {
  test('每件事都在发生的当天收到；只有H12是09-11举报、09-12受理', () => {
    const late = [...shown].flatMap(([code, { timeline }]) =>
      timeline.flatMap(({ act, enteredLater }) => (enteredLater ? [`${code} ${act}`] : [])),
    )
    expect(late).toEqual(['H12 report'])
  })

  test('H08：15:32下令撤人，15:40电话报告，15:58清点19人，16:20书面报告', () => {
    const { timeline, state } = hazard('H08')
    const at = (act: string) =>
      timeline.filter((entry) => entry.act === act).map(({ receivedAt }) => new Date(receivedAt).getTime())
    const moments = (...times: readonly string[]) =>
      times.map((time) => Math.floor(Date.parse(`2023-07-29T${time}:00+08:00`) / 60_000))
    const minutes = (act: string) => at(act).map((instant) => Math.floor(instant / 60_000))
    expect(minutes('control')).toEqual(moments('15:32', '15:58'))
    expect(minutes('departmentReport')).toEqual(moments('15:40', '16:20'))
    expect(state.facts.departmentReport?.map(({ how }) => how)).toEqual(['phone', 'paper'])
    expect(latest(state.facts.control)?.withdrawn).toBe(19)
    expect(state.facts.controlLifted).toBeUndefined()
  })

  test('登记编号逐矿连续，举报记在局里', () => {
    const numbers = new Map<string, number[]>()
    for (const { state } of shown.values()) {
      const [prefix = '', year, count] = state.number.split('-')
      expect(year).toBe('2023')
      numbers.set(prefix, [...(numbers.get(prefix) ?? []), Number(count)])
    }
    for (const [, counts] of numbers) expect(counts.sort((a, b) => a - b)).toEqual(counts.map((_, index) => index + 1))
    expect(hazard('H12').state.number).toBe('局-2023-001')
  })

  test('督办文号1到8号不缺号，先后与日期一致', () => {
    const listings = [...shown.values()].flatMap(({ state }) => state.facts.listing ?? [])
    const byNumber = listings
      .map(({ document, on }) => ({ number: Number(/〔2023〕(\d+)号/.exec(document)?.[1]), on }))
      .sort((a, b) => a.number - b.number)
    expect(byNumber.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(byNumber.map(({ on }) => on)).toEqual(byNumber.map(({ on }) => on).sort())
  })

  test('再跑一遍不多出一件事', async () => {
    const countEvents = () =>
      demo.platform.read({ scope: { kind: 'division', code: '1404' } }, async ({ client }) => {
        const { rows } = await client.query<{ events: number }>('select count(*)::int as events from core.event')
        return rows[0]?.events
      })
    const before = await countEvents()
    await populateDemo(demo.platform, demo.clock)
    expect(await countEvents()).toBe(before)
    expect(demo.platform.clock.now().toISOString()).toBe('2023-09-15T01:00:00.000Z')
  })
})

describe('虚构，看得出来', () => {
  test('演示标记和水印', async () => {
    const info = granted(await demo.stranger.call(appInfo, {}))
    expect(info).toMatchObject({
      demo: true,
      watermark: '演示数据·虚构',
      businessDate: '2023-09-15',
      businessTime: '09:00',
    })
    expect(info.demoAccounts.map(({ login }) => login)).toEqual(demoAccounts.map(({ login }) => login))
  })

  test('人只有岗位，没有姓名和电话', async () => {
    const chief = await demo.as('局/三股股长')
    for (const code of ['局', ...mineCodes]) {
      const { items } = granted(await chief.call(listPeople, { params: { tenantId: demoId(code) } }))
      expect(items.length).toBe(posts.filter(({ home: tenant }) => tenant === code).length)
      expect(items.every(({ name, phone }) => name === undefined && phone === undefined)).toBe(true)
    }
  })

  test('信用代码演示区放行、正式库拒绝，11个代码校验位都对', () => {
    for (const { value } of companies) {
      expect(checkCreditCode(value.creditCode, { allowUnassignedAuthority: true })).toEqual({ ok: true })
      expect(checkCreditCode(value.creditCode, { allowUnassignedAuthority: false })).toMatchObject({
        reason: '第1位不是已分配的登记管理部门代码',
      })
    }
  })

  test.each([
    ['末位错', 'F1140404DEM0000144', '第18位'],
    ['只有第17位错', 'F1140404DEM0000156', '第17位'],
    ['含字母O', 'F1140404DEMO000143', '第12位“O”'],
  ])('%s的代码连演示区也不收', async (_what, creditCode, says) => {
    const { actor } = await demo.as('局/三股股长')
    const outcome = await demo.platform.execute(actor, {
      id: demoId(`refused/${creditCode}`),
      tenantId: demoId(creditCode),
      streamId: demoId(creditCode),
      act: 'company.put',
      body: { name: '演示·错码企业', creditCode, div: '140404' },
    })
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'credit-code' } })
    expect(outcome.ok === false && outcome.refusal.message).toContain(says)
  })

  test('照片看得见，整改前后各有一张', async () => {
    const { token } = await demo.as('局/三股股长')
    for (const code of ['H02', 'H03', 'H04', 'H07', 'H08', 'H16', 'H17']) {
      const { state, tenantId, files } = hazard(code)
      const after = [
        ...(state.acceptance?.photos ?? []),
        ...(state.facts.progress ?? []).flatMap(({ photos }) => photos ?? []),
      ]
      expect(state.finding.photos.length, code).toBe(1)
      expect(after.length, code).toBe(1)
      for (const sha256 of [...state.finding.photos, ...after]) {
        expect(files[sha256]).toMatchObject({ mime: 'image/jpeg' })
        const thumb = await fetch(`${demo.baseUrl}/api/tenants/${tenantId}/files/${sha256}/thumb`, {
          headers: { authorization: `Bearer ${token}` },
        })
        expect([thumb.status, thumb.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
      }
    }
  })
})
