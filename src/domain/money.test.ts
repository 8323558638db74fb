import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fen, formatWanYuan, formatYuan, maxFen, parseYuan } from './money.ts'

const messageOf = (value: unknown) => fen({ label: '资金' }).safeParse(value).error?.issues[0]?.message

describe('an amount', () => {
  test('is a whole number of fen from 0 to 1e15', () => {
    for (const good of [0, 1, maxFen]) expect(fen().parse(good)).toBe(good)
    expect(messageOf(-1)).toBe('“资金”金额不能是负数，请填 0 或正数')
    expect(messageOf(0.5)).toContain('只能精确到分')
    expect(messageOf(maxFen + 1)).toContain('请核对单位是元还是万元')
    expect(messageOf(Number.NaN)).toContain('应是金额')
    expect(messageOf(Number.POSITIVE_INFINITY)).toContain('应是金额')
    expect(messageOf('12')).toContain('应是金额')
    expect(messageOf(undefined)).toBe('“资金”没有填写，请填写金额')
  })

  test('is shown in yuan with thousands apart, fen only where there are any', () => {
    expect(formatYuan(1_230_000)).toBe('12,300 元')
    expect(formatYuan(1_230_005)).toBe('12,300.05 元')
    expect(formatYuan(0)).toBe('0 元')
    expect(formatYuan(maxFen)).toBe('10,000,000,000,000 元')
    expect(formatYuan(-50)).toBe('-0.50 元')
    expect(() => formatYuan(0.5)).toThrow(RangeError)
  })

  test('is shown in 万元 to the hundred yuan', () => {
    expect(formatWanYuan(18_600_000)).toBe('18.60 万元')
    expect(formatWanYuan(4_999)).toBe('0.00 万元')
    expect(formatWanYuan(5_000)).toBe('0.01 万元')
    expect(formatWanYuan(-4_999)).toBe('0.00 万元')
    expect(formatWanYuan(1_234_567_000_000)).toBe('1,234,567.00 万元')
  })

  test.each([
    ['12300', 1_230_000],
    ['12,300.5', 1_230_050],
    ['１２，３００ 元', 1_230_000],
    ['￥0.29', 29],
    ['18.6万元', 18_600_000],
    ['0.000001万', 1],
    ['1.1000', 110],
  ])('typed as %s is read without loss', (typed, amount) => {
    expect(parseYuan(typed)).toEqual({ ok: true, value: amount })
  })

  test.each(['', '  ', '-3', '1.234', '1,23', '三百', '1e3', '0x10', '.5', '1.2.3', '99999999999999999999', '12元5角'])(
    'typed as “%s” is refused with an example of how to write it',
    (typed) => {
      expect(parseYuan(typed)).toMatchObject({
        ok: false,
        refusal: { code: 'amountUnreadable', remedy: '请写成 12300、12,300.50 或 18.6万元 的样子' },
      })
    },
  )

  test('what is shown in yuan is read back as the same amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: maxFen }), (amount) => {
        expect(parseYuan(formatYuan(amount))).toEqual({ ok: true, value: amount })
      }),
    )
  })

  test('what is shown in 万元 is at most fifty yuan off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: maxFen }), (amount) => {
        const back = parseYuan(formatWanYuan(amount))
        expect(back.ok && Math.abs(back.value - amount) <= 5_000).toBe(true)
      }),
    )
  })
})
