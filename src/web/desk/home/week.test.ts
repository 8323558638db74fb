import { describe, expect, test } from 'vitest'
import type { HomeMatter } from '#contract/home.ts'
import { inWeek, worstFirst } from '#web/desk/home/week.ts'

const matter = (title: string, daysLeft?: number, since = '2023-09-01'): HomeMatter => ({
  tenantId: '01890000-0000-7000-8000-000000000001',
  hazardId: '01890000-0000-7000-8000-000000000002',
  number: 'F03-2023-001',
  mineId: '01890000-0000-7000-8000-000000000001',
  mineName: '演示矿',
  title,
  act: 'accept',
  clause: '通知 四(一)2',
  since,
  ...(daysLeft !== undefined && { daysLeft }),
})

describe('本周要办', () => {
  test('过期的在前，再按剩几天；同一件只列一次', () => {
    const listed = worstFirst([matter('整改', 5), matter('复查'), matter('溯源', -3), matter('整改', 5)])
    expect(listed.map(({ title }) => title)).toEqual(['溯源', '整改', '复查'])
  })

  test('一周以后才到期的不在本周', () => {
    expect([matter('a', -3), matter('b', 0), matter('c', 7), matter('d')].every(inWeek)).toBe(true)
    expect(inWeek(matter('e', 8))).toBe(false)
  })
})
