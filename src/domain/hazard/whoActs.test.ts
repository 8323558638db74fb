import { expect, test } from 'vitest'
import { whoActsAtMine } from '#domain/hazard/whoActs.ts'

test('验收只有主要负责人，五定是管理人员的事，挂牌不是矿上的事', () => {
  expect(whoActsAtMine('accept')).toBe('主要负责人')
  expect(whoActsAtMine('assign')).toBe('管理人员')
  expect(whoActsAtMine('listing')).toBe('')
  expect(whoActsAtMine('toString')).toBe('')
})
