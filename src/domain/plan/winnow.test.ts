import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kgramHashes, winnow } from './winnow.ts'

test('滚动的哈希与逐个算的相同：相同的 k 个字，哈希相同', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3), { minLength: 5, maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (letters, k) => {
      const hashes = kgramHashes(Uint32Array.from(letters), k)
      expect(hashes).toHaveLength(letters.length - k + 1)
      hashes.forEach((hash, at) => {
        expect(hash).toBe(kgramHashes(Uint32Array.from(letters.slice(at, at + k)), k)[0])
      })
    }),
  )
})

test('论文的例子（第 3 节）：哈希 77 74 42 17 98 50 17 98 8 88 67 39 77 74 42 17 98，窗口 4，选出 17 17 8 39 17', () => {
  const hashes = Uint32Array.from([77, 74, 42, 17, 98, 50, 17, 98, 8, 88, 67, 39, 77, 74, 42, 17, 98])
  expect(winnow(hashes, 4).map((at) => hashes[at])).toEqual([17, 17, 8, 39, 17])
})

test('每个窗口里都有选中的，除非整个窗口都在通知里', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(9), fc.boolean()), { maxLength: 80 }),
      fc.integer({ min: 1, max: 9 }),
      (grams, w) => {
        const skip = Uint8Array.from(grams, ([, skipped]) => (skipped ? 1 : 0))
        const chosen = new Set(
          winnow(
            Uint32Array.from(grams, ([hash]) => hash),
            w,
            skip,
          ),
        )
        for (let from = 0; from + w <= grams.length; from += 1) {
          const window = Array.from({ length: w }, (_, i) => from + i)
          expect(window.some((at) => chosen.has(at))).toBe(window.some((at) => !skip[at]))
        }
        for (const at of chosen) expect(skip[at]).toBe(0)
      },
    ),
  )
})
