import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fateOf, rowRanges, rowsInRanges } from './settle.ts'

const command = { act: 'mine.put', tenantId: 'a', streamId: 'a', body: {} }
const difference = { title: '状态', standing: '正常生产', given: '停产整改' }
const found = (differs: boolean) => ({
  title: '甲',
  differences: differs ? [difference] : [],
  replace: differs ? [command] : [],
})

describe('一行的去向', () => {
  test('没有登记过的，登记', () => {
    for (const wished of ['keep', 'replace', 'add'] as const)
      expect(fateOf({ title: '甲', add: [command] }, wished)).toBe('add')
  })

  test('和登记一样的，不用再办，说用表里的也一样', () => {
    for (const wished of ['keep', 'replace'] as const)
      expect(fateOf({ title: '甲', add: [], found: found(false) }, wished)).toBe('already')
  })

  test('和登记不同的，人不说就照旧，说了才改', () => {
    expect(fateOf({ title: '甲', add: [], found: found(true) }, 'keep')).toBe('keep')
    expect(fateOf({ title: '甲', add: [], found: found(true) }, 'replace')).toBe('replace')
  })

  test('说是另一个的，能另外登记才另外登记', () => {
    expect(fateOf({ title: '甲', add: [command], found: found(true) }, 'add')).toBe('add')
    expect(fateOf({ title: '甲', add: [], found: found(true) }, 'add')).toBe('keep')
  })
})

describe('行号', () => {
  test('连着的写成一段', () => {
    expect(rowRanges([5, 3, 4, 9])).toBe('3-5,9')
  })

  test('写下来再读，一行不多一行不少', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), (rows) => {
        expect(rowsInRanges(rowRanges(rows))).toEqual([...rows].sort((a, b) => a - b))
      }),
    )
  })

  test.each(['', 'x', '5-3', '1-9999999', '1,,2'])('“%s”不是行号', (text) => {
    expect(rowsInRanges(text)).toBeUndefined()
  })
})
