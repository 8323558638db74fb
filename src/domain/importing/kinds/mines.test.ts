import { describe, expect, test } from 'vitest'
import type { GoodRow } from '#domain/importing/planImport.ts'
import type { Understood } from '#domain/importing/understood.ts'
import type { Mine } from '#domain/org/mine.ts'
import { type MinesStanding, minesFound, minesShape, understandMine } from './mines.ts'

const creditCode = '914403001922038216'
const companyId = '018a0000-0003-7000-8000-000000000001'
const mineId = '018a0000-0001-7000-8000-000000000001'
const newId = '018a0000-0009-7000-8000-000000000001'

const row = (change: Readonly<Record<string, unknown>> = {}, at = 2): GoodRow => ({
  sheet: '矿山',
  row: at,
  values: {
    code: 'F01',
    name: '青石岭石灰岩矿',
    companyName: '青石岭公司',
    creditCode,
    township: '荫城镇',
    mineType: 'openPit',
    mineral: '石灰岩',
    scale: '60万吨/年',
    status: 'producing',
    staffOwn: 31,
    staffContracted: 0,
    ...change,
  },
})

const registered: Mine = {
  code: 'F01',
  name: '青石岭石灰岩矿',
  companyId,
  div: '140404102',
  township: '荫城镇',
  mineType: 'openPit',
  mineral: '石灰岩',
  scale: '60万吨/年',
  status: 'producing',
  inScope: true,
  scopeReason: '正常生产',
  staffOwn: 31,
  staffContracted: 0,
  facts: { hasWasteDump: true },
}

const standing = (change: Partial<MinesStanding> = {}): MinesStanding => ({
  mines: minesFound([]),
  companies: new Map(),
  companyNames: new Map(),
  facts: [],
  towns: new Map([
    ['140404102', '荫城镇'],
    ['140404103', '西火镇'],
  ]),
  reaches: (div) => div.startsWith('140404'),
  idFor: () => newId,
  named: new Set(['F01']),
  ...change,
})

const known = { companies: new Map([[creditCode, { id: companyId, name: '青石岭公司' }]]) }
const there = (value: Mine = registered) => ({ ...known, mines: minesFound([{ id: mineId, version: 3, value }]) })

const understood = (given: GoodRow, around: MinesStanding): Understood => {
  const done = understandMine(given, around)
  if (!done.ok) throw new Error(JSON.stringify(done.faults))
  return done.value
}

const faults = (given: GoodRow, around: MinesStanding = standing()) => {
  const done = understandMine(given, around)
  return done.ok ? [] : done.faults.map(({ key, reason }) => `${key} ${reason}`)
}

describe('新的矿', () => {
  test('企业没有登记过的，先登记企业，再登记矿；正常生产的全部纳入整治（通知 二）', () => {
    const { add, found } = understood(row(), standing())
    expect(found).toBeUndefined()
    expect(add.map(({ act }) => act)).toEqual(['company.put', 'mine.put'])
    expect(add[0]?.body).toEqual({ name: '青石岭公司', creditCode, div: '140404' })
    expect(add[1]).toMatchObject({
      expectedVersion: 0,
      body: { div: '140404102', inScope: true, scopeReason: '正常生产', facts: {} },
    })
  })

  test('企业登记过的，只登记矿', () => {
    expect(understood(row(), standing(known)).add.map(({ act }) => act)).toEqual(['mine.put'])
  })

  test('长期停产、无人作业的，没有写盯守人员不行（通知 二）；是否纳入、为什么，都要写', () => {
    const suspended = { status: 'longSuspended' }
    expect(faults(row(suspended))).toEqual(['inScope 状态是“长期停产（无人作业）”，没有写是否纳入整治'])
    expect(faults(row({ ...suspended, inScope: false }))).toEqual(['scopeReason 没有写范围说明'])
    expect(faults(row({ ...suspended, inScope: false, scopeReason: '无人作业' }))).toEqual([
      'watcher 长期停产、停建而无人作业的矿山，没有写明驻矿盯守人员',
    ])
    const whole = { ...suspended, inScope: false, scopeReason: '无人作业', watcher: '盯守负责人' }
    expect(understood(row(whole), standing()).add[1]?.body).toMatchObject({ watcher: { post: '盯守负责人' } })
  })

  test('乡镇和区划代码对不上的，在外面的，都指出来', () => {
    expect(faults(row({ div: '140404103' }))).toEqual(['div 140404103 是西火镇，乡镇写的是“荫城镇”'])
    expect(faults(row({ div: '140425100' }))).toEqual(['div 140425100 不在您的管辖范围'])
    expect(faults(row({ div: '140404' }))).toEqual(['div “140404”不是乡镇的区划代码'])
    expect(faults(row({ township: '没有镇' }))).toEqual(['township 管辖范围内没有“没有镇”'])
    expect(faults(row({ township: '新设的镇', div: '140404199' }))).toEqual([])
  })

  test('名称里换了行的，像在表单里一样被拒绝，指到那一列', () => {
    expect(faults(row({ name: '青石岭\n石灰岩矿' }))[0]).toMatch(/^name .*只能写一行/)
  })
})

describe('已经登记的矿', () => {
  test('说的一样，没有差别，不改', () => {
    const { add, found } = understood(row(), standing(there()))
    expect(add).toEqual([])
    expect(found).toMatchObject({ differences: [], replace: [] })
  })

  test('表里没有写的，登记的照旧：情况、说明、选定的盯守人员', () => {
    const watcher = { post: '盯守负责人', personId: '018a0000-0002-7000-8000-000000000001' }
    const before: Mine = { ...registered, typeNote: '凹陷', watcher }
    const { found } = understood(row({ staffOwn: 9, watcher: '盯守负责人' }), standing(there(before)))
    expect(found?.differences).toEqual([{ title: '本矿人数', standing: '31 人', given: '9 人' }])
    expect(found?.replace).toEqual([
      expect.objectContaining({ streamId: mineId, expectedVersion: 3, body: { ...before, staffOwn: 9 } }),
    ])
  })

  test('状态变了的，旧的状态说明和范围决定不算数', () => {
    const before: Mine = { ...registered, statusNote: '自7月起生产' }
    expect(faults(row({ status: 'rectifying' }), standing(there(before)))).toEqual([
      'inScope 状态是“停产整改”，没有写是否纳入整治',
    ])
    const { found } = understood(
      row({ status: 'rectifying', inScope: true, scopeReason: '照样整治' }),
      standing(there(before)),
    )
    expect(found?.replace[0]?.body).not.toHaveProperty('statusNote')
  })

  test('编号改了，同一家企业的同名矿认得是同一座；别的行用编号指着它的，不认', () => {
    const renumbered = row({ code: 'F99' })
    expect(understood(renumbered, standing({ ...there(), named: new Set(['F99']) })).found?.title).toBe(
      'F01 青石岭石灰岩矿',
    )
    expect(understood(renumbered, standing({ ...there(), named: new Set(['F99', 'F01']) })).found).toBeUndefined()
  })

  test('名录里有两座同号的，不猜', () => {
    const twin = { id: newId, version: 1, value: { ...registered, name: '另一座' } }
    const twins = minesFound([{ id: mineId, version: 3, value: registered }, twin])
    expect(faults(row(), standing({ ...known, mines: twins }))).toEqual(['code 编号“F01”在名录里有两座矿'])
  })
})

test('同一张表里，编号重复的、同一信用代码两个名称的，后一行有错', () => {
  const { together } = minesShape([], [])
  const rows = [row(), row({}, 3), row({ code: 'F02', companyName: '另一个名称' }, 4)]
  const said = [...together(rows)].map(([{ row: at }, all]) => [at, all.map(({ reason }) => reason)])
  expect(said).toEqual([
    [3, ['与第 2 行重复']],
    [4, ['与第 2 行不一致：那里写的是“青石岭公司”']],
  ])
})
