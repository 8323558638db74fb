import { describe, expect, test } from 'vitest'
import { actTimeliness } from '#domain/dutyRecord/timeliness.ts'
import { fold } from '#domain/hazard/evolve.ts'
import { mineId, person, recorded } from '#tests/support/hazardStream.ts'

const report = { on: '2023-09-01', number: 'T01-2023-001', mineId, source: 'principalCheck', place: '南帮' }
const assigned = {
  on: '2023-09-02',
  responsible: person(1),
  measures: '清理',
  funds: 0,
  deadline: '2023-09-20',
  contingencyPlan: '现场处置',
}

const standing = (...acts: readonly (readonly [act: string, body: Readonly<Record<string, unknown>>])[]) =>
  fold(recorded(acts.map(([act, body]) => ({ type: `hazard.${act}`, v: 1, body }))))

const rectifying = standing(
  ['report', report],
  ['judge', { on: '2023-09-01', outcome: 'general', criteria: [], basis: '不触及' }],
  ['assign', assigned],
)

describe('按期没有：看办理时等着的那一件到哪天', () => {
  test('期限当天验收是按期，第二天就晚一天', () => {
    const accepted = (on: string) => actTimeliness(rectifying, { act: 'accept', on, side: 'mine' })
    expect(accepted('2023-09-20')).toEqual({ dueOn: '2023-09-20', daysLate: 0 })
    expect(accepted('2023-09-21')).toEqual({ dueOn: '2023-09-20', daysLate: 1 })
  })

  test('没有期限的事不说按期，别人的期限也不算在自己头上', () => {
    expect(actTimeliness(undefined, { act: 'report', on: '2023-09-01', side: 'mine' })).toBeUndefined()
    expect(actTimeliness(rectifying, { act: 'progress', on: '2023-09-25', side: 'mine' })).toBeUndefined()
    expect(actTimeliness(rectifying, { act: 'accept', on: '2023-09-25', side: 'bureau' })).toBeUndefined()
  })

  test('群众举报的核查有期限，算监管员的', () => {
    const tip = standing(['report', { ...report, source: 'publicReport', verifyBy: '2023-09-10' }])
    const judged = (on: string) => actTimeliness(tip, { act: 'judge', on, side: 'bureau' })
    expect(judged('2023-09-10')).toEqual({ dueOn: '2023-09-10', daysLate: 0 })
    expect(judged('2023-09-13')).toEqual({ dueOn: '2023-09-10', daysLate: 3 })
  })
})
