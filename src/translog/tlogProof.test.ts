import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toBase64 } from './base64.ts'
import { nobleSha256 } from './hasher.ts'
import { readTlogProof, writeTlogProof } from './tlogProof.ts'

const utf8 = new TextEncoder()
const hash = (text: string): Uint8Array => nobleSha256(utf8.encode(text))
const [one, two] = ['hash1', 'hash2'].map((text) => toBase64(hash(text)))
const header = 'c2sp.org/tlog-proof@v1'

describe('C2SP tlog-proof', () => {
  // The cases of transparency-dev/formats.
  test.each([
    ['without extra', { index: 5, proof: ['hash1', 'hash2'] }, `${header}\nindex 5\n${one}\n${two}\n\ncheckpoint\n`],
    [
      'with extra',
      { index: 10, proof: ['hash1'], extra: 'extra information' },
      `${header}\nextra ${toBase64(utf8.encode('extra information'))}\nindex 10\n${one}\n\ncheckpoint\n`,
    ],
    ['of a lone leaf', { index: 0, proof: [] }, `${header}\nindex 0\n\ncheckpoint\n`],
  ])(
    '%s is written as others write it',
    (_, { index, proof, extra }: { index: number; proof: string[]; extra?: string }, text) => {
      const whole = {
        index,
        proof: proof.map(hash),
        checkpoint: 'checkpoint\n',
        ...(extra !== undefined && { extra: utf8.encode(extra) }),
      }
      expect(writeTlogProof(whole)).toBe(text)
      expect(readTlogProof(text)).toEqual(whole)
    },
  )

  test('is read as it was written, whatever is in it', () => {
    const any = fc.record({
      index: fc.maxSafeNat(),
      proof: fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 20 }),
      extra: fc.uint8Array({ minLength: 1, maxLength: 60 }),
    })
    fc.assert(
      fc.property(any, fc.boolean(), ({ extra, ...rest }, hasExtra) => {
        const whole = { ...rest, checkpoint: 'a\n1\n=\n\n— a b\n', ...(hasExtra && { extra }) }
        expect(readTlogProof(writeTlogProof(whole))).toEqual(whole)
      }),
    )
  })

  test('nothing extra is no line', () => {
    const text = writeTlogProof({ index: 1, proof: [], extra: new Uint8Array(0), checkpoint: 'x\n' })
    expect(text).toBe(`${header}\nindex 1\n\nx\n`)
  })

  test.each([
    ['nothing', ''],
    ['another header', `c2sp.org/tlog-proof@v2\nindex 1\n\nx\n`],
    ['no header', 'index 1\n\nx\n'],
    ['no index', `${header}\n\nx\n`],
    ['a leading zero', `${header}\nindex 01\n\nx\n`],
    ['an index below zero', `${header}\nindex -5\n\nx\n`],
    ['an index that is no number', `${header}\nindex notanumber\n\nx\n`],
    ['an index beyond what can be counted', `${header}\nindex 9007199254740992\n\nx\n`],
    ['two spaces', `${header}\nindex  1\n\nx\n`],
    ['an empty extra', `${header}\nextra \nindex 1\n\nx\n`],
    ['an extra that is not base64', `${header}\nextra !!notbase64!!\nindex 0\n\nx\n`],
    ['an extra without padding', `${header}\nextra Zg\nindex 0\n\nx\n`],
    ['the extra behind the index', `${header}\nindex 0\nextra Zg==\n\nx\n`],
    ['two extras', `${header}\nextra Zg==\nextra Zg==\nindex 0\n\nx\n`],
    ['a line that is no hash', `${header}\nindex 0\n!!\n\nx\n`],
    ['a hash of another length', `${header}\nindex 0\n${toBase64(new Uint8Array(64))}\n\nx\n`],
    ['CRLF', `${header}\r\nindex 0\r\n\r\nx\r\n`],
    ['no checkpoint', `${header}\nindex 0\n`],
  ])('any other spelling is refused: %s', (_, text) => {
    expect(readTlogProof(text)).toBeUndefined()
  })
})
