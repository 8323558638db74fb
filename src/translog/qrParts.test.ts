import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evidence } from '#tests/support/evidence.ts'
import { joinQrParts, mostPartCharacters, type QrPart, readQrPart, splitForQr } from './qrParts.ts'

const read = (texts: readonly string[]): readonly QrPart[] => texts.map(readQrPart).filter((part) => part !== undefined)
const { bundle, checkpoint } = evidence()
const parts = splitForQr(bundle)
const first = parts[0] ?? ''

describe('a text in several QR codes', () => {
  test('is cut into parts of at most 700 characters of printable ASCII', () => {
    expect(parts.length).toBeGreaterThan(3)
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(mostPartCharacters)
      expect(part).toMatch(/^BH1:\d+\/\d+:[0-9a-f]{8}:[!-~]+$/)
    }
  })

  test('is joined from its parts in any order, with doubles, and with what scanners put around them', () => {
    const shuffled = [...parts].reverse().flatMap((part) => [`${part}\n`, part])
    expect(joinQrParts(read(shuffled))).toEqual({ ok: true, text: bundle })
  })

  test('of any characters and any length comes back as it was', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3_000 })
    fc.assert(
      fc.property(text, fc.integer({ min: 100, max: 700 }), (whole, most) => {
        const cut = splitForQr(whole, most)
        expect(cut.every((part) => part.length <= most)).toBe(true)
        expect(joinQrParts(read(cut))).toEqual({ ok: true, text: whole })
      }),
    )
  })

  test('tells which parts are still missing', () => {
    const without = parts.filter((_, at) => at !== 1 && at !== 2)
    expect(joinQrParts(read(without))).toEqual({ ok: false, problem: 'missing', missing: [2, 3], of: parts.length })
    expect(joinQrParts([])).toMatchObject({ ok: false, problem: 'missing' })
  })

  test('is not joined from parts of two texts', () => {
    const other = splitForQr(evidence({ fork: 'x' }).bundle)
    expect(other).toHaveLength(parts.length)
    expect(joinQrParts(read([...parts.slice(0, 2), ...other.slice(2)]))).toEqual({ ok: false, problem: 'mixed' })
    expect(joinQrParts(read([...parts, ...splitForQr(checkpoint)]))).toEqual({ ok: false, problem: 'mixed' })
  })

  test('is not joined where a part was altered', () => {
    const altered = first.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    expect(joinQrParts(read([altered, ...parts.slice(1)]))).toEqual({ ok: false, problem: 'damaged' })
    expect(joinQrParts(read([altered, ...parts]))).toEqual({ ok: false, problem: 'damaged' })
    expect(joinQrParts(read(['BH1:1/1:00000000:%E4%B8']))).toEqual({ ok: false, problem: 'damaged' })
  })

  test('and nothing else is read as a part', () => {
    for (const other of [
      '',
      bundle,
      checkpoint,
      'BH1:2/1:00000000:x',
      'BH1:0/1:00000000:x',
      'BH1:1/1:00000000:',
      'BH2:1/1:00000000:x',
    ])
      expect(readQrPart(other)).toBeUndefined()
  })

  test('that is empty or needs a hundred codes is refused', () => {
    expect(() => splitForQr('')).toThrow(RangeError)
    expect(() => splitForQr('x'.repeat(70_000))).toThrow(RangeError)
  })
})
