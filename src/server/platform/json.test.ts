import { describe, expect, test } from 'vitest'
import { asJson, asJsonObject } from './json.ts'

describe('what JSON will carry', () => {
  test('what is undefined is left out, at every depth', () => {
    expect(asJsonObject({ a: undefined, b: { c: undefined, d: 1 }, e: [{ f: undefined }] })).toEqual({
      b: { d: 1 },
      e: [{}],
    })
  })

  test('text, numbers, yes and no, null and lists stay as they are', () => {
    const value = { text: '北帮', number: -0.5, yes: true, none: null, list: [1, 'a', [false]] }
    expect(asJson(value)).toEqual(value)
  })

  test.each([
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a function', () => undefined],
    ['a big integer', 1n],
    ['a symbol', Symbol('x')],
    ['undefined in a list', [undefined]],
  ])('%s is refused, not written as something else', (_, value) => {
    expect(() => asJson({ value })).toThrow(TypeError)
  })

  test('an object with a prototype of its own is refused; a name like __proto__ is only a name', () => {
    expect(() => asJson(Object.create({ hidden: 1 }))).toThrow(TypeError)
    const carried = asJsonObject(JSON.parse('{"__proto__": {"role": "principal"}}'))
    expect(Object.keys(carried)).toEqual(['__proto__'])
    expect(JSON.stringify(carried)).toBe('{"__proto__":{"role":"principal"}}')
  })
})
