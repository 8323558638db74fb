import { expect, test } from 'vitest'
import { justFoundSince, rising } from '#domain/hazard/rising.ts'

test('新发现算两周：09-15 往前数到 09-02，09-01 的不算', () => {
  expect(justFoundSince('2023-09-15')).toBe('2023-09-02')
})

test('边坡滑移引判定标准（八），其余引通知', () => {
  expect(rising(true)).toMatchObject({ title: '边坡滑移迹象', clause: '判定标准 露天（八）' })
  expect(rising(false)).toMatchObject({ title: '两周内新发现的重大隐患', clause: '通知 四(一)2' })
})
