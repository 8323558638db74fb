import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '#domain/calendarDate.ts'
import type { Cell } from './cell.ts'
import {
  type CellRead,
  choiceCell,
  creditCodeCell,
  dayCell,
  divisionCell,
  idNumberCell,
  numberCell,
  phoneCell,
  textCell,
  yesNoCell,
  yuanCell,
} from './readCell.ts'

const context = { today: '2023-09-15', allowUnassignedCodes: false }
const text = (content: string): Cell => ({ kind: 'text', text: content })
const number = (value: number): Cell => ({ kind: 'number', value })
const told = (read: CellRead<unknown>): unknown => (read.ok ? read.value : `${read.reason}；${read.remedy}`)

describe('日期', () => {
  test.each([
    '2023-07-31',
    '2023.7.31',
    '2023/7/31',
    '2023年7月31日',
    '20230731',
    '２０２３-０７-３１',
    '2023-07-31 08:30',
  ])('“%s”是 2023-07-31', (written) => {
    expect(told(dayCell(text(written), context))).toBe('2023-07-31')
  })

  test('Excel 的天数（45138 是 2023-07-31）、当成数字的 20230731 都读得出来', () => {
    expect(told(dayCell(number(45_138), context))).toBe('2023-07-31')
    expect(told(dayCell(number(45_138.6), context))).toBe('2023-07-31')
    expect(told(dayCell(number(20_230_731), context))).toBe('2023-07-31')
  })

  test('每一个天数都对得上日历', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
        expect(told(dayCell(number(32_874 + days), context))).toBe(addDays('1990-01-01', days))
      }),
    )
  })

  test.each([
    ['2023-02-30', '没有“2023-02-30”这一天'],
    ['2023年7月', '只有年月'],
    ['7月31日', '没有年份'],
    ['七月底', '不是日期'],
  ])('“%s”：%s', (written, said) => {
    expect(told(dayCell(text(written), context))).toContain(said)
  })
})

describe('金额和数字', () => {
  test.each([
    [text('12,300'), 1_230_000],
    [text('1.5万元'), 1_500_000],
    [text('300 元'), 30_000],
    [number(0.1), 10],
    [number(1_234.56), 123_456],
  ])('%j', (cell, fen) => {
    expect(told(yuanCell(cell, context))).toBe(fen)
  })

  test('不到一分、不是数字、超出范围的，说明白', () => {
    expect(told(yuanCell(number(0.001), context))).toContain('不到一分')
    expect(told(numberCell({ min: 0, max: 100 })(text('约30人'), context))).toContain('不是数字')
    expect(told(numberCell({ min: 0, max: 100 })(number(101), context))).toContain('0 到 100')
    expect(told(numberCell({ min: 0, max: 100, whole: true })(number(1.5), context))).toContain('整数')
  })
})

describe('代码和选项', () => {
  const statuses = choiceCell({ producing: '正常生产', rectifying: '停产整改' }, { 生产: 'producing' })

  test('写对的、习惯叫法、近似的、不沾边的', () => {
    expect(told(statuses(text('正常生产'), context))).toBe('producing')
    expect(told(statuses(text('生产'), context))).toBe('producing')
    expect(told(statuses(text('正长生产'), context))).toContain('是不是“正常生产”')
    expect(told(statuses(text('关闭'), context))).toContain('可填：正常生产、停产整改')
  })

  test('被当成数字的信用代码、身份证号，说出是被截断的', () => {
    expect(told(creditCodeCell(number(9.144e17), context))).toContain('文本')
    expect(told(idNumberCell(number(1.101051949123e17), context))).toMatch(/数字|18位/)
  })

  test('信用代码逐位核对', () => {
    expect(told(creditCodeCell(text('914403001922038216'), context))).toBe('914403001922038216')
    expect(told(creditCodeCell(text('914403001922038217'), context))).toContain('第18位')
  })

  test('区划可以写代码也可以写乡镇名', () => {
    const known = new Map([
      ['140404102', '荫城镇'],
      ['140404103', '西火镇'],
    ])
    expect(told(divisionCell(known)(text('荫城镇'), context))).toBe('140404102')
    expect(told(divisionCell(known)(number(140_404_103), context))).toBe('140404103')
    expect(told(divisionCell(known)(text('茵城镇'), context))).toContain('荫城镇')
    expect(told(divisionCell(known)(text('140499'), context))).toContain('没有区划代码')
  })

  test('是否、电话、乱码、算不出来的公式', () => {
    expect(told(yesNoCell(text('√'), context))).toBe(true)
    expect(told(yesNoCell(text('大概'), context))).toContain('看不出')
    expect(told(phoneCell(text('138 0000 0001'), context))).toBe('13800000001')
    expect(told(phoneCell(text('12345'), context))).toContain('不是电话')
    expect(told(textCell(50)(text('ÖÐ¹úÂÌÉ«'), context))).toContain('乱码')
    expect(told(textCell(50)(text('锟斤拷锟斤拷'), context))).toContain('乱码')
    expect(told(textCell(5)(text('这一格写得太长了'), context))).toContain('最多5个')
    expect(told(dayCell({ kind: 'fault', code: '#REF!' }, context))).toContain('#REF!')
  })
})
