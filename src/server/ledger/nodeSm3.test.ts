import { expect, test } from 'vitest'
import { toHex } from '#translog/hex.ts'
import { pureSm3 } from '#translog/sm3.ts'
import { nodeSm3 } from './nodeSm3.ts'

test('SM3 of OpenSSL is that in JavaScript, for every length up to 300 bytes', () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, at) => (at * 41) % 256)
  for (let length = 0; length <= bytes.length; length += 1) {
    const part = bytes.subarray(0, length)
    expect(toHex(nodeSm3(part))).toBe(toHex(pureSm3(part)))
  }
})
