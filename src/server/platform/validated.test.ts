import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { validated } from './validated.ts'

const form = z.object({
  name: z.string().min(2).max(4),
  count: z.number().int().min(0).max(9).optional(),
  choice: z.enum(['a', 'b']).optional(),
  id: z.uuid().optional(),
  list: z.array(z.string()).max(1).optional(),
  nested: z.object({ yes: z.boolean() }).optional(),
  known: z.strictObject({ yes: z.boolean() }).optional(),
})

const fieldsOf = (input: unknown) => {
  const outcome = validated(form, input)
  return outcome.ok ? [] : outcome.refusal.details?.fields
}

describe('bad input', () => {
  test('good input comes back as the form reads it', () => {
    expect(validated(z.object({ n: z.coerce.number() }), { n: '7' })).toEqual({ ok: true, value: { n: 7 } })
  })

  test.each([
    [{}, 'name', '没有填写，请填写'],
    [{ name: 1 }, 'name', '应是文字'],
    [{ name: '甲' }, 'name', '至少 2 个字'],
    [{ name: '甲乙丙丁戊' }, 'name', '最多 4 个字'],
    [{ name: '甲乙', count: 1.5 }, 'count', '应是整数'],
    [{ name: '甲乙', count: -1 }, 'count', '不能小于 0'],
    [{ name: '甲乙', count: 10 }, 'count', '不能大于 9'],
    [{ name: '甲乙', count: '1' }, 'count', '应是数字'],
    [{ name: '甲乙', choice: 'c' }, 'choice', '请从列表中选择'],
    [{ name: '甲乙', id: '1' }, 'id', '编号格式不对，请从列表中选择'],
    [{ name: '甲乙', list: ['a', 'b'] }, 'list', '最多 1 项'],
    [{ name: '甲乙', list: 'a' }, 'list', '应是一列内容'],
    [{ name: '甲乙', nested: { yes: 'ja' } }, 'nested.yes', '应是“是”或“否”'],
    [{ name: '甲乙', known: { yes: true, no: 1 } }, 'known.no', '表上没有这一项，请去掉'],
    [{ name: '甲乙', extra: 1 }, 'extra', '表上没有这一项，请去掉'],
    [[], '', '应是一组内容'],
    [undefined, '', '没有填写，请填写'],
  ])('%j: says which field and what, in plain Chinese', (input, field, message) => {
    expect(fieldsOf(input)).toContainEqual({ field, message })
  })

  test('every field at once, a stranger among them', () => {
    const outcome = validated(form, { name: '甲', count: 'x', extra: 1 })
    expect(outcome).toMatchObject({
      ok: false,
      refusal: {
        code: 'invalid-input',
        message: 'name：至少 2 个字；count：应是数字；extra：表上没有这一项，请去掉',
        remedy: '按各项提示改正后再办理',
      },
    })
  })
})
