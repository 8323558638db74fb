import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type OurHazard, reconcile, type TheirHazard } from '#domain/hazard/reconcile.ts'

const ours = (change: Partial<OurHazard> = {}): OurHazard => ({
  tenantId: 'm',
  id: 'h1',
  number: 'F01-2023-001',
  mineId: 'm',
  mineName: '一号矿',
  external: '1404-1',
  foundOn: '2023-05-18',
  place: '北帮',
  description: '北帮浮石未清',
  grade: 'general',
  closed: false,
  ...change,
})

const theirs = (change: Partial<TheirHazard> = {}): TheirHazard => ({
  sheet: '表',
  row: 2,
  number: '1404-1',
  mineName: '一号矿',
  foundOn: '2023-05-18',
  place: '北帮',
  description: '北帮浮石未清',
  grade: 'general',
  ...change,
})

describe('两边的台账摆在一起', () => {
  test('编号相同、说的一样，算一致；全角、空格不算不同；对方没有写的不算不同', () => {
    const line = theirs({ number: '１４０４－1', description: ' 北帮浮石未清。', place: undefined })
    expect(reconcile([ours()], [line])).toMatchObject({ same: 1, differing: [], onlyTheirs: [], onlyOurs: [] })
  })

  test('编号相同而说的不同，逐项列出两边', () => {
    const line = theirs({ foundOn: '2023-05-19', closedOn: '2023-06-01' })
    expect(reconcile([ours()], [line]).differing[0]?.differences).toEqual([
      { title: '发现日期', ours: '2023-05-18', theirs: '2023-05-19' },
      { title: '销号', ours: '未销号', theirs: '已销号 2023-06-01' },
    ])
  })

  test('对方记着我们的编号的，也对得上；没有记下的编号作为不同列出', () => {
    const found = reconcile([ours({ external: undefined })], [theirs({ ours: 'F01-2023-001' })])
    expect(found.differing[0]?.differences).toEqual([{ title: '编号', theirs: '1404-1' }])
  })

  test('只有对方有的，指出可能是我们的哪一条，不替人定', () => {
    const mine = ours({ external: undefined, description: '北帮上浮石没有清理' })
    const found = reconcile([mine], [theirs({ description: '北帮浮石没有清理' })])
    expect(found.onlyTheirs[0]?.perhaps).toEqual([mine])
    expect(found).toMatchObject({ same: 0, unnumbered: 0 })
  })

  test('我们记着对方编号、对方表里没有的；没有编号的；对方表里重复的，各列出来', () => {
    const found = reconcile(
      [ours(), ours({ id: 'h2', number: 'F01-2023-002', external: undefined })],
      [theirs({ number: '9', description: '别的' }), theirs({ number: '9', row: 3, description: '别的' })],
    )
    expect(found.onlyOurs.map(({ id }) => id)).toEqual(['h1'])
    expect(found.unnumbered).toBe(1)
    expect(found.repeated).toEqual([{ number: '9', rows: [2, 3] }])
  })

  test('任何两边：对方的每一行，恰好归在一处', () => {
    const number = fc.constantFrom('1', '2', '3', '4')
    const own = fc.uniqueArray(fc.record({ external: fc.option(number, { nil: undefined }), id: fc.uuid() }), {
      selector: ({ external, id }) => external ?? id,
    })
    fc.assert(
      fc.property(own, fc.array(number), (mine, lines) => {
        const found = reconcile(
          mine.map((one, at) => ours({ ...one, number: `F01-2023-${at}` })),
          lines.map((one, row) => theirs({ number: one, row })),
        )
        expect(found.same + found.differing.length + found.onlyTheirs.length).toBe(lines.length)
        const named = new Set(lines)
        const numbered = mine.filter(({ external }) => external !== undefined)
        expect(found.onlyOurs).toHaveLength(
          numbered.filter(({ external }) => external !== undefined && !named.has(external)).length,
        )
      }),
    )
  })
})
