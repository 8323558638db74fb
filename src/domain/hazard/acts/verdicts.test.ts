import { describe, expect, test } from 'vitest'
import { attempt, bodies, contextOf, led, stateOf, type Told, tell } from '#tests/support/hazardStream.ts'

const told = (by: Told['by'], act: Told['act'], body: object = {}): Told => ({
  by,
  act,
  body: { ...bodies[act], ...body },
})
type Events = ReturnType<typeof led>
const refusedFor = (events: Events, one: Told, given: Parameters<typeof attempt>[2] = {}) => {
  const outcome = attempt(events, one, given)
  return outcome.ok ? undefined : outcome.refusal.code
}
const self = led('found')
const department = led('found', { grade: 'major', source: 'enforcement' })
const general = { outcome: 'general', criteria: [] }
const notEstablished = { outcome: 'notEstablished', criteria: [] }

describe('判定', () => {
  test('企业自查的，企业可以判定不构成并写明依据（H11）', () => {
    const state = stateOf(tell([told('technicalHead', 'judge', notEstablished)], {}, self))
    expect(state).toMatchObject({ status: 'notEstablished', ending: { reason: '无稳定性分析报告' } })
  })

  test('部门发现的，不构成、一般都由部门判定；企业判为重大的收下', () => {
    expect(refusedFor(department, told('principal', 'judge', notEstablished))).toBe('department-finding')
    expect(refusedFor(department, told('principal', 'judge', general))).toBe('department-finding')
    expect(refusedFor(department, told('principal', 'judge'))).toBeUndefined()
    for (const body of [notEstablished, general])
      expect(refusedFor(department, told('enforcer', 'judge', body))).toBeUndefined()
  })

  test('班组长只能把初步判断为一般的判为一般', () => {
    const suspected = led('found', { grade: 'general', source: 'principalCheck' })
    expect(refusedFor(suspected, told('crewLeader', 'judge', general))).toBeUndefined()
    expect(refusedFor(suspected, told('crewLeader', 'judge', notEstablished))).toBe('only-general')
    expect(refusedFor(suspected, told('crewLeader', 'judge'))).toBe('only-general')
    expect(refusedFor(self, told('crewLeader', 'judge', general))).toBe('role-may-not')
  })

  test('重大的写明判定标准；触及判定标准的不能判为一般', () => {
    expect(refusedFor(self, told('technicalHead', 'judge', { criteria: [] }))).toBe('major-without-criterion')
    expect(refusedFor(self, told('technicalHead', 'judge', { outcome: 'general' }))).toBe('general-touches-criterion')
  })

  test('按发现之日的标准判定：那天没有施行的、不涉及本矿的，都不能引用', () => {
    const asked: string[] = []
    const criterion = (code: string, onDate: string) => {
      asked.push(onDate)
      return code === 'OP-06'
        ? { code, packVersion: '2022-88', title: code, applies: false, reason: '地下矿山' }
        : undefined
    }
    expect(refusedFor(self, told('technicalHead', 'judge'), { criterion })).toBe('criterion-not-applicable')
    expect(refusedFor(self, told('technicalHead', 'judge', { criteria: ['XX-01'] }), { criterion })).toBe(
      'criterion-not-in-force',
    )
    expect(new Set(asked)).toEqual(new Set(['2023-09-01']))
  })

  test('一个事实触及两条，只算一条隐患；同一条写两遍只记一遍', () => {
    const state = stateOf(tell([told('technicalHead', 'judge', { criteria: ['OP-03', 'OP-02', 'OP-03'] })], {}, self))
    expect(state.judgement?.criteria).toEqual([
      { code: 'OP-03', packVersion: '2022-88' },
      { code: 'OP-02', packVersion: '2022-88' },
    ])
  })
})

describe('改判', () => {
  const major = led('rectifying')

  test('重大改一般、去掉判定标准，由应急局办；往重里改、添判定标准，企业也可以', () => {
    expect(refusedFor(major, told('principal', 'rejudge', general))).toBe('lowering-is-the-bureaus')
    expect(refusedFor(major, told('principal', 'rejudge', { criteria: ['OP-03'] }))).toBe('lowering-is-the-bureaus')
    expect(refusedFor(major, told('principal', 'rejudge'))).toBeUndefined()
    expect(refusedFor(major, told('regulator', 'rejudge', general))).toBeUndefined()
    expect(
      refusedFor(led('rectifying', { grade: 'general', source: 'enforcement' }), told('safetyOfficer', 'rejudge')),
    ).toBeUndefined()
  })

  test('什么都没改的，不算改判', () => {
    expect(refusedFor(major, told('regulator', 'rejudge', { criteria: ['OP-06'] }))).toBe('nothing-rejudged')
  })

  test.each(['accepted', 'rechecked'] as const)('%s 的一般隐患改为重大：验收不算，回到整改中，重新补齐', (status) => {
    const raised = stateOf(
      tell([told('regulator', 'rejudge')], {}, led(status, { grade: 'general', source: 'principalCheck' })),
    )
    expect(raised).toMatchObject({ status: 'rectifying', judgement: { grade: 'major' } })
    expect(raised.acceptance).toBeUndefined()
  })
})

describe('登记', () => {
  const report = (by: Told['by'], body: object, given: Parameters<typeof attempt>[2] = {}) =>
    refusedFor([], told(by, 'report', body), given)

  test('一张照片、一句话或者一个部位就收下；什么都没有的不收', () => {
    const bare = { description: undefined }
    expect(report('worker', { ...bare, source: 'workerReport', photos: ['a'.repeat(64)] })).toBeUndefined()
    expect(report('worker', { ...bare, source: 'workerReport', place: '北帮' })).toBeUndefined()
    expect(report('worker', { ...bare, source: 'workerReport' })).toBe('nothing-reported')
  })

  test('企业不能替部门登记；隐患记在所在矿的台账里，局里只记等待核查的群众举报', () => {
    const { tenantId: mine } = contextOf()
    const bureau = contextOf({ role: 'regulator' }).actor.homeTenantId
    expect(report('principal', { source: 'enforcement' })).toBe('source-not-yours')
    expect(report('regulator', { source: 'enforcement' }, { tenantId: bureau })).toBe('register-of-another')
    expect(report('regulator', { source: 'publicReport' }, { tenantId: mine })).toBe('report-stays-with-bureau')
    expect(report('regulator', { source: 'publicReport' }, { tenantId: bureau })).toBeUndefined()
  })

  test('当场整改一步办结：过的是同样的状态，五定自动填好，没有照片也不冒充“无可拍摄”（PRACTICE 25）', () => {
    const events = tell([told('crewLeader', 'reportFixed')])
    expect(events.map(({ type }) => type.slice(7))).toEqual([
      'report',
      'judge',
      'assign',
      'accept',
      'recheck',
      'closeOut',
    ])
    expect(stateOf(events)).toMatchObject({
      status: 'closed',
      five: { funds: { value: 0 }, contingencyPlan: { value: '现场处置' } },
      acceptance: { notPhotographable: false },
    })
    expect(refusedFor([], told('crewLeader', 'reportFixed', { checkedBy: bodies.reportFixed.responsible }))).toBe(
      'recheck-by-responsible',
    )
    expect(refusedFor([], told('safetyOfficer', 'reportFixed', { source: 'enforcement' }))).toBe(
      'short-way-own-findings',
    )
  })

  test('登记更正：发现日期改得早，改不到判定之后；改过几次记着', () => {
    const judged = led('judged')
    const state = stateOf(tell([told('safetyOfficer', 'correct', { foundOn: '2023-08-30' })], {}, judged))
    expect(state).toMatchObject({ corrections: 1, finding: { on: '2023-08-30', place: '西帮' } })
    expect(refusedFor(judged, told('safetyOfficer', 'correct', { foundOn: '2023-09-16' }))).toBe('found-after-judged')
  })
})
