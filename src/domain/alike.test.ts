import { describe, expect, test } from 'vitest'
import { alike, mayBeOnePlace } from '#domain/alike.ts'

describe('像不像同一条，只给人看，不替人定', () => {
  test.each([
    ['二号皮带走廊浮石未清', '二号皮带走廊上浮石没有清理'],
    ['护栏缺失', '护栏缺失。'],
    ['北帮+1114平台浮石未清理', '北帮＋1114平台浮石未清理，已拉警戒'],
    ['一号变压器漏油', '1号变压器漏油'],
  ])('%s 像 %s', (one, other) => {
    expect(alike(one, other)).toBe(true)
    expect(alike(other, one)).toBe(true)
  })

  test.each([
    ['护栏缺失', '配电柜门未锁'],
    ['1号皮带护栏缺失', '2号皮带护栏缺失'],
    ['北帮+1114平台浮石未清', '北帮+1126平台浮石未清'],
  ])('%s 不像 %s', (one, other) => {
    expect(alike(one, other)).toBe(false)
    expect(alike(other, one)).toBe(false)
  })

  test('部位没有写的，不算两处；编号不同的，是两处', () => {
    expect(mayBeOnePlace(undefined, '北帮')).toBe(true)
    expect(mayBeOnePlace('北帮', '北帮+1114平台')).toBe(true)
    expect(mayBeOnePlace('部位1', '部位11')).toBe(false)
    expect(mayBeOnePlace('北帮', '南帮')).toBe(false)
  })
})
