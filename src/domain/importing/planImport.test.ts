import { describe, expect, test } from 'vitest'
import type { Cell, Sheet } from './cell.ts'
import { type Column, findHeader } from './header.ts'
import { planImport } from './planImport.ts'
import { choiceCell, dayCell, numberCell, textCell } from './readCell.ts'

const columns: readonly Column[] = [
  { key: 'code', title: '编号', aliases: ['矿山编号', '序号代码'], required: true, read: textCell(20) },
  { key: 'name', title: '矿山名称', aliases: ['名称', '企业名称'], required: true, read: textCell(100) },
  {
    key: 'status',
    title: '状态',
    aliases: ['生产状态'],
    required: true,
    read: choiceCell({ producing: '正常生产', rectifying: '停产整改' }),
  },
  {
    key: 'staff',
    title: '从业人数',
    aliases: ['人数'],
    required: false,
    read: numberCell({ min: 0, max: 10_000, whole: true }),
  },
  { key: 'foundOn', title: '发现日期', aliases: [], required: false, read: dayCell },
  { key: 'dueOn', title: '整改期限', aliases: ['期限'], required: false, read: dayCell },
]

const context = { today: '2023-09-15', allowUnassignedCodes: true }

const cellOf = (value: string | number): Cell =>
  value === ''
    ? { kind: 'empty' }
    : typeof value === 'number'
      ? { kind: 'number', value }
      : { kind: 'text', text: value }
const sheet = (rows: readonly (readonly (string | number)[])[], name = '矿山'): Sheet => ({
  name,
  rows: rows.map((row) => row.map(cellOf)),
})

const beforeFinding = (values: Readonly<Record<string, unknown>>) =>
  typeof values.dueOn === 'string' && typeof values.foundOn === 'string' && values.dueOn < values.foundOn
    ? [{ key: 'dueOn', reason: '整改期限早于发现日期', remedy: '请核对两个日期' }]
    : []

describe('表头', () => {
  test('前面有标题行、列的顺序不同、有单位和星号，都认得', () => {
    const header = findHeader(
      sheet([['上党区矿山一览表'], ['2023年7月'], ['*状态', '从业人数（人）', '矿山 名称', '编号']]),
      columns,
    )
    expect(header?.end).toBe(3)
    expect(header?.matched.map(({ letter, key }) => `${letter} ${key}`)).toEqual([
      'A status',
      'B staff',
      'C name',
      'D code',
    ])
  })

  test('合并的两行表头读成一列一名', () => {
    const header = findHeader(
      sheet([
        ['编号', '矿山名称', '状态', '发现', '', '整改', ''],
        ['', '', '', '日期', '人', '期限', '责任人'],
      ]),
      columns,
    )
    expect(header?.end).toBe(2)
    expect(header?.matched.map(({ letter, key }) => `${letter} ${key}`)).toEqual([
      'A code',
      'B name',
      'C status',
      'D foundOn',
      'F dueOn',
    ])
    expect(header?.strange.map(({ header: title }) => title)).toEqual(['发现/人', '整改/责任人'])
  })

  test('不认得的列报出来，像谁就说像谁；人指定过的照指定的', () => {
    const rows = sheet([['编号', '矿名', '生产状况', '备用']])
    expect(findHeader(rows, columns)).toBeUndefined()
    const corrected = findHeader(rows, columns, { 矿名: 'name', 备用: null })
    expect(corrected?.matched.map(({ key }) => key)).toEqual(['code', 'name'])
    expect(corrected?.strange).toEqual([
      expect.objectContaining({ letter: 'C', header: '生产状况', perhaps: undefined }),
    ])
    expect(corrected?.missing.map(({ key }) => key)).toEqual(['status'])
  })

  test('两列同名，要人说用哪一列', () => {
    const plan = planImport(
      [
        sheet([
          ['编号', '名称', '企业名称', '状态'],
          ['F1', '甲', '乙', '正常生产'],
        ]),
      ],
      { columns },
      context,
    )
    expect(plan.faults).toEqual([expect.objectContaining({ title: '矿山名称', reason: 'B、C 列都叫“矿山名称”' })])
    expect(plan.good).toEqual([])
  })
})

describe('试导', () => {
  const header = ['编号', '矿山名称', '状态', '从业人数', '发现日期', '整改期限']

  test('每一处错都说出表、行、列、原因、改法；好的行一行不少', () => {
    const plan = planImport(
      [
        sheet([
          header,
          ['F01', '甲矿', '正常生产', 40, '2023-07-01', '2023-08-01'],
          ['F02', '', '正长生产', '约30', '', ''],
          ['F03', '丙矿', '停产整改', '', '2023-08-01', '2023-07-01'],
        ]),
      ],
      { columns, checkRow: beforeFinding },
      context,
    )
    expect(plan.good).toEqual([
      {
        sheet: '矿山',
        row: 2,
        values: {
          code: 'F01',
          name: '甲矿',
          status: 'producing',
          staff: 40,
          foundOn: '2023-07-01',
          dueOn: '2023-08-01',
        },
      },
    ])
    expect(plan.badRows).toBe(2)
    expect(plan.faults.map(({ row, column, reason }) => `${row}${column} ${reason}`)).toEqual([
      '3B “矿山名称”没有填',
      '3C 没有“正长生产”这一项',
      '3D “约30”不是数字',
      '4F 整改期限早于发现日期',
    ])
    expect(plan.faults[1]?.remedy).toContain('是不是“正常生产”')
  })

  test('空行、每页重复的表头、表下的注和合计不当成数据，注和合计列出来', () => {
    const plan = planImport(
      [
        sheet([
          header,
          ['F01', '甲矿', '正常生产', 40, '', ''],
          ['', '', '', '', '', ''],
          header,
          ['F02', '乙矿', '正常生产', 20, '', ''],
          ['合计', '', '', 60, '', ''],
          ['注：人数含外包单位', '', '', '', '', ''],
          ['填表人：某某', '', '审核人：', '', '', ''],
        ]),
        sheet([['说明'], ['本表每月报送一次']], '填表说明'),
        sheet([], '空表'),
      ],
      { columns },
      context,
    )
    expect(plan.good.map(({ row }) => row)).toEqual([2, 5])
    expect(plan.faults).toEqual([])
    expect(plan.notes.map(({ row }) => row)).toEqual([6, 7, 8])
    expect(plan.skipped).toEqual(['填表说明'])
  })

  test('缺了必须的列，只说一次', () => {
    const plan = planImport(
      [
        sheet([
          ['编号', '矿山名称'],
          ['F01', '甲'],
          ['F02', '乙'],
        ]),
      ],
      { columns },
      context,
    )
    expect(plan.faults.map(({ reason }) => reason)).toEqual(['没有“状态”这一列'])
  })
})
