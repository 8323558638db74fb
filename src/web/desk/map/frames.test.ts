import { describe, expect, test } from 'vitest'
import type { MineOnMap } from '#contract/home.ts'
import { framesOf, gridLines, hasPlace, placedIn } from '#web/desk/map/frames.ts'

const mine = (part: Partial<MineOnMap>): MineOnMap => ({
  id: '01890000-0000-7000-8000-000000000001',
  code: 'T01',
  name: '一号矿',
  township: '某镇',
  status: 'producing',
  worst: 'none',
  openMajor: 0,
  suspected: 0,
  openGeneral: 0,
  unjudged: 0,
  overdue: 0,
  ...part,
})

const measured = mine({ position: { system: 'CGCS2000', longitude: 113.05, latitude: 36.05 } })
const schematic = mine({ grid: { eastKm: 9.2, northKm: -6.1 } })

describe('where a mine stands', () => {
  test('measured coordinates and the schematic grid are never drawn into one picture', () => {
    expect(framesOf([measured, schematic])).toEqual(['geodetic', 'grid'])
    expect(placedIn('geodetic', [measured, schematic])).toEqual([{ mine: measured, at: [113.05, 36.05] }])
    expect(placedIn('grid', [measured, schematic])).toEqual([{ mine: schematic, at: [9200, -6100] }])
  })

  test('once it has coordinates, the grid is left', () => {
    const both = mine({ position: measured.position, grid: schematic.grid })
    expect(framesOf([both])).toEqual(['geodetic'])
  })

  test('a mine with neither is told as one without coordinates', () => {
    expect(hasPlace(mine({}))).toBe(false)
    expect(framesOf([mine({})])).toEqual([])
  })

  test('the lines of the grid enclose the stretch', () => {
    expect(gridLines(-5800, 14000, 5000)).toEqual([-10000, -5000, 0, 5000, 10000, 15000])
    expect(gridLines(0, 5000, 5000)).toEqual([0, 5000])
  })
})
