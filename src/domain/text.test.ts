import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { line, text } from './text.ts'

const messageOf = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value).error?.issues[0]?.message

describe('text', () => {
  test('outer white space, the ideographic space too, is trimmed', () => {
    expect(text({ max: 20 }).parse('  \u3000边坡有裂缝 \n')).toBe('边坡有裂缝')
  })

  test('newline and tab are kept, and every kind of line break becomes \\n', () => {
    expect(text({ max: 20 }).parse('一\r\n二\r三\t四\u2028五')).toBe('一\n二\n三\t四\n五')
  })

  test('U+0000 is refused with its place and the way to mend it', () => {
    expect(messageOf(text({ max: 20, label: '隐患描述' }), '边坡\u0000裂缝')).toBe(
      '“隐患描述”第3个字是不能保存的空字符（U+0000），请删去后重新输入，不要从其他软件直接粘贴',
    )
  })

  test('half a surrogate pair is refused, a whole one is one character', () => {
    expect(messageOf(text({ max: 20 }), '𠮷\ud842裂')).toContain('第2个字不完整（U+D842')
    expect(messageOf(text({ max: 20 }), '裂\udfb7')).toContain('第2个字不完整（U+DFB7')
    expect(text({ max: 1 }).parse('𠮷')).toBe('𠮷')
  })

  test('control characters are refused by name', () => {
    expect(messageOf(text({ max: 20 }), '裂\u0007缝')).toContain('第2个字是看不见的控制字符（U+0007）')
    expect(messageOf(text({ max: 20 }), '裂\u009f缝')).toContain('U+009F')
  })

  test('text over the limit is refused with the count to take away, after trimming', () => {
    expect(text({ max: 3 }).parse(' 三个字 ')).toBe('三个字')
    expect(messageOf(text({ max: 3 }), '一共五个字')).toBe('最多3个字，现在5个字，请删去2个字')
  })

  test('empty is refused unless min is 0; shorter than min says how much is missing', () => {
    expect(messageOf(text({ max: 9 }), ' \n')).toBe('不能为空，请填写')
    expect(text({ max: 9, min: 0 }).parse('  ')).toBe('')
    expect(messageOf(text({ max: 9, min: 4 }), '太短')).toBe('至少4个字，现在2个字，请再写2个字')
  })

  test('what is missing or no text is named as such', () => {
    expect(messageOf(text({ max: 9, label: '地点' }), undefined)).toBe('“地点”没有填写，请填写')
    expect(messageOf(text({ max: 9, label: '地点' }), 7)).toBe('“地点”应是文字')
  })

  test('the OpenAPI schema of both directions is a string with its bounds', () => {
    for (const io of ['input', 'output'] as const) {
      expect(z.toJSONSchema(text({ max: 200 }), { io })).toMatchObject({ type: 'string', minLength: 1, maxLength: 200 })
    }
  })

  test('whatever is accepted is a fixed point and can go through UTF-8 and back', () => {
    const schema = text({ max: 40, min: 0 })
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (value) => {
        const parsed = schema.safeParse(value)
        if (!parsed.success) return
        expect(schema.parse(parsed.data)).toBe(parsed.data)
        expect(new TextDecoder().decode(new TextEncoder().encode(`x${parsed.data}`))).toBe(`x${parsed.data}`)
        expect(parsed.data).not.toContain('\u0000')
      }),
      { numRuns: 2000 },
    )
  })

  test('a lone surrogate anywhere in a text is always refused', () => {
    const schema = text({ max: 1000, min: 0 })
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 0xd800, max: 0xdfff }), (before, after, code) => {
        const value = `${before}|${String.fromCharCode(code)}|${after}`
        expect(schema.safeParse(value).success).toBe(false)
      }),
    )
  })
})

describe('line', () => {
  test('one line only, told where the break is', () => {
    expect(messageOf(line({ max: 20, label: '矿名' }), '云梯岭\n石灰岩矿')).toBe(
      '“矿名”只能写一行，第4个字处换了行，请并成一行',
    )
    expect(line({ max: 20 }).parse('云梯岭石灰岩矿\n')).toBe('云梯岭石灰岩矿')
  })
})
