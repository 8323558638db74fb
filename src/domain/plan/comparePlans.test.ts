import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backgroundOf } from './background.ts'
import { comparePlans } from './comparePlans.ts'
import { defaultSettings } from './settings.ts'

const { k, w } = defaultSettings
const guaranteed = k + w - 1
const bare = backgroundOf([], k)
/** So that everything shared is shown, however short. */
const everything = { ...defaultSettings, passage: 1 }

/** Letters of two alphabets that never meet: what is equal is what was put in. */
const text = (first: number, seed: number, length: number): string => {
  let state = seed
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return String.fromCodePoint(first + ((state >>> 8) % 3_000))
  }).join('')
}
const ours = (seed: number, length: number) => text(0x4e00, seed, length)
const theirs = (seed: number, length: number) => text(0x6000, seed, length)
const shared = (seed: number, length: number) => text(0x8000, seed, length)

describe('两份方案逐字比对', () => {
  it('有四成相同的，找出的段落正好是照抄的那几段，前后不多不少', () => {
    const copied = [shared(1, 160), shared(2, 120), shared(3, 120)]
    const [p, q, r] = copied
    const one = `${ours(1, 200)}\n${p}\n${ours(2, 200)}\n${q}\n${ours(3, 200)}\n${r}\n`
    // In the other they stand in another order.
    const other = `${theirs(1, 100)}\n${r}\n${theirs(2, 300)}\n${p}\n${theirs(3, 100)}\n${q}\n${theirs(4, 100)}`
    const { pairs } = comparePlans([{ text: one }, { text: other }], bare)
    expect(pairs).toHaveLength(1)
    expect(pairs[0]).toMatchObject({ a: 0, b: 1, shareOfA: 0.4, shareOfB: 0.4, lettersOfA: 400, listed: true })
    expect(
      pairs[0]?.passages
        .map(({ a, b }) => ({ a: [a.start, a.end], b: [b.start, b.end] }))
        .sort((x, y) => (x.a[0] ?? 0) - (y.a[0] ?? 0)),
    ).toEqual(
      copied.map((passage) => ({
        a: [one.indexOf(passage), one.indexOf(passage) + passage.length],
        b: [other.indexOf(passage), other.indexOf(passage) + passage.length],
      })),
    )
    expect(pairs[0]?.passages[0]).toMatchObject({
      letters: 160,
      a: { paragraphs: { from: 2, to: 2 } },
      b: { paragraphs: { from: 4, to: 4 } },
    })
  })

  it('只是都引用了通知的，不算相同', () => {
    const notice = shared(9, 3_000)
    const plan = (own: string) => `${notice.slice(0, 1_200)}\n${own}\n${notice.slice(1_500)}`
    const { pairs, plans } = comparePlans(
      [{ text: plan(ours(1, 600)) }, { text: plan(theirs(1, 600)) }],
      backgroundOf([notice], k),
    )
    expect(pairs).toEqual([])
    expect(plans.map(({ letters, ownLetters }) => [letters, ownLetters])).toEqual([
      [3_300, 600],
      [3_300, 600],
    ])
  })

  it('标点、空格、全角半角、大小写不同，仍是相同；所引的是各自原文', () => {
    const one = `甲${ours(5, 50)}采场标高 +1126m，由PC360挖掘机清理浮石；每班开工之前检查一遍。`
    const other = `${theirs(5, 70)}采场标高＋１１２６ｍ由 ｐｃ３６０ 挖掘机清理浮石，每班开工之前、检查一遍！`
    const [pair] = comparePlans([{ text: one }, { text: other }], bare, everything).pairs
    const [passage] = pair?.passages ?? []
    expect(one.slice(passage?.a.start, passage?.a.end)).toBe(
      '采场标高 +1126m，由PC360挖掘机清理浮石；每班开工之前检查一遍',
    )
    expect(other.slice(passage?.b.start, passage?.b.end)).toBe(
      '采场标高＋１１２６ｍ由 ｐｃ３６０ 挖掘机清理浮石，每班开工之前、检查一遍',
    )
  })

  it('中间改了名字和数字，仍是一处，相同的各段单列', () => {
    const [p, q] = [shared(1, 60), shared(2, 70)]
    const [pair] = comparePlans([{ text: `${p}王建国${q}` }, { text: `${p}李文23${q}` }], bare).pairs
    expect(pair?.passages).toHaveLength(1)
    expect(pair?.passages[0]).toMatchObject({ letters: 130, a: { start: 0, end: 133 }, b: { start: 0, end: 134 } })
    expect(pair?.passages[0]?.equal.map(({ a }) => [a.start, a.end])).toEqual([
      [0, 60],
      [63, 133],
    ])
  })

  it('一半的矿都有的一大段，不逐对报，单列一次，写明有哪些', () => {
    const mass = shared(4, 500)
    const texts = Array.from({ length: 20 }, (_, i) => ({
      text: `${ours(i + 1, 300)}${i % 2 ? mass : ''}\n${ours(i + 50, 300)}`,
    }))
    const { pairs, common, plans } = comparePlans(texts, bare)
    expect(pairs).toEqual([])
    expect(common).toHaveLength(1)
    expect(common[0]).toMatchObject({ plan: 1, plans: [1, 3, 5, 7, 9, 11, 13, 15, 17, 19] })
    expect(common[0]?.letters).toBeGreaterThan(480)
    expect(plans[1]?.commonLetters).toBeGreaterThan(480)
    expect(plans[0]?.commonLetters).toBe(0)
  })

  it('方案里留着别的矿的名字，写明是哪座矿', () => {
    const { plans } = comparePlans(
      [
        { text: '石门采石场由矿长负责', names: ['石门采石场'] },
        { text: '南岭石料厂的边坡由石门 采石场矿长负责', names: ['南岭石料厂'] },
      ],
      bare,
    )
    expect(plans.map(({ otherNames }) => otherNames)).toEqual([[], [{ name: '石门采石场', plan: 0 }]])
  })
})

/** Few letters, so that equal runs and repeats come up by themselves. */
const written = fc
  .array(fc.constantFrom('矿', '山', '1', '，', ' ', '边'), { maxLength: 120 })
  .map((all) => all.join(''))

describe('保证', () => {
  it(`相同 ${guaranteed} 个字以上的，一定找到`, () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.integer({ min: guaranteed, max: 60 }),
        fc.nat(80),
        fc.nat(80),
        fc.nat(80),
        fc.nat(80),
        (seed, length, a, b, c, d) => {
          const run = shared(seed, length)
          const one = `${ours(seed + 1, a)}${run}${ours(seed + 2, b)}`
          const other = `${theirs(seed + 3, c)}${run}${theirs(seed + 4, d)}`
          const { pairs } = comparePlans([{ text: one }, { text: other }], bare, everything)
          expect(pairs[0]?.passages.map((one) => [one.a.start, one.a.end, one.b.start, one.b.end])).toEqual([
            [a, a + length, c, c + length],
          ])
        },
      ),
      { numRuns: 500 },
    )
  })

  it('在重复很多的文字里也一样', () => {
    fc.assert(
      fc.property(written, written, written, (run, before, after) => {
        const letters = run.replace(/[， ]/g, '')
        if (letters.length < guaranteed) return
        const { pairs } = comparePlans([{ text: `${before}${run}` }, { text: `${run}${after}` }], bare, everything)
        expect(pairs[0]?.lettersOfA).toBeGreaterThanOrEqual(letters.length > 0 ? k : 0)
      }),
      { numRuns: 500 },
    )
  })

  it('谁比谁都一样：换了次序，份额和段落对调', () => {
    fc.assert(
      fc.property(written, written, (x, y) => {
        const [there] = comparePlans([{ text: x }, { text: y }], bare, everything).pairs
        const [back] = comparePlans([{ text: y }, { text: x }], bare, everything).pairs
        expect([back?.shareOfB, back?.shareOfA]).toEqual([there?.shareOfA, there?.shareOfB])
      }),
      { numRuns: 500 },
    )
  })

  it('每一处所引的两边原文，去掉标点后逐字相同', () => {
    const plain = (original: string) => original.replace(/[， ]/g, '')
    fc.assert(
      fc.property(written, written, written, (x, y, z) => {
        const [one, other] = [`${x}${z}`, `${z}${y}`]
        for (const { passages } of comparePlans([{ text: one }, { text: other }], bare, everything).pairs)
          for (const { equal } of passages)
            for (const { a, b } of equal)
              expect(plain(one.slice(a.start, a.end))).toBe(plain(other.slice(b.start, b.end)))
      }),
      { numRuns: 500 },
    )
  })
})
