import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64, hashFromBase64, toBase64 } from './base64.ts'

describe('base64 with padding', () => {
  test('the vectors of RFC 4648 section 10', () => {
    const vectors = {
      '': '',
      f: 'Zg==',
      fo: 'Zm8=',
      foo: 'Zm9v',
      foob: 'Zm9vYg==',
      fooba: 'Zm9vYmE=',
      foobar: 'Zm9vYmFy',
    }
    for (const [plain, text] of Object.entries(vectors)) {
      const bytes = new TextEncoder().encode(plain)
      expect(toBase64(bytes)).toBe(text)
      expect(fromBase64(text)).toEqual(bytes)
    }
  })

  test('any bytes are written as everybody else writes them, and read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
        expect(fromBase64(toBase64(bytes))).toEqual(bytes)
      }),
    )
  })

  test.each([
    'Zg',
    'Zg=',
    'Zg===',
    'Zh==',
    'Zm9=',
    'Zm9v\n',
    ' Zm9v',
    'Zm-v',
    'Zm_v',
    '=',
    '====',
    'Zg=a',
    'Zg==Zg==',
    'Zm9v====',
    'Ｚm9v',
  ])('another spelling is none: %j', (text) => expect(fromBase64(text)).toBeUndefined())

  test('any text that is read is the one that would be written', () => {
    const text = fc.string({ unit: fc.constantFrom(...'AQgwZ/+=9-'), maxLength: 12 })
    fc.assert(
      fc.property(text, (written) => {
        const bytes = fromBase64(written)
        expect(bytes === undefined || toBase64(bytes) === written).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  test('a hash has 32 bytes', () => {
    expect(hashFromBase64(toBase64(new Uint8Array(32)))).toHaveLength(32)
    for (const length of [0, 31, 33, 64]) expect(hashFromBase64(toBase64(new Uint8Array(length)))).toBeUndefined()
  })
})
