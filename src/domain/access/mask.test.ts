import { describe, expect, test } from 'vitest'
import { maskName, maskPhone } from '#domain/access/mask.ts'

describe('个人信息默认遮住（个人信息保护法 51）', () => {
  test('姓名只露姓，两个字以上的每字一星；生僻字也算一个字', () => {
    expect(maskName('张三')).toBe('张*')
    expect(maskName('欧阳某某')).toBe('欧***')
    expect(maskName('𠮷田')).toBe('𠮷*')
    expect(maskName('张')).toBe('张*')
    expect(maskName('')).toBe('*')
  })

  test('电话露头三位和尾四位；太短的全遮', () => {
    expect(maskPhone('13812345678')).toBe('138****5678')
    expect(maskPhone('1234567')).toBe('*******')
    expect(maskPhone('')).toBe('')
  })
})
