import { describe, expect, it } from 'vitest'
import { checkScope, coverageOf } from '#domain/org/coverage.ts'
import { checkFactSources, sourcesThatHold } from '#domain/org/factSources.ts'
import type { Office } from '#domain/org/office.ts'
import { vacancies } from '#domain/org/roster.ts'

describe('整治范围（通知 二）', () => {
  it('正常生产的全部要求；无人作业的盯守；其他的由区局决定，不纳入的只有法律义务', () => {
    expect(coverageOf({ status: 'producing', inScope: true })).toBe('whole')
    expect(coverageOf({ status: 'longSuspended', inScope: false })).toBe('watch')
    expect(coverageOf({ status: 'constructionHalted', inScope: false })).toBe('watch')
    expect(coverageOf({ status: 'longSuspended', inScope: true })).toBe('wholeAndWatch')
    expect(coverageOf({ status: 'outOfUse', inScope: false })).toBe('lawOnly')
    expect(coverageOf({ status: 'underConstruction', inScope: true })).toBe('whole')
  })

  it('正常生产的不能登记为不纳入', () => {
    expect(checkScope({ status: 'producing', inScope: false })).toMatchObject({
      ok: false,
      refusal: { code: 'producing-in-scope', clause: '通知 二' },
    })
    expect(checkScope({ status: 'rectifying', inScope: false }).ok).toBe(true)
  })
})

describe('谁还没有登记', () => {
  const person = (active: boolean, ...offices: Office[]) => ({ active, offices })

  it('生产的矿问法定代表人、实际控制人、主要负责人、专职安全员；无人作业的问盯守人员', () => {
    expect(vacancies({ status: 'producing' }, []).map(({ office }) => office)).toEqual([
      'legalRepresentative',
      'actualController',
      'principal',
      'safetyOfficer',
    ])
    expect(vacancies({ status: 'longSuspended' }, []).at(-1)).toEqual({ office: 'watcher', clause: '通知 二' })
  })

  it('一人可以兼任；离岗的不算', () => {
    const people = [
      person(true, 'legalRepresentative', 'actualController'),
      person(false, 'principal'),
      { active: true },
      person(true, 'safetyOfficer'),
    ]
    expect(vacancies({ status: 'producing' }, people).map(({ office }) => office)).toEqual(['principal'])
  })
})

describe('情况的来源', () => {
  const known = {
    facts: { hasWasteDump: true, pitSlopeHeightM: 84 },
    factSources: { hasWasteDump: { source: '2023年6月现场核查', on: '2023-06-20' } },
  }

  it('写了来源就要有答案，日期不能在将来', () => {
    expect(checkFactSources(known, '2023-09-15').ok).toBe(true)
    expect(checkFactSources({ ...known, facts: {} }, '2023-09-15')).toMatchObject({
      refusal: { details: { fields: [{ field: 'factSources.hasWasteDump' }] } },
    })
    expect(checkFactSources(known, '2023-06-19')).toMatchObject({
      refusal: { details: { fields: [{ field: 'factSources.hasWasteDump.on' }] } },
    })
  })

  it('答案变了，旧的来源不再算数', () => {
    expect(sourcesThatHold(known, { ...known.facts, pitSlopeHeightM: 90 })).toEqual(known.factSources)
    expect(sourcesThatHold(known, { hasWasteDump: false })).toBeUndefined()
    expect(sourcesThatHold(known, {})).toBeUndefined()
  })
})
