import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '#contract/client.ts'
import { type HomeFigures, readHome } from '#contract/home.ts'
import { listCompanies, listMines } from '#contract/org.ts'
import { readRegister, totalOfRegister } from '#contract/register.ts'
import { type HazardFigure, hazardFigureNames, hazardFigures } from '#domain/hazard/figures.ts'
import { type MineFigure, mineFigureNames, mineFigures } from '#domain/org/mineFigures.ts'
import { type OpenDemo, openDemo } from '#tests/support/demo.ts'
import { granted } from '#tests/support/district.ts'

let demo: OpenDemo
let chief: Client
let figures: HomeFigures

beforeAll(async () => {
  demo = await openDemo()
  chief = await demo.as('局/三股股长')
  figures = granted(await chief.call(readHome, {})).figures
}, 180_000)
afterAll(() => demo?.close())

/** What the home page shows under each figure's link. */
const shown: Readonly<Record<HazardFigure, (home: HomeFigures) => number>> = {
  majorFound: ({ major }) => major.found,
  majorOpen: ({ openMajor }) => openMajor,
  majorClosed: ({ major }) => major.closed,
  majorOverdue: ({ overdue }) => overdue,
  majorExtended: ({ major }) => major.extended,
  majorByMine: ({ majorFoundBy }) => majorFoundBy.mine,
  majorByDepartment: ({ majorFoundBy }) => majorFoundBy.department,
  dualReported: ({ dualReported }) => dualReported,
  listed: ({ listed }) => listed,
  listingStands: ({ listed, delisted }) => listed - delisted,
  delisted: ({ delisted }) => delisted,
  generalFound: ({ general }) => general.found,
  generalOpen: ({ general }) => general.open,
  generalClosed: ({ general }) => general.closed,
  generalOverdue: ({ general }) => general.overdue,
  generalRepeated: ({ general }) => general.repeated,
  verifying: ({ verifying }) => verifying,
  notEstablished: ({ notEstablished }) => notEstablished,
}

const shownOfMines: Readonly<Record<MineFigure, (home: HomeFigures) => number>> = {
  inScope: ({ inScope }) => inScope,
  watched: ({ watched }) => watched,
  stopped: ({ stopped }) => stopped.whole + stopped.partial,
  stoppedWhole: ({ stopped }) => stopped.whole,
  stoppedPartial: ({ stopped }) => stopped.partial,
}

describe('请说明', () => {
  test('F10 近 90 天一条也没有自查出来，部门一次查出两条；有一般隐患记录的 F09 不列', async () => {
    const { silent, silentDays } = granted(await chief.call(readHome, {}))
    expect(silentDays).toBe(90)
    expect(silent[0]).toMatchObject({ code: 'F10', foundByOthers: 2 })
    expect(silent.map(({ code }) => code)).not.toContain('F09')
    // F05 is stopped, F06 and F11 are watched: nobody works there who could find.
    for (const code of ['F05', 'F06', 'F11']) expect(silent.map((one) => one.code)).not.toContain(code)
  })

  test('矿上的首页没有这一栏', async () => {
    const principal = await demo.as('F10/矿长')
    expect(granted(await principal.call(readHome, {})).silent).toEqual([])
  })
})

describe('首页的每个数字，点开就是它数的那些条，一条不多、一条不少', () => {
  test.each(hazardFigureNames)('隐患：%s', async (figure) => {
    const { items } = granted(await chief.call(readRegister, { query: { figure, limit: 200 } }))
    expect(items, hazardFigures[figure]).toHaveLength(shown[figure](figures))
    const { total, totalIsExact } = granted(await chief.call(totalOfRegister, { query: { figure } }))
    expect({ total, totalIsExact }).toEqual({ total: items.length, totalIsExact: true })
  })

  test.each(mineFigureNames)('矿山：%s', async (figure) => {
    const list = granted(await chief.call(listMines, { query: { figure, limit: 200 } }))
    expect(list.items, mineFigures[figure]).toHaveLength(shownOfMines[figure](figures))
    expect(list.total).toBe(list.items.length)
  })

  test('矿山和企业', async () => {
    expect(granted(await chief.call(listMines, { query: { limit: 200 } })).items).toHaveLength(figures.mines)
    expect(granted(await chief.call(listCompanies, { query: { limit: 200 } })).items).toHaveLength(figures.companies)
  })

  test('这些数字里有不是零的，数得出差别', () => {
    const values = hazardFigureNames.map((figure) => shown[figure](figures))
    expect(values.filter((value) => value > 0).length).toBeGreaterThan(12)
    expect(new Set(values).size).toBeGreaterThan(6)
    expect([figures.stopped.whole, figures.stopped.partial]).toEqual([1, 5])
  })
})
