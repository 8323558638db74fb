import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hmacWith, nobleSha256 } from '#translog/hasher.ts'
import { sealFields } from '#translog/leaf.ts'
import { nodeSha256 } from './nodeSha256.ts'

test('the server and the browser hash alike', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const judged = createHash('sha256').update(bytes).digest()
      expect(Buffer.compare(nodeSha256(bytes), judged)).toBe(0)
      expect(Buffer.compare(nobleSha256(bytes), judged)).toBe(0)
    }),
  )
})

test('HMAC over either hasher is that of OpenSSL', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 150 }), fc.uint8Array({ maxLength: 150 }), (key, message) => {
      const judged = createHmac('sha256', key).update(message).digest()
      expect(Buffer.compare(hmacWith(key, nodeSha256)(message), judged)).toBe(0)
      expect(Buffer.compare(hmacWith(key, nobleSha256)(message), judged)).toBe(0)
    }),
  )
})

test('a commitment can be recomputed with OpenSSL and JSON.stringify alone', () => {
  const salt = Buffer.alloc(32, 3)
  const sha = (text: string) => createHash('sha256').update(text).digest()
  const fieldCommit = (name: string, value: string) => {
    const fieldSalt = createHmac('sha256', salt).update(name).digest().subarray(0, 16).toString('base64url')
    return sha(JSON.stringify([fieldSalt, name, value])).toString('base64url')
  }
  const judged = sha(
    JSON.stringify([
      'bihuan.leaf.v1',
      { actor: fieldCommit('actor', '甲'), kind: fieldCommit('kind', 'hazard.found') },
    ]),
  )
  for (const hash of [nodeSha256, nobleSha256]) {
    const { commit } = sealFields({ kind: 'hazard.found', actor: '甲' }, salt, hash)
    expect(Buffer.compare(commit, judged)).toBe(0)
  }
})
