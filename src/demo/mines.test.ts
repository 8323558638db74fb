import { describe, expect, test } from 'vitest'
import { companies } from '#demo/companies.ts'
import { divisionOfMine, mineCodes, mineOf } from '#demo/mines.ts'
import { loadRulebook } from '#server/platform/rulebookFiles.ts'

const parsed = await loadRulebook()
if (!parsed.ok) throw new Error('the shipped rulebook must read')
const { facts: catalogue, divisions } = parsed.rulebook

const number = (code: (typeof mineCodes)[number], key: string): number | undefined => {
  const value = mineOf(code).facts[key]
  return typeof value === 'number' ? value : undefined
}

const degrees = (radians: number): number => (radians * 180) / Math.PI

describe('the mines of the demo', () => {
  test('every fact the criteria ask about has the kind the rulebook gives it, and belongs to the type of mine', () => {
    for (const code of mineCodes) {
      const { facts, mineType } = mineOf(code)
      for (const fact of catalogue) {
        const value = facts[fact.key]
        if (value === undefined) continue
        expect(fact.mineTypes, `${code} ${fact.key}`).toContain(mineType)
        const kind = { yesNo: 'boolean', number: 'number', choice: 'string' }[fact.kind]
        expect(typeof value, `${code} ${fact.key}`).toBe(kind)
      }
    }
  })

  test('every open pit answers whether it is depressed, how high its slope is and whether it has a dump', () => {
    for (const code of mineCodes) {
      if (mineOf(code).mineType !== 'openPit') continue
      expect(Object.keys(mineOf(code).facts)).toEqual(
        expect.arrayContaining(['depressed', 'pitSlopeHeightM', 'hasWasteDump']),
      )
    }
  })

  test('the design angle of the working slope follows from bench, face and platform', () => {
    for (const code of mineCodes) {
      const height = number(code, 'designBenchHeightM')
      const face = number(code, 'designFaceAngleDeg')
      const platform = number(code, 'designWorkingPlatformM')
      const design = number(code, 'designWorkingSlopeAngleDeg')
      if (height === undefined || face === undefined || platform === undefined || design === undefined) continue
      const angle = degrees(Math.atan(height / (height / Math.tan((face * Math.PI) / 180) + platform)))
      expect(angle, code).toBeLessThanOrEqual(design)
    }
  })

  test('only the southern working slope of F04 is steeper than its design', () => {
    const steeper = mineCodes.filter((code) => {
      const measured = number(code, 'measuredWorkingSlopeAngleDeg')
      return measured !== undefined && measured > (number(code, 'designWorkingSlopeAngleDeg') ?? 0)
    })
    expect(steeper).toEqual(['F04'])
  })

  test('F01 stands at 162 m, F05 and F06 at 40 m', () => {
    expect(number('F01', 'pitSlopeHeightM')).toBe(162)
    expect([number('F05', 'pitSlopeHeightM'), number('F06', 'pitSlopeHeightM')]).toEqual([40, 40])
  })

  test('each lies in a township of the rulebook, no figure betrays a real place', () => {
    for (const code of mineCodes) {
      const division = divisions.find((one) => one.code === divisionOfMine(code))
      expect(division?.name).toBe(mineOf(code).township)
      expect(JSON.stringify(mineOf(code))).not.toMatch(/经度|纬度|latitude|longitude/i)
      expect(mineOf(code).name).toMatch(/^演示·/)
    }
  })

  test('eleven companies hold the twelve, one of them two', () => {
    expect(companies.flatMap(({ mines }) => mines).sort()).toEqual([...mineCodes].sort())
    expect(companies.filter(({ mines }) => mines.length === 2).map(({ mines }) => mines)).toEqual([['F11', 'F12']])
    expect(new Set(companies.map(({ value }) => value.creditCode)).size).toBe(11)
  })
})
