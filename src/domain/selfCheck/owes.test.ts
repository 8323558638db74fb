import { expect, test } from 'vitest'
import { owesSelfCheck, statusesThatOwe } from './owes.ts'

test('有人作业的、纳入整治范围的矿山每月要排查；没有人作业的由驻矿盯守', () => {
  expect([...statusesThatOwe].sort()).toEqual(['producing', 'rectifying', 'underConstruction'])
  expect(owesSelfCheck({ status: 'producing', inScope: true })).toBe(true)
  expect(owesSelfCheck({ status: 'longSuspended', inScope: true })).toBe(false)
  expect(owesSelfCheck({ status: 'rectifying', inScope: false })).toBe(false)
})
