import { describe, expect, it } from 'vitest'
import { gapsBeforeSigning } from '#domain/hazard/gapsBeforeSigning.ts'
import { bodies, mineId, photo, stateOf, type Told, tell } from '#tests/support/hazardStream.ts'

const found: Told = {
  day: '2023-07-03',
  by: 'safetyOfficer',
  act: 'report',
  body: { mineId, source: 'safetyOfficerCheck', description: '浮石' },
}
const judged: Told = { day: '2023-07-03', by: 'principal', act: 'judge', body: bodies.judge }
const assigned: Told = {
  day: '2023-07-03',
  by: 'principal',
  act: 'assign',
  body: { ...bodies.assign, deadline: '2023-08-31' },
}

describe('签字前看这三条：还缺什么', () => {
  it('before judging: what was not seen or written down', () => {
    expect(gapsBeforeSigning(stateOf(tell([found])), 'judge', '2023-07-03')).toEqual(['没有现场照片', '没有写部位'])
    const whole = { ...found, body: { ...found.body, place: '北帮', photos: [photo] } }
    expect(gapsBeforeSigning(stateOf(tell([whole])), 'judge', '2023-07-03')).toEqual([])
  })

  it('danger that nobody should go near is no missing photo', () => {
    const danger = { ...found, body: { ...found.body, place: '北帮', tooDangerous: true } }
    expect(gapsBeforeSigning(stateOf(tell([danger])), 'judge', '2023-07-03')).toEqual([])
  })

  it('before accepting a major one: reports, plan, evaluation, money, photos, days', () => {
    expect(gapsBeforeSigning(stateOf(tell([found, judged, assigned])), 'accept', '2023-09-15')).toEqual([
      '没有整改前照片',
      '没有公示的记录',
      '没有报告部门的记录',
      '没有报告职工大会或职代会的记录',
      '没有治理方案',
      '没有评估报告文件',
      '没有记用了多少资金',
      '已经逾期 15 天',
    ])
  })
})
