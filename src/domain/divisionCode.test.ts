import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { divisionRange, isDivisionCode, isWithinDivision } from './divisionCode.ts'

const digits = (length: number) =>
  fc
    .tuple(
      fc.constantFrom(...'12345678'),
      fc.array(fc.constantFrom(...'0123456789'), { minLength: length - 1, maxLength: length - 1 }),
    )
    .map(([first, rest]) => first + rest.join(''))
const anyCode = fc.constantFrom(2, 4, 6, 9, 12).chain(digits)

describe('a division code', () => {
  test('has 2, 4, 6, 9 or 12 digits and begins with a province', () => {
    for (const code of ['14', '1404', '140404', '140404102', '140404102001']) expect(isDivisionCode(code)).toBe(true)
    for (const code of ['', '1', '140', '14040', '14040A', '1404041', '990404', '040404', ' 1404', '1404\n'])
      expect(isDivisionCode(code)).toBe(false)
  })

  test('is a half-open range of text that selects it and all below', () => {
    expect(divisionRange('1404')).toEqual({ lo: '1404', hi: '1405' })
    expect(divisionRange('140404')).toEqual({ lo: '140404', hi: '140405' })
    expect(divisionRange('140404102')).toEqual({ lo: '140404102', hi: '140404103' })
  })

  test('that ends with 9 carries', () => {
    expect(divisionRange('140409')).toEqual({ lo: '140409', hi: '140410' })
    expect(divisionRange('140499')).toEqual({ lo: '140499', hi: '140500' })
    expect(divisionRange('899999')).toEqual({ lo: '899999', hi: '900000' })
  })

  test('that is none is refused instead of opening a range', () => {
    for (const code of ['', '%', "1404' or ''='", '99']) expect(() => divisionRange(code)).toThrow(RangeError)
  })

  test('the county sees its townships, not its neighbours nor the city above', () => {
    expect(isWithinDivision('140404102', '140404')).toBe(true)
    expect(isWithinDivision('140404', '140404')).toBe(true)
    expect(isWithinDivision('140405001', '140404')).toBe(false)
    expect(isWithinDivision('1404', '140404')).toBe(false)
  })

  test('lies in a range exactly when it begins with the code of the range', () => {
    fc.assert(
      fc.property(anyCode, anyCode, (code, container) => {
        expect(isWithinDivision(code, container)).toBe(code.startsWith(container))
      }),
      { numRuns: 1000 },
    )
    fc.assert(
      fc.property(
        digits(12),
        fc.constantFrom(2, 4, 6, 9, 12),
        fc.constantFrom('9', '99', '999'),
        (code, length, tail) => {
          const container = code.slice(0, length)
          const nines = (container.slice(0, length - tail.length) || '1') + tail
          expect(isWithinDivision(code, container)).toBe(true)
          if (isDivisionCode(nines)) expect(isWithinDivision(code, nines)).toBe(code.startsWith(nines))
        },
      ),
      { numRuns: 1000 },
    )
  })
})
