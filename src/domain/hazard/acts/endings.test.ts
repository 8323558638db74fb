import { describe, expect, test } from 'vitest'
import {
  attempt,
  bodies,
  bureauId,
  contextOf,
  led,
  mineId,
  openedHazardId,
  person,
  stateOf,
  type Told,
  tell,
} from '#tests/support/hazardStream.ts'

const told = (by: Told['by'], act: Told['act'], body: object = {}): Told => ({
  by,
  act,
  body: { ...bodies[act], ...body },
})
type Events = ReturnType<typeof led>
type Given = Parameters<typeof attempt>[2]
const refusedFor = (events: Events, one: Told, given: Given = {}) => {
  const outcome = attempt(events, one, given)
  return outcome.ok ? undefined : outcome.refusal.code
}
const other = (given: object): NonNullable<Given> => ({ otherHazard: { ...named, ...given } })
const named = contextOf().otherHazard ?? { id: '', tenantId: '', mineId: '', number: '', status: 'found' as const }

describe('合并', () => {
  test('并入同一座矿还在办理的另一条', () => {
    expect(stateOf(led('merged'))).toMatchObject({ status: 'merged', ending: { reference: 'F01-2023-009' } })
    for (const [given, code] of [
      [{ tenantId: bureauId }, 'merge-target-unknown'],
      [{ mineId: bureauId }, 'merge-target-unknown'],
      [{ number: 'F01-2023-001' }, 'merge-into-itself'],
      [{ status: 'merged' }, 'merge-into-finished'],
      [{ status: 'closed' }, 'merge-into-finished'],
      [{ grade: 'general' }, 'merge-hides-major'],
      [{ grade: undefined }, 'merge-hides-major'],
    ] as const)
      expect(refusedFor(led('found'), told('regulator', 'merge'), other(given)), code).toBe(code)
  })

  test('已判定的重大隐患，企业不能自己合并掉', () => {
    expect(refusedFor(led('found'), told('principal', 'merge'))).toBeUndefined()
    expect(refusedFor(led('rectifying'), told('principal', 'merge'))).toBe('major-merge-is-the-bureaus')
    expect(refusedFor(led('rectifying'), told('regulator', 'merge'))).toBeUndefined()
  })
})

describe('移交企业台账：群众举报在到场核查之后', () => {
  const tip = led('found', { grade: 'major', source: 'publicReport' })
  const given = { tenantId: bureauId }

  test('这一条移交办结，写明企业台账里另立的那一条', () => {
    expect(stateOf(tell([told('regulator', 'handOver')], given, tip))).toMatchObject({
      status: 'transferred',
      ending: { other: openedHazardId, reason: '到场核查后移交企业台账：到场核实属实' },
    })
  })

  test('判定之后也可以移交；不属实的判定不构成；移交出去的不能在这里重新打开', () => {
    const judged = led('judged', { grade: 'major', source: 'publicReport' })
    const handed = tell([told('regulator', 'handOver')], given, judged)
    expect(stateOf(handed).judgement?.grade).toBe('major')
    expect(refusedFor(handed, told('regulator', 'reopen'), given)).toBe('goes-on-elsewhere')
    expect(
      refusedFor(tip, told('regulator', 'judge', { outcome: 'notEstablished', criteria: [] }), given),
    ).toBeUndefined()
  })

  test('本来就在企业台账里的不用移交', () => {
    expect(refusedFor(led('found'), told('regulator', 'handOver'))).toBe('in-the-mines-register-already')
    expect(refusedFor(tip, told('regulator', 'handOver'), { tenantId: mineId })).toBe('in-the-mines-register-already')
  })

  test('企业的人办不了', () => {
    expect(refusedFor(tip, told('principal', 'handOver'), given)).toBe('role-may-not')
  })
})

describe('重新打开', () => {
  test('销号的回到整改中，期限、验收、销号都不算了，以前的复查留着', () => {
    const state = stateOf(tell([told('regulator', 'reopen')], {}, led('closed')))
    expect(state).toMatchObject({ status: 'rectifying', reopenings: [{ reason: '又出现' }] })
    for (const gone of ['acceptance', 'closing', 'recheckRequest', 'due'] as const) expect(state[gone]).toBeUndefined()
    expect(state.five.deadline).toBeUndefined()
    expect(state.rechecks).toHaveLength(1)
  })

  test('判定不构成的回到已发现；错并的、移交退回的回到原来的状态，期限照旧', () => {
    expect(stateOf(tell([told('regulator', 'reopen')], {}, led('notEstablished'))).status).toBe('found')
    const merged = tell([told('regulator', 'merge')], {}, led('rectifying'))
    expect(stateOf(tell([told('regulator', 'reopen')], {}, merged))).toMatchObject({
      status: 'rectifying',
      due: '2023-10-31',
    })
    const transferred = tell([told('regulator', 'transfer')], {}, led('judged'))
    expect(stateOf(tell([told('regulator', 'reopen')], {}, transferred)).status).toBe('judged')
  })

  test('移交其他部门的，企业不能自己打开；因关闭终结的，谁也不能打开', () => {
    expect(refusedFor(led('transferred'), told('principal', 'reopen'))).toBe('transferred-by-the-bureau')
    expect(refusedFor(led('endedByClosure'), told('bureauHead', 'reopen'))).toBe('not-in-this-state')
  })
})

describe('复查', () => {
  const accepted = led('accepted')

  test('整改责任人不能复查自己的整改；重大隐患不少于两人，同一个人不算两个', () => {
    const by = (...officers: number[]) => told('enforcer', 'recheck', { officers: officers.map(person) })
    expect(refusedFor(accepted, by(1, 8))).toBe('recheck-by-responsible')
    expect(refusedFor(accepted, by(8))).toBe('too-few-officers')
    expect(refusedFor(accepted, by(8, 8))).toBe('too-few-officers')
    expect(refusedFor(accepted, by(8, 9))).toBeUndefined()
  })

  test('已经申请复查的不再申请：十天从第一次申请算起', () => {
    const asked = tell([told('principal', 'requestRecheck')], {}, accepted)
    expect(refusedFor(asked, told('principal', 'requestRecheck'))).toBe('requested-already')
    expect(stateOf(asked).recheckRequest?.recheckDueOn).toBe('2023-09-25')
  })

  test('复查不合格，验收和申请都不算，可以再来一遍', () => {
    const asked = tell([told('principal', 'requestRecheck')], {}, accepted)
    const failed = stateOf(tell([told('enforcer', 'recheck', { result: 'fail' })], {}, asked))
    expect(failed.status).toBe('rectifying')
    expect(failed.acceptance).toBeUndefined()
    expect(failed.recheckRequest).toBeUndefined()
  })
})

describe('销号', () => {
  test('企业不能给重大隐患和部门发现的隐患销号', () => {
    expect(refusedFor(led('rechecked'), told('principal', 'closeOut'))).toBe('role-may-not')
    expect(
      refusedFor(led('rechecked', { grade: 'general', source: 'enforcement' }), told('principal', 'closeOut')),
    ).toBe('role-may-not')
    expect(
      refusedFor(led('rechecked', { grade: 'general', source: 'principalCheck' }), told('principal', 'closeOut')),
    ).toBeUndefined()
  })

  test('溯源到期的日子写在销号那条记录里，以后改了设置也不变', () => {
    expect(stateOf(led('closed')).closing).toMatchObject({ on: '2023-09-15', traceDueOn: '2023-09-30' })
  })
})
