import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { describe, expect, test } from 'vitest'
import { hmacWith, nobleSha256 } from './hasher.ts'

test('SHA-256 of "abc" is that of FIPS 180-4', () => {
  expect(bytesToHex(nobleSha256(utf8ToBytes('abc')))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})

describe('HMAC-SHA-256 (RFC 4231)', () => {
  test.each([
    ['0b'.repeat(20), '4869205468657265', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [
      '4a656665',
      '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    ['aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
    [
      'aa'.repeat(131),
      '54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374',
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
  ])('key %s', (key, message, digest) => {
    expect(bytesToHex(hmacWith(hexToBytes(key), nobleSha256)(hexToBytes(message)))).toBe(digest)
  })

  test('one key may serve many messages', () => {
    const hmac = hmacWith(hexToBytes('0b'.repeat(20)), nobleSha256)
    const first = bytesToHex(hmac(utf8ToBytes('Hi There')))
    hmac(utf8ToBytes('something else'))
    expect(bytesToHex(hmac(utf8ToBytes('Hi There')))).toBe(first)
  })
})
