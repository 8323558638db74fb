import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { canonicalBytes, canonicalJson } from './canonicalJson.ts'

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')

describe('canonical JSON (RFC 8785)', () => {
  test('the sample of section 3.2.2 gives the bytes of section 3.2.4', () => {
    const sample = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\u002f',
      literals: [null, true, false],
    }
    expect(hexOf(canonicalBytes(sample))).toBe(
      [
        '7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72',
        '73 22 3a 5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31 65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32',
        '2c 31 65 2d 32 37 5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c',
        '5c 5c 5c 22 2f 22 7d',
      ].join(' '),
    )
  })

  test('names are sorted by UTF-16 code units as in section 3.2.3', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect([...canonicalJson(sample).matchAll(/:"(.*?)"/g)].map((match) => match[1])).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555555', '333333333.3333333'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('the double %s of appendix B is written %s', (bits, written) => {
    const view = new DataView(new ArrayBuffer(8))
    view.setBigUint64(0, BigInt(`0x${bits}`))
    expect(canonicalJson(view.getFloat64(0))).toBe(written)
  })

  test('NaN, infinities and lone surrogates, in values and in names, are refused', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, '\ud800', 'a\udc00b'])
      expect(() => canonicalJson({ deep: [bad] })).toThrow()
    expect(() => canonicalJson({ '\ud800': 1 })).toThrow()
  })

  test('the order in which names were set does not matter, and what was written is read back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse())
        const json = canonicalJson(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(JSON.parse(JSON.stringify(reversed)))).toBe(json)
        expect(canonicalJson(JSON.parse(json))).toBe(json)
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})

describe('in a browser without String.prototype.isWellFormed', () => {
  const original = String.prototype.isWellFormed
  afterEach(() => {
    Object.defineProperty(String.prototype, 'isWellFormed', { configurable: true, writable: true, value: original })
  })

  test('the same text is written and lone surrogates are still refused', async () => {
    Reflect.deleteProperty(String.prototype, 'isWellFormed')
    vi.resetModules()
    const old = await import('./canonicalJson.ts')
    expect(String.prototype.isWellFormed).not.toBe(original)
    expect(old.canonicalJson({ b: '裂缝𠮷', a: 1 })).toBe('{"a":1,"b":"裂缝𠮷"}')
    expect(() => old.canonicalJson('\ud842')).toThrow()
  })
})
