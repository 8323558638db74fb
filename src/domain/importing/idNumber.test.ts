import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idNumberCheck, idNumberFault } from './idNumber.ts'

const today = '2023-09-15'

describe('身份证号（GB 11643-1999）', () => {
  test('标准附录里的两个例子是对的', () => {
    expect(idNumberFault('11010519491231002X', today)).toBeUndefined()
    expect(idNumberFault('440524188001010014', '2023-09-15')?.reason).toContain('不是出生日期')
    expect(idNumberCheck('44052418800101001')).toBe('4')
  })

  test.each([
    ['1101051949123100', '应有18位'],
    ['11010519491231002x', '小写 x'],
    ['110105194912310021', '校验码'],
    ['110105194913310029', '不是出生日期'],
    ['110105209912310029', '还没有到'],
    ['110105491231002', '15位'],
    ['1.10105E+17', '被表格当成了数字'],
    ['11010A194912310021', '应是数字'],
  ])('%s：%s', (number, reason) => {
    expect(idNumberFault(number, today)?.reason).toContain(reason)
  })

  test('改错任何一位、对调任何相邻两位，都看得出来', () => {
    fc.assert(
      fc.property(fc.nat(16), fc.integer({ min: 1, max: 9 }), (place, step) => {
        const sound = '11010519491231002X'
        const digit = (Number(sound.charAt(place)) + step) % 10
        const wrong = sound.slice(0, place) + String(digit) + sound.slice(place + 1)
        expect(idNumberFault(wrong, today)).toBeDefined()
        const [a, b] = [sound.charAt(place), sound.charAt(place + 1)]
        if (a === b || place === 16) return
        expect(idNumberFault(sound.slice(0, place) + b + a + sound.slice(place + 2), today)).toBeDefined()
      }),
    )
  })
})
