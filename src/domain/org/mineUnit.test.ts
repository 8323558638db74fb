import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkMineUnit } from '#domain/org/checkMineUnit.ts'
import { agreementStanding, type MineUnit, mineUnit } from '#domain/org/mineUnit.ts'

const unit = (change: Partial<MineUnit> = {}): MineUnit => ({
  kind: 'crew',
  name: '采剥一班',
  headCount: 9,
  active: true,
  ...change,
})

const above: Readonly<Record<string, MineUnit>> = {
  workshop: unit({ kind: 'workshop', name: '采矿车间' }),
  crew: unit(),
  contractor: unit({ kind: 'contractor', name: '某采剥工程公司' }),
  post: unit({ kind: 'post', name: '挖掘机司机' }),
}

describe('车间、班组、岗位和外包外租', () => {
  const refusedAt = (value: Partial<MineUnit>) => {
    const done = checkMineUnit(unit(value), {
      id: 'self',
      demo: true,
      unitOf: (id) => above[id],
      isOwnPerson: (id) => id === 'own',
    })
    return done.ok ? undefined : done.refusal.details
  }
  const at = (field: string) => ({ fields: [expect.objectContaining({ field })] })

  it('班组归车间或承包单位，岗位还可以归班组', () => {
    expect(refusedAt({ partOfId: 'workshop' })).toBeUndefined()
    expect(refusedAt({ partOfId: 'contractor' })).toBeUndefined()
    expect(refusedAt({ kind: 'post', partOfId: 'crew' })).toBeUndefined()
    expect(refusedAt({ partOfId: 'crew' })).toEqual(at('partOfId'))
    expect(refusedAt({ partOfId: 'post' })).toEqual(at('partOfId'))
    expect(refusedAt({ kind: 'workshop', partOfId: 'workshop' })).toEqual(at('partOfId'))
    expect(refusedAt({ kind: 'contractor', partOfId: 'workshop' })).toEqual(at('partOfId'))
  })

  it('不归自己，也不归没有登记的', () => {
    expect(refusedAt({ partOfId: 'self' })).toEqual(at('partOfId'))
    expect(refusedAt({ partOfId: 'nobody' })).toEqual(at('partOfId'))
  })

  it('负责人是本矿登记过的人', () => {
    expect(refusedAt({ leaderId: 'own' })).toBeUndefined()
    expect(refusedAt({ leaderId: 'stranger' })).toEqual(at('leaderId'))
  })

  it('信用代码和安全协议只属于外包外租；日期不能填反', () => {
    expect(refusedAt({ agreementOn: '2023-01-05' })).toEqual(at('creditCode'))
    const contractor = { kind: 'contractor' as const, agreementOn: '2023-01-05' }
    expect(refusedAt(contractor)).toBeUndefined()
    expect(refusedAt({ ...contractor, agreementUntil: '2022-12-31' })).toEqual(at('agreementUntil'))
    expect(refusedAt({ kind: 'lessor', agreementUntil: '2023-12-31' })).toEqual(at('agreementOn'))
    expect(refusedAt({ ...contractor, creditCode: 'F1140404DEM0000144' })).toEqual(at('creditCode'))
  })
})

describe('安全生产管理协议（安全生产法 49）', () => {
  it('没有登记、已过期、有效，看的是今天；本矿自己的车间班组不问', () => {
    const of = (change: Partial<MineUnit>) => agreementStanding(unit(change), '2023-09-15')
    expect(of({})).toBeUndefined()
    expect(of({ kind: 'contractor' })).toBe('missing')
    expect(of({ kind: 'lessor', agreementOn: '2022-01-01', agreementUntil: '2023-09-14' })).toBe('expired')
    expect(of({ kind: 'lessor', agreementOn: '2022-01-01', agreementUntil: '2023-09-15' })).toBe('valid')
    expect(of({ kind: 'contractor', agreementOn: '2022-01-01' })).toBe('valid')
  })
})

it('存下来的 mineUnit.changed 第 1 版永远读得出来', () => {
  const path = new URL('../../../tests/golden/mineUnit/changed.v1.json', import.meta.url)
  const { event } = JSON.parse(readFileSync(path, 'utf8'))
  expect(mineUnit.parse(event.body.value)).toEqual(event.body.value)
})
