import { expect, test } from 'vitest'
import { whoActsAtMine } from '#domain/hazard/whoActs.ts'

test('重大隐患验收只有主要负责人，一般的是管理人员；挂牌不是矿上的事', () => {
  expect(whoActsAtMine('accept', 'major')).toBe('主要负责人')
  expect(whoActsAtMine('accept', 'general')).toBe('管理人员')
  expect(whoActsAtMine('assign', undefined)).toBe('管理人员')
  expect(whoActsAtMine('listing', 'major')).toBe('')
  expect(whoActsAtMine('toString', 'major')).toBe('')
})
