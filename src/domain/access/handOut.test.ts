import { describe, expect, test } from 'vitest'
import type { Grant, Scope } from '#domain/access/actor.ts'
import { mayHandOut } from '#domain/access/handOut.ts'

const tenant = (number: number): string => `018a0000-0001-7000-8000-${String(number).padStart(12, '0')}`
const division = (code: string): Scope => ({ kind: 'division', code })
const tenants = (...numbers: number[]): Scope => ({ kind: 'tenants', ids: numbers.map(tenant) })
const grants = (...scopes: Scope[]): Grant[] => scopes.map((scope) => ({ role: 'regulator', scope }))

const within =
  (...numbers: number[]) =>
  (id: string) =>
    numbers.map(tenant).includes(id)

describe('授权不能超出自己的范围', () => {
  test('区里可以授本区和乡镇，不能授市里和邻区', () => {
    const own = division('140404')
    expect(mayHandOut(own, grants(division('140404'), division('140404102')), within()).ok).toBe(true)
    for (const code of ['1404', '140425', '14'])
      expect(mayHandOut(own, grants(division(code)), within())).toMatchObject({ refusal: { code: 'out-of-scope' } })
  })

  test('几项授权有一项超出，就都不授', () => {
    expect(mayHandOut(division('140404'), grants(division('140404'), division('1404')), within()).ok).toBe(false)
    expect(mayHandOut(division('140404'), grants(tenants(1, 9)), within(1)).ok).toBe(false)
  })

  test('只管几个单位的，授不出区划', () => {
    expect(mayHandOut(tenants(1), grants(division('140404102')), within(1)).ok).toBe(false)
    expect(mayHandOut(tenants(1), grants(tenants(1)), within(1)).ok).toBe(true)
  })
})
