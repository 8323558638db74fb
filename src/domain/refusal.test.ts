import { expect, test } from 'vitest'
import { type Outcome, ok, refuse } from './refusal.ts'

test('an outcome is either the value or the refusal, and its kind is told by ok', () => {
  const halve = (value: number): Outcome<number> =>
    value % 2 === 0 ? ok(value / 2) : refuse({ code: 'odd', message: '不是偶数', remedy: '请填偶数' })
  expect(halve(4)).toEqual({ ok: true, value: 2 })
  expect(halve(3)).toEqual({ ok: false, refusal: { code: 'odd', message: '不是偶数', remedy: '请填偶数' } })
})
