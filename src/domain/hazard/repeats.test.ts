import { expect, test } from 'vitest'
import { mayRepeat, type Sighting, whySame } from '#domain/hazard/repeats.ts'

const seen = (change: Partial<Sighting> = {}): Sighting => ({
  id: 'a',
  place: '北帮+1114平台',
  criteria: ['OP-06'],
  foundOn: '2023-05-18',
  ...change,
})
const before = seen({ id: 'b', foundOn: '2023-03-01' })

test('同一部位、同一判定标准又出现，提出来给人定（通知 四(三)13(6)）', () => {
  expect(mayRepeat(seen(), before)).toBe(true)
  expect(whySame(seen(), before)).toBe('同一部位（北帮+1114平台），同一判定标准（OP-06）')
})

test('情形不同，还是同一条判定标准', () => {
  expect(mayRepeat(seen({ criteria: ['OP-06-2'] }), before)).toBe(true)
})

test.each([
  ['自己', seen(), seen()],
  ['以后的', seen(), { ...before, foundOn: '2023-06-01' }],
  ['别的判定标准', seen({ criteria: ['OP-03'] }), before],
  ['别的平台', seen({ place: '北帮+1126平台' }), before],
  ['没有写部位', seen({ place: undefined }), before],
  ['没有判定标准', seen({ criteria: [] }), before],
] as const)('%s不提', (_, one, other) => {
  expect(mayRepeat(one, other)).toBe(false)
})
