import { describe, expect, test } from 'vitest'
import { everyStatus } from '#domain/hazard/status.ts'
import { steps } from '#domain/hazard/steps.ts'
import { beside, bodies, type Kind, led, stateOf, type Told, tell } from '#tests/support/hazardStream.ts'

const told = (by: Told['by'], act: Told['act'], body: object = {}): Told => ({
  by,
  act,
  body: { ...bodies[act], ...body },
})
const strip = (events: ReturnType<typeof led>) =>
  Object.fromEntries(
    steps(stateOf(events)).map(({ title, standing, note }) => [title, note ? `${standing}：${note}` : standing]),
  )

const major: Kind = { grade: 'major', source: 'principalCheck' }
const general: Kind = { grade: 'general', source: 'principalCheck' }

describe('发现→管控→判定→报告公示→五定→整改→企业验收→复查→销号', () => {
  test('九步，次序不变', () => {
    const order = '发现→管控→判定→报告公示→五定→整改→企业验收→复查→销号'
    for (const status of everyStatus)
      expect(
        steps(stateOf(led(status)))
          .map(({ title }) => title)
          .join('→'),
      ).toBe(order)
  })

  test('下一步至多一步；办结的没有下一步', () => {
    for (const kind of [major, general])
      for (const status of everyStatus) {
        const next = steps(stateOf(led(status, kind))).filter(({ standing }) => standing === 'next')
        expect(next.length).toBe(['found', 'judged', 'rectifying', 'accepted', 'rechecked'].includes(status) ? 1 : 0)
      }
  })

  test('刚发现的，下一步是管控', () => {
    const events = tell([told('principal', 'report')])
    expect(strip(events)).toMatchObject({ 发现: 'done', 管控: 'next', 判定: 'open' })
  })

  test('报告公示缺什么写出来；判定为一般的不问', () => {
    const judged = tell([told('principal', 'report'), ...beside.slice(0, 2), told('technicalHead', 'judge')])
    expect(strip(judged)).toMatchObject({ 报告公示: 'next：未报告部门、未报告职工大会' })
    expect(strip(led('judged', general))).toMatchObject({ 管控: 'notAsked', 报告公示: 'notAsked', 五定: 'next' })
  })

  test('五定写了几项，缺哪几项写出来', () => {
    const some = tell([told('principal', 'assign', { contingencyPlan: undefined })], {}, led('judged'))
    expect(strip(some)).toMatchObject({ 五定: 'next：缺期限、预案' })
  })

  test('整改中写着完成百分比', () => {
    const half = tell([told('crewLeader', 'progress')], {}, led('rectifying'))
    expect(strip(half)).toMatchObject({ 五定: 'done', 整改: 'next：60%', 企业验收: 'open' })
  })

  test('复查不合格回到整改；再验收之后，上一次的复查不算数', () => {
    const failed = tell([told('enforcer', 'recheck', { result: 'fail' })], {}, led('accepted'))
    expect(strip(failed)).toMatchObject({ 整改: 'next', 企业验收: 'open', 复查: 'partial：不合格' })
    const reopened = tell(
      [
        told('regulator', 'reopen'),
        told('principal', 'assign', { deadline: '2023-10-31' }),
        told('technicalHead', 'evaluation'),
        told('principal', 'accept'),
      ],
      {},
      led('closed'),
    )
    expect(strip(reopened)).toMatchObject({ 企业验收: 'done', 复查: 'next', 销号: 'open' })
  })

  test('销号的，步步都办了；溯源不在其中', () => {
    expect(steps(stateOf(led('closed'))).every(({ standing }) => standing === 'done')).toBe(true)
    expect(steps(stateOf(led('closed'))).map(({ title }) => title)).not.toContain('溯源')
  })

  test('判定不构成的，判定一步办了并写明', () => {
    expect(strip(led('notEstablished'))).toMatchObject({ 判定: 'done：不构成', 五定: 'open' })
  })
})
