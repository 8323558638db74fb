import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldMeta } from '#domain/field.ts'
import { factNames, facts, isFact } from '#domain/hazard/facts.ts'
import { standingStop } from '#domain/hazard/standing.ts'
import { transitions } from '#domain/hazard/transitions.ts'
import { arbitraryBody } from '#tests/support/arbitraryBody.ts'
import { attempt, bodies, led, stateOf, type Told, tell } from '#tests/support/hazardStream.ts'

const told = (by: Told['by'], act: Told['act'], body: object = {}): Told => ({
  by,
  act,
  body: { ...bodies[act], ...body },
})
type Events = ReturnType<typeof led>
const refusedFor = (events: Events, one: Told) => {
  const outcome = attempt(events, one)
  return outcome.ok ? undefined : outcome.refusal.code
}
const stop = (events: Events) => standingStop(stateOf(events))

describe('记入时间线的事项', () => {
  test.each(factNames)('%s：每一栏都有中文名，哪天可以不填', (name) => {
    expect(facts[name].title).toMatch(/\p{Script=Han}/u)
    for (const [field, schema] of Object.entries(facts[name].body.shape))
      expect(fieldMeta(schema)?.label, field).toMatch(/\p{Script=Han}/u)
    expect(facts[name].body.shape.on.safeParse(undefined).success).toBe(true)
  })

  test.each(factNames)('%s：栏目不与登记人、收到时间、事件编号同名，否则会被盖掉', (name) => {
    for (const taken of ['by', 'receivedAt', 'eventId'])
      expect(Object.keys(facts[name].body.shape)).not.toContain(taken)
  })

  test.each(factNames)('%s：样子随便填，记下的与所填的一样', (name) => {
    const row = transitions[name]
    fc.assert(
      fc.property(arbitraryBody(facts[name].body), (body) => {
        const state = stateOf(led('rectifying'))
        const event = {
          type: `hazard.${name}`,
          v: 1,
          body: { on: '2023-09-15', ...body },
          id: 'e',
          version: 9,
          receivedAt: '2023-09-15T01:00:00.000Z',
          actor: { accountId: 'a', role: 'regulator' as const },
        }
        expect(row?.evolve(state, event).facts[name]?.at(-1)).toMatchObject({ on: '2023-09-15', ...body })
      }),
      { numRuns: 30 },
    )
  })

  test('不是事项的名字不认', () => {
    expect(isFact('trace')).toBe(true)
    for (const name of ['toString', 'constructor', 'accept']) expect(isFact(name), name).toBe(false)
  })
})

describe('处罚不销号（通知 四(二)6）', () => {
  test.each(['found', 'judged', 'rectifying', 'accepted', 'rechecked', 'closed'] as const)(
    '在 %s 时记下处罚，状态不变',
    (status) => {
      const before = led(status)
      const after = tell(
        [told('enforcer', 'penalty'), told('enforcer', 'penalty', { against: 'principal' })],
        {},
        before,
      )
      expect(stateOf(after)).toEqual({ ...stateOf(before), facts: stateOf(after).facts })
      expect(stateOf(after).facts.penalty).toHaveLength(2)
    },
  )
})

describe('停产和恢复', () => {
  const stopped = tell([told('principal', 'control', { scope: 'whole' })], {}, led('rectifying'))

  test('几次管控，以最宽的为准；设警戒、停设备不算停产', () => {
    expect(stop(led('rectifying'))).toBe('partial')
    expect(stop(stopped)).toBe('whole')
    const watched = tell(
      [told('crewLeader', 'control', { scope: 'equipment' })],
      {},
      led('found', { grade: 'general', source: 'principalCheck' }),
    )
    expect(stop(watched)).toBeUndefined()
  })

  test('重大隐患没有验收，企业不能自行解除停产；部门可以', () => {
    expect(refusedFor(stopped, told('principal', 'controlLifted'))).toBe('stop-stands-until-accepted')
    expect(stop(tell([told('regulator', 'controlLifted')], {}, stopped))).toBeUndefined()
  })

  test('自查的、没有责令过的，验收之后企业可以解除；部门发现或者责令过的，要申请', () => {
    expect(refusedFor(led('accepted'), told('principal', 'controlLifted'))).toBeUndefined()
    const department = led('accepted', { grade: 'major', source: 'enforcement' })
    expect(refusedFor(department, told('principal', 'controlLifted'))).toBe('resumption-is-the-bureaus')
    const ordered = tell([told('regulator', 'order')], {}, led('accepted'))
    expect(refusedFor(ordered, told('principal', 'controlLifted'))).toBe('resumption-is-the-bureaus')
  })

  test('解除以后又停的，停产重新算起', () => {
    const lifted = tell([told('regulator', 'controlLifted')], {}, stopped)
    expect(stop(tell([told('worker', 'control', { scope: 'partial' })], {}, lifted))).toBe('partial')
  })

  test('解除一处、别处还停的，写明还停着的', () => {
    expect(stop(tell([told('regulator', 'controlLifted', { remaining: 'partial' })], {}, stopped))).toBe('partial')
  })

  test('解除之后才补录的、解除之前的停产，只留痕，不再算停产', () => {
    const lifted = tell([told('regulator', 'controlLifted')], {}, stopped)
    expect(stop(tell([told('worker', 'control', { scope: 'whole', on: '2023-09-10' })], {}, lifted))).toBeUndefined()
  })

  test('销号不等于恢复生产：销号之后停产还在，批准恢复了才没有（PRACTICE D）', () => {
    expect(stop(led('closed'))).toBe('partial')
    const asked = tell([told('principal', 'resumeRequest')], {}, led('closed'))
    expect(stop(tell([told('bureauDeputy', 'resumeDecision', { granted: 'no' })], {}, asked))).toBe('partial')
    expect(stop(tell([told('bureauDeputy', 'resumeDecision')], {}, asked))).toBeUndefined()
  })

  test('没有停产的不用申请恢复，没有申请的不用批；复查合格之前不能同意（安全生产法 65(3)）', () => {
    const general = led('accepted', { grade: 'general', source: 'principalCheck' })
    expect(refusedFor(general, told('principal', 'resumeRequest'))).toBe('no-stop-to-resume-from')
    expect(refusedFor(led('accepted'), told('bureauDeputy', 'resumeDecision'))).toBe('no-resumption-request')
    const asked = tell([told('principal', 'resumeRequest')], {}, led('accepted'))
    expect(refusedFor(asked, told('bureauDeputy', 'resumeDecision'))).toBe('resumption-before-recheck')
    expect(refusedFor(asked, told('bureauDeputy', 'resumeDecision', { granted: 'no' }))).toBeUndefined()
  })

  test('溯源没有做，不挡恢复生产（PRACTICE A1）', () => {
    const resumed = tell(
      [told('principal', 'resumeRequest'), told('bureauDeputy', 'resumeDecision')],
      {},
      led('closed'),
    )
    expect(stateOf(resumed).facts.trace).toBeUndefined()
  })
})

describe('挂牌和摘牌', () => {
  const listed = tell([told('regulator', 'listing')], {}, led('rectifying'))

  test('部门查出的重大隐患也可以挂牌；一般隐患不挂', () => {
    expect(
      refusedFor(led('rectifying', { grade: 'major', source: 'enforcement' }), told('regulator', 'listing')),
    ).toBeUndefined()
    expect(
      refusedFor(led('rectifying', { grade: 'general', source: 'enforcement' }), told('regulator', 'listing')),
    ).toBe('listing-for-major')
    expect(refusedFor(listed, told('regulator', 'listing'))).toBe('listed-already')
  })

  test('重大隐患复查合格之前不能摘牌；改判为一般的可以摘', () => {
    expect(refusedFor(listed, told('regulator', 'delisting'))).toBe('listed-until-rechecked')
    const lowered = tell([told('regulator', 'rejudge', { outcome: 'general', criteria: [] })], {}, listed)
    expect(refusedFor(lowered, told('regulator', 'delisting'))).toBeUndefined()
  })

  test('摘牌不等于销号', () => {
    const rechecked = tell([told('regulator', 'listing'), told('regulator', 'delisting')], {}, led('rechecked'))
    expect(stateOf(rechecked).status).toBe('rechecked')
  })
})

describe('停的是哪里', () => {
  const where = (events: Events) => stateOf(events).stopped?.map(({ where: place, scope }) => [place, scope])
  const general = led('rectifying', { grade: 'general', source: 'principalCheck' })
  const two = tell(
    [
      told('principal', 'control', { scope: 'partial', where: '破碎口' }),
      told('principal', 'control', { scope: 'partial', where: '二号皮带' }),
    ],
    {},
    general,
  )

  test('局部停产写明部位；几处一处一处记着', () => {
    expect(where(two)).toEqual([
      ['破碎口', 'partial'],
      ['二号皮带', 'partial'],
    ])
  })

  test('解除一处，别处仍停；全部解除或者恢复生产，一处不留', () => {
    const one = tell([told('regulator', 'controlLifted', { where: '破碎口', remaining: 'partial' })], {}, two)
    expect(where(one)).toEqual([['二号皮带', 'partial']])
    expect(stop(one)).toBe('partial')
    const none = tell([told('regulator', 'controlLifted', { where: '二号皮带', remaining: 'none' })], {}, one)
    expect(where(none)).toBeUndefined()
    expect(stop(none)).toBeUndefined()
  })
})
