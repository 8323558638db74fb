import { expect, test } from 'vitest'
import { nearest } from './suggest.ts'

const statuses = ['正常生产', '在建', '停产整改', '长期停产（无人作业）']

test.each([
  ['正常生产中', '正常生产'],
  ['正长生产', '正常生产'],
  ['停整产改', '停产整改'],
  ['长期停产', '长期停产（无人作业）'],
  ['已关闭', undefined],
  ['', undefined],
])('“%s”多半是“%s”', (written, meant) => {
  expect(nearest(written, statuses)).toBe(meant)
})

test('两个一样近的，不替人猜', () => {
  expect(nearest('甲矿', ['甲一矿', '甲二矿'])).toBeUndefined()
})
