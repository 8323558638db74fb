import { describe, expect, test } from 'vitest'
import { cosignedUpTo, howItGoes } from '#web/desk/ledger/cosigned.ts'

const at = '2023-07-31T01:00:00.000Z'

describe('a witness', () => {
  test('that has co-signed the last checkpoint is well; one that is behind is behind by so many', () => {
    expect(howItGoes({ size: 40, cosignedAt: at }, 40)).toBe('正常')
    expect(howItGoes({ size: 40, cosignedAt: at }, 43)).toBe('还差最近 3 条')
  })

  test('of which nothing was heard is not called well', () => {
    expect(howItGoes({ size: undefined, cosignedAt: undefined }, 40)).not.toBe('正常')
  })

  test('that co-signed only an earlier log, a longer one, has not co-signed this one', () => {
    const earlier = { size: 5_000, cosignedAt: undefined }
    expect(howItGoes(earlier, 40)).not.toBe('正常')
    expect(cosignedUpTo([earlier])).toBe(0)
    expect(cosignedUpTo([earlier, { size: 38, cosignedAt: at }, { size: 12, cosignedAt: at }])).toBe(38)
  })
})
