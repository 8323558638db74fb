import { describe, expect, test } from 'vitest'
import { matters } from '#domain/hazard/matters.ts'
import { everyStatus } from '#domain/hazard/status.ts'
import { transitions } from '#domain/hazard/transitions.ts'
import { bodies, type Kind, led, stateOf, type Told, tell } from '#tests/support/hazardStream.ts'

const told = (by: Told['by'], act: Told['act'], body: object = {}): Told => ({
  by,
  act,
  body: { ...bodies[act], ...body },
})
type Events = ReturnType<typeof led>
const waiting = (events: Events, side: 'mine' | 'bureau') =>
  matters(stateOf(events))
    .filter((matter) => matter.side === side)
    .map(({ title }) => title)

const kinds: readonly Kind[] = [
  { grade: 'major', source: 'principalCheck' },
  { grade: 'major', source: 'enforcement' },
  { grade: 'general', source: 'principalCheck' },
  { grade: 'general', source: 'enforcement' },
]
const [selfMajor, departmentMajor, selfGeneral] = kinds
const publicReport: Kind = { grade: 'major', source: 'publicReport' }

describe('谁在等谁', () => {
  test('没有办结的隐患，总有一方有事要办（零遗留）', () => {
    for (const kind of kinds)
      for (const status of ['found', 'judged', 'rectifying', 'accepted', 'rechecked'] as const)
        expect(matters(stateOf(led(status, kind))), `${status} ${kind.grade} ${kind.source}`).not.toEqual([])
  })

  test('每件事都在现在的状态下办得了，写明依据；等对方整改后再复查的除外', () => {
    for (const kind of [...kinds, publicReport])
      for (const status of everyStatus.filter((one) => kind !== publicReport || one === 'found')) {
        const state = stateOf(led(status, kind))
        for (const { act, clause, kind: what, title } of matters(state)) {
          expect(clause).toMatch(/\p{Script=Han}/u)
          if (what === 'rectify' || what === 'recheckAfterOrder') continue
          expect(transitions[act]?.from, `${title} ${status}`).toContain(state.status)
        }
      }
  })

  test('判定为重大后，企业欠什么列什么，不分先后', () => {
    const bare = tell([told('principal', 'report'), told('technicalHead', 'judge')])
    expect(waiting(bare, 'mine')).toEqual([
      '先期管控未记',
      '未公示',
      '未报告部门',
      '职工大会未报',
      '治理方案未交',
      '五定缺责任人、措施、资金、期限、预案',
    ])
  })

  test('部门：核查、签收、挂牌、复查、销号、摘牌，各在其时', () => {
    expect(waiting(led('found', departmentMajor), 'bureau')).toEqual(['核查', '签收报告'])
    expect(waiting(led('judged', selfMajor), 'bureau')).toEqual(['签收报告', '挂牌督办'])
    expect(waiting(led('judged', departmentMajor), 'bureau')).toEqual(['签收报告'])
    expect(waiting(led('accepted', departmentMajor), 'bureau')).toContain('复查')
    expect(waiting(led('rechecked', departmentMajor), 'bureau')).toContain('销号')
    const listed = tell([told('regulator', 'listing')], {}, led('rechecked', selfMajor))
    expect(waiting(tell([told('regulator', 'closeOut')], {}, listed), 'bureau')).toEqual(['摘牌'])
  })

  test('复查最迟的日子在申请后十天', () => {
    const asked = tell([told('principal', 'requestRecheck')], {}, led('accepted', selfMajor))
    expect(matters(stateOf(asked)).find(({ kind }) => kind === 'recheck')?.dueOn).toBe('2023-09-25')
  })

  test('复查不合格：先重新责令，责令之后等着复查', () => {
    const failed = tell([told('enforcer', 'recheck', { result: 'fail' })], {}, led('accepted', departmentMajor))
    expect(waiting(failed, 'bureau')).toContain('复查不合格，重新责令')
    const ordered = tell([told('enforcer', 'order', { deadline: '2023-09-28' })], {}, failed)
    expect(matters(stateOf(ordered)).find(({ kind }) => kind === 'recheckAfterOrder')).toMatchObject({
      title: '责令后复查',
      act: 'recheck',
      dueOn: '2023-09-28',
    })
  })

  test('待批的延期和恢复生产，部门看得见；批了就没有了', () => {
    const asked = tell([told('principal', 'extensionRequest')], {}, led('rectifying', selfMajor))
    expect(waiting(asked, 'bureau')).toContain('审批延期')
    expect(waiting(tell([told('bureauDeputy', 'extensionDecision')], {}, asked), 'bureau')).not.toContain('审批延期')
    const resume = tell([told('principal', 'resumeRequest')], {}, led('closed', selfMajor))
    expect(waiting(resume, 'bureau')).toEqual(['恢复生产审批'])
    expect(waiting(tell([told('bureauDeputy', 'resumeDecision')], {}, resume), 'bureau')).toEqual([])
  })

  test('一般隐患由企业自己复查、销号', () => {
    expect(waiting(led('accepted', selfGeneral), 'mine')).toEqual(['复查'])
    expect(waiting(led('rechecked', selfGeneral), 'mine')).toEqual(['销号'])
    expect(waiting(led('accepted', selfGeneral), 'bureau')).toEqual([])
  })

  test('溯源在销号之后才到期，默认十五天（PRACTICE A1）', () => {
    expect(matters(stateOf(led('closed', selfMajor)))).toMatchObject([
      { kind: 'trace', side: 'mine', dueOn: '2023-09-30' },
    ])
    expect(waiting(tell([told('safetyOfficer', 'trace')], {}, led('closed', selfMajor)), 'mine')).toEqual([])
  })

  test('群众举报在核查前，企业什么都不欠：它也看不见', () => {
    expect(waiting(led('found', publicReport), 'mine')).toEqual([])
    expect(waiting(led('found', publicReport), 'bureau')).toContain('核查')
  })

  test('办结的、移交的、合并的，不再有事', () => {
    for (const status of ['notEstablished', 'merged', 'transferred', 'endedByClosure'] as const)
      expect(matters(stateOf(led(status))), status).toEqual([])
  })
})
