import { describe, expect, test } from 'vitest'
import { instantsOf } from '#demo/moments.ts'
import { inOrder } from '#demo/performed.ts'
import { stories } from '#demo/stories.ts'

describe('the moments of the demo', () => {
  test('a stated minute is kept, a day alone begins in the morning and goes on in uneven steps', () => {
    const [first = '', second = '', third = ''] = instantsOf('x', ['07-29 15:32', '07-29', '07-30'])
    expect(first).toMatch(/^2023-07-29T15:32:\d\d\+08:00$/)
    expect(second > first).toBe(true)
    expect(third).toMatch(/^2023-07-30T0[89]:/)
    expect(instantsOf('x', ['07-29 15:32', '07-29', '07-30'])).toEqual([first, second, third])
  })

  test('what would lie before what went before it is a fault', () => {
    expect(() => instantsOf('x', ['07-29', '07-28'])).toThrow(RangeError)
    expect(() => instantsOf('x', ['7月29日'])).toThrow(RangeError)
  })

  test('all acts of all stories happen in working hours, before the demo stands still, hardly two at the same minute', () => {
    const moments = inOrder(stories).map(({ at }) => at)
    expect(moments).toEqual([...moments].sort())
    expect((moments.at(-1) ?? '') < '2023-09-15').toBe(true)
    for (const at of moments) expect(at.slice(11, 16) >= '08:00' && at.slice(11, 16) < '18:30', at).toBe(true)
    const seconds = new Set(moments.map((at) => at.slice(17, 19)))
    expect(seconds.size).toBeGreaterThan(40)
  })
})
