import { describe, expect, test } from 'vitest'
import { evidence } from '#tests/support/evidence.ts'
import { type Paper, paperWith, pixelsOf } from '#tests/support/slipPicture.ts'
import { joinQrParts, readQrPart, splitForQr } from '#translog/qrParts.ts'
import { readQrCodes } from '#web/verify/readQrCodes.ts'

const { bundle, checkpoint } = evidence()
const parts = splitForQr(bundle)

const readFrom = async (texts: readonly string[], paper: Paper) =>
  readQrCodes(await pixelsOf(await paperWith(texts, paper)))
const joined = (texts: readonly string[]) => joinQrParts(texts.map(readQrPart).filter((part) => part !== undefined))

describe('codes on paper', () => {
  test('the co-signed checkpoint is read back letter by letter from one code', async () => {
    expect(await readFrom([checkpoint], { code: 500, columns: 1 })).toEqual([checkpoint])
  })

  test('all parts of a record’s proof are read from one picture, and make the file', async () => {
    const texts = await readFrom([checkpoint, ...parts], { code: 480, columns: 2 })
    expect(texts).toContain(checkpoint)
    expect(joined(texts)).toEqual({ ok: true, text: bundle })
  })

  test.each([
    ['held askew', { code: 480, columns: 2, turned: 4 }],
    ['upside down', { code: 480, columns: 2, turned: 180 }],
    ['held far askew', { code: 520, columns: 2, turned: 20 }],
    ['a little out of focus and compressed', { code: 560, columns: 2, turned: -2, blur: 1.2, jpeg: 60 }],
  ])('also from a photo %s', async (_, paper) => {
    expect(joined(await readFrom([checkpoint, ...parts], paper))).toEqual({ ok: true, text: bundle })
  })

  test('also where something touches every code, one code after the other', async () => {
    const sheet = await paperWith([checkpoint, ...parts], { code: 480, columns: 2, gap: 0 })
    expect(joined(readQrCodes(await pixelsOf(sheet)))).toEqual({ ok: true, text: bundle })
  })

  test('also one code after the other', async () => {
    const read: string[] = []
    for (const part of [...parts].reverse())
      read.push(...(await readFrom([part], { code: 420, columns: 1, turned: 3 })))
    expect(joined(read)).toEqual({ ok: true, text: bundle })
  })

  test('and a picture without codes gives none', async () => {
    expect(await readFrom([], { code: 400, columns: 1 })).toEqual([])
  })

  test('a sheet of six codes is read in less than two seconds', async () => {
    const picture = await pixelsOf(await paperWith([checkpoint, ...parts], { code: 560, columns: 2, turned: 2 }))
    const began = performance.now()
    expect(readQrCodes(picture).length).toBe(parts.length + 1)
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})
