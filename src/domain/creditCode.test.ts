import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCreditCode, creditCodeCheckDigit, organisationCheckDigit } from './creditCode.ts'

const real = { allowUnassignedAuthority: false }
const demo = { allowUnassignedAuthority: true }
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

const publishedCodes = ['914403001922038216', '91330100799655058B', '9144030071526726XG', '91350100M000100Y43']

const demoCodes = [
  'F1140404DEM0000143',
  'F1140404DEM000022X',
  'F1140404DEM000030Q',
  'F1140404DEM000049M',
  'F1140404DEM000057G',
  'F1140421DEM000065Y',
  'F1140404DEM0000736',
  'F1140404DEM0000811',
  'F1140404DEM00009XQ',
  'F1140404DEM000102H',
  'F1140404DEM000110C',
  'F1140404DEM000911W',
  'F1140404DEM00092XL',
  'F1140404DEM000938L',
]

describe('统一社会信用代码 (GB 32100-2015)', () => {
  test.each(publishedCodes)('the published code %s is accepted', (code) => {
    expect(checkCreditCode(code, real)).toEqual({ ok: true })
  })

  test.each(demoCodes)('the fictional code %s is accepted in the demo district and refused elsewhere', (code) => {
    expect(checkCreditCode(code, demo)).toEqual({ ok: true })
    expect(checkCreditCode(code, real)).toMatchObject({
      ok: false,
      position: 1,
      reason: '第1位不是已分配的登记管理部门代码',
    })
  })

  test('a county code abolished since is no reason to refuse', () => {
    expect(checkCreditCode('F1140421DEM000065Y', demo)).toEqual({ ok: true })
  })

  test('a wrong last digit is found at 18', () => {
    expect(checkCreditCode('F1140404DEM0000144', demo)).toMatchObject({ position: 18 })
  })

  test('a wrong organisation check digit is found at 17 although the last digit fits', () => {
    expect(creditCodeCheckDigit('F1140404DEM000015')).toBe('6')
    expect(checkCreditCode('F1140404DEM0000156', demo)).toMatchObject({ position: 17 })
  })

  test('a letter O is refused at its place with the digit that is meant', () => {
    expect(checkCreditCode('F1140404DEMO000143', demo)).toEqual({
      ok: false,
      position: 12,
      reason: '第12位“O”不是代码可用的字符',
      remedy: '统一社会信用代码不用字母 I、O、S、V、Z，这里多半是数字“0”，请对照营业执照改正',
    })
    expect(checkCreditCode('9I4403001922038216', real)).toMatchObject({
      position: 2,
      remedy: expect.stringContaining('数字“1”'),
    })
  })

  test('small letters, symbols and rare characters are refused at their place', () => {
    expect(checkCreditCode('91330100799655058b', real)).toMatchObject({
      position: 18,
      remedy: '代码用大写字母，请改成“B”',
    })
    expect(checkCreditCode('91330100-99655058B', real)).toMatchObject({ position: 9 })
    expect(checkCreditCode('91330100𠮷99655058B', real)).toMatchObject({
      position: 9,
      reason: '第9位“𠮷”不是代码可用的字符',
    })
  })

  test('a letter among the division digits is refused at its place', () => {
    expect(checkCreditCode('91A30100799655058B', real)).toMatchObject({ position: 3 })
  })

  test('a code of another length says how long it is', () => {
    expect(checkCreditCode('9144030019220382', real)).toMatchObject({
      position: 0,
      reason: '统一社会信用代码应有18位，现在16位',
    })
    expect(checkCreditCode('', real)).toMatchObject({ reason: '统一社会信用代码应有18位，现在0位' })
  })

  test('each assigned registry is accepted and every other first character refused', () => {
    for (const first of alphabet) {
      const body = `${first}1140404DEM000014`
      const check = checkCreditCode(body + creditCodeCheckDigit(body), real)
      expect(check.ok).toBe('123456789ANY'.includes(first))
    }
  })

  const character = fc.constantFrom(...alphabet)
  const validCode = fc
    .tuple(
      fc.constantFrom(...'123456789ANY'),
      character,
      fc.integer({ min: 100000, max: 999999 }),
      fc.array(character, { minLength: 8, maxLength: 8 }),
    )
    .map(([first, kind, division, body]) => {
      const organisation = body.join('')
      const first17 = `${first}${kind}${division}${organisation}${organisationCheckDigit(organisation)}`
      return first17 + creditCodeCheckDigit(first17)
    })

  test('any single character mistyped is found', () => {
    fc.assert(
      fc.property(validCode, fc.integer({ min: 0, max: 17 }), character, (code, index, typed) => {
        fc.pre(code[index] !== typed)
        expect(checkCreditCode(code, real)).toEqual({ ok: true })
        expect(checkCreditCode(code.slice(0, index) + typed + code.slice(index + 1), real).ok).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  test('any two neighbours exchanged are found', () => {
    fc.assert(
      fc.property(validCode, fc.integer({ min: 0, max: 16 }), (code, index) => {
        const [a, b] = [code.charAt(index), code.charAt(index + 1)]
        fc.pre(a !== b)
        expect(checkCreditCode(code.slice(0, index) + b + a + code.slice(index + 2), real).ok).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })
})
