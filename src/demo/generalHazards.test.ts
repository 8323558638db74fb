import { describe, expect, test } from 'vitest'
import { supplementMark } from '#demo/everyday.ts'
import { generalStories } from '#demo/generalHazards.ts'
import { phraseBank, written } from '#demo/phraseBank.ts'

const supplement = generalStories(7)
const descriptionOf = ({ steps }: (typeof supplement)[number]): string => String(steps[0]?.body.description)

describe('the general hazards that fill the register up', () => {
  test('some 240 together with the 13 of the demo, the same for the same seed', () => {
    expect(supplement.length + 13).toBeGreaterThan(225)
    expect(supplement.length + 13).toBeLessThan(255)
    expect(generalStories(7)).toEqual(supplement)
    expect(generalStories(8)).not.toEqual(supplement)
  })

  test('F10, which found nothing from May to August, writes none; what lies idle neither', () => {
    expect(new Set(supplement.map(({ mine }) => mine))).toEqual(
      new Set(['F01', 'F02', 'F03', 'F04', 'F05', 'F07', 'F08', 'F09']),
    )
  })

  test('96 to 98 of a hundred are mended, some 40 on the spot', () => {
    const share = (acts: readonly string[]) =>
      supplement.filter(({ steps }) => steps.some(({ act }) => acts.includes(act))).length / supplement.length
    expect(share(['closeOut', 'reportFixed'])).toBeGreaterThanOrEqual(0.96)
    expect(share(['closeOut', 'reportFixed'])).toBeLessThanOrEqual(0.98)
    expect(share(['reportFixed'])).toBeGreaterThan(0.3)
    expect(share(['reportFixed'])).toBeLessThan(0.5)
  })

  test('each bears the mark by which it is told from the demo’s own', () => {
    for (const one of supplement) expect(descriptionOf(one)).toContain(supplementMark)
  })

  test('numbers are drawn within their ranges, to the digits the phrase is written in', () => {
    for (const share of [0, 0.5, 0.999]) {
      expect(Number(written('{1.0–2.5}', () => share, 0))).toBeGreaterThanOrEqual(1)
      expect(Number(written('{1.0–2.5}', () => share, 0))).toBeLessThanOrEqual(2.5)
      expect(written('+{标高} m，{1–8} m³', () => share, 1036)).toMatch(/^\+1036 m，[1-8] m³$/)
    }
    for (const { place, text } of phraseBank) expect(written(place + text, () => 0.4, 1000)).not.toMatch(/[{}]/)
  })

  test('rain brings slopes, roads and water twice as often', () => {
    const wet = new Set(phraseBank.filter((one) => one.wet).map(({ system }) => system))
    const shareWet = (from: string, to: string) => {
      const days = supplement.filter(({ steps }) => {
        const day = steps[0]?.when.slice(0, 5) ?? ''
        return day >= from && day <= to
      })
      return days.filter((one) => wet.has(descriptionOf(one).split('：')[0] ?? '')).length / days.length
    }
    expect(shareWet('07-30', '08-06')).toBeGreaterThan(shareWet('06-01', '07-29'))
  })
})
