import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAddCheckpoint, writeAddCheckpoint } from './addCheckpoint.ts'

const root = new Uint8Array(32).fill(9)
const checkpoint = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— a b\n'
const written = writeAddCheckpoint({ oldSize: 2, proof: [root, root], checkpoint })

describe('C2SP tlog-witness: what is sent to add-checkpoint', () => {
  test('the example of the specification is read and written again', () => {
    const example = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

${checkpoint}`
    const read = readAddCheckpoint(example)
    expect(read).toMatchObject({ oldSize: 20_852_014, checkpoint })
    expect(read?.proof).toHaveLength(4)
    expect(read && writeAddCheckpoint(read)).toBe(example)
  })

  test('is read as it was written, with up to 63 lines', () => {
    const proof = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 63 })
    fc.assert(
      fc.property(fc.maxSafeNat(), proof, (oldSize, lines) => {
        const sent = { oldSize, proof: lines, checkpoint }
        expect(readAddCheckpoint(writeAddCheckpoint(sent))).toEqual(sent)
      }),
      { numRuns: 30 },
    )
    const tooMany = writeAddCheckpoint({ oldSize: 2, proof: Array(64).fill(root), checkpoint })
    expect(readAddCheckpoint(tooMany)).toBeUndefined()
  })

  test.each([
    ['a leading zero', written.replace('old 2', 'old 02')],
    ['another word', written.replace('old 2', 'new 2')],
    ['a size below zero', written.replace('old 2', 'old -2')],
    ['two spaces', written.replace('old 2', 'old  2')],
    ['no empty line', written.slice(0, written.indexOf('\n\n'))],
    ['CRLF', written.replaceAll('\n', '\r\n')],
    ['a line that is no hash', written.replace('CQkJ', '****')],
    ['a line without padding', written.replace('=\n', '\n')],
    ['nothing', ''],
  ])('any other spelling is refused: %s', (_, other) => {
    expect(other).not.toBe(written)
    expect(readAddCheckpoint(other)).toBeUndefined()
  })
})
