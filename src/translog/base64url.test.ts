import { utf8ToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64url, toBase64url } from './base64url.ts'

describe('base64url (RFC 4648)', () => {
  test.each([
    ['', ''],
    ['f', 'Zg'],
    ['fo', 'Zm8'],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg'],
    ['fooba', 'Zm9vYmE'],
    ['foobar', 'Zm9vYmFy'],
  ])('“%s” is written “%s”', (plain, written) => {
    expect(toBase64url(utf8ToBytes(plain))).toBe(written)
    expect(fromBase64url(written)).toEqual(utf8ToBytes(plain))
  })

  test('- and _ stand for the two characters that URLs cannot carry', () => {
    expect(toBase64url(Uint8Array.of(0xfb, 0xff, 0xbf))).toBe('-_-_')
  })

  test('other spellings of the same bytes are refused', () => {
    for (const other of ['Zg==', 'Zh', 'Z', 'Zm+v', 'Zm/v', 'Zm9v\n', ' Zm9v', '中文']) {
      expect(fromBase64url(other)).toBeUndefined()
    }
  })

  test('agrees with btoa and reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const written = toBase64url(bytes)
        const judged = btoa(String.fromCharCode(...bytes))
          .replaceAll('+', '-')
          .replaceAll('/', '_')
          .replaceAll('=', '')
        expect(written).toBe(judged)
        expect(fromBase64url(written)).toEqual(bytes)
      }),
    )
  })
})
