import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadRulebook } from '#server/platform/rulebookFiles.ts'
import { type Answer, answer, outcomes, verdictOf } from './answer.ts'
import { itemsOf, sheetOf } from './sheet.ts'
import { suspicionOf } from './suspicion.ts'
import { tallyOf } from './tally.ts'

const parsed = await loadRulebook()
if (!parsed.ok) throw new Error('the rulebook does not load')
const { rulebook } = parsed
const openPit = { mineType: 'openPit', facts: {} } as const
const sheet = sheetOf(rulebook, openPit, '2023-09-15')
const items = itemsOf(sheet)

const answered = (item: string, outcome: Answer['outcome'], more: Partial<Answer> = {}): Answer => ({
  item,
  outcome,
  seq: 1,
  ...more,
})

describe('月排查表', () => {
  test('印出全部 64 条，别的矿山类型自己标为不涉及；2024 年的补充不约束 2023 年', () => {
    const criteria = new Set(items.flatMap(({ criterion }) => (criterion ? [criterion.code] : [])))
    expect(criteria.size).toBe(64)
    const others = items.filter(({ criterion }) => criterion && !criterion.code.startsWith('OP-'))
    expect(others.length).toBeGreaterThan(0)
    for (const { applies } of others) expect(applies).toEqual({ kind: 'notApplicable', reason: '不涉及（矿山类型）' })
  })

  test('露天矿另有十个系统的日常项目；地下矿没有露天的日常项目', () => {
    expect(items.filter(({ criterion }) => !criterion)).toHaveLength(61)
    expect(
      itemsOf(sheetOf(rulebook, { mineType: 'underground', facts: {} }, '2023-09-15')).filter(
        ({ criterion }) => !criterion,
      ),
    ).toEqual([])
  })

  test('矿山情况没有填的照问，不会自己变成不涉及', () => {
    const unknown = items.filter(({ applies }) => applies.kind === 'asked' && applies.missing.length > 0)
    expect(unknown.length).toBeGreaterThan(0)
    const known = itemsOf(sheetOf(rulebook, { mineType: 'openPit', facts: { hasWasteDump: false } }, '2023-09-15'))
    expect(known.length).toBe(items.length)
  })
})

describe('答案', () => {
  test('不涉及要有理由，有问题要写明在哪里', () => {
    expect(answer.safeParse(answered('OP-03-1', 'notApplicable')).success).toBe(false)
    expect(answer.safeParse(answered('OP-03-1', 'notApplicable', { reason: '没有排土场' })).success).toBe(true)
    expect(answer.safeParse(answered('OP-03-1', 'bad')).success).toBe(false)
    expect(answer.safeParse(answered('OP-03-1', 'bad', { place: '北帮' })).success).toBe(true)
    expect(answer.safeParse(answered('OP-03-1', 'good')).success).toBe(true)
  })

  test('符合要求是不构成，有问题是构成（疑似），未查和没答的是资料不足', () => {
    expect(outcomes.map(verdictOf)).toEqual(['notEstablished', 'established', 'notApplicable', 'insufficientData'])
    expect(verdictOf(undefined)).toBe('insufficientData')
  })

  test('没答的永远不算符合要求；数目加起来就是全部', () => {
    const picks = fc.uniqueArray(fc.nat(items.length - 1), { maxLength: items.length })
    fc.assert(
      fc.property(
        picks,
        fc.array(fc.constantFrom(...outcomes), { minLength: 200, maxLength: 200 }),
        (chosen, kinds) => {
          const answers = chosen.map((at, index) => answered(items[at]?.code ?? '', kinds[index] ?? 'notChecked'))
          const tally = tallyOf(sheet, answers)
          expect(tally.good).toBe(answers.filter(({ outcome }) => outcome === 'good').length)
          expect(tally.bad).toBe(answers.filter(({ outcome }) => outcome === 'bad').length)
          expect(tally.good + tally.bad + tally.notApplicable + tally.notChecked.length).toBe(items.length)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('后一个答案顶掉前一个，先到后到不要紧', () => {
    const [one, two] = [answered('OP-03-1', 'good', { seq: 5 }), answered('OP-03-1', 'notChecked', { seq: 3 })]
    for (const order of [
      [one, two],
      [two, one],
    ])
      expect(tallyOf(sheet, order).good).toBe(1)
  })
})

describe('有问题的立即登记', () => {
  const criterion = items.find(({ code }) => code.startsWith('OP-03'))
  const ordinary = items.find(({ criterion: none }) => !none)
  if (!criterion || !ordinary) throw new Error('no items')

  test('判定标准的问题疑似重大、带条款；日常项目的先作一般', () => {
    expect(suspicionOf(criterion, answered(criterion.code, 'bad', { place: '北帮', note: '平台太窄' }))).toMatchObject({
      suspectedGrade: 'major',
      criteria: ['OP-03'],
      place: '北帮',
      description: '平台太窄',
    })
    expect(suspicionOf(ordinary, answered(ordinary.code, 'bad', { place: '破碎站' }))).toMatchObject({
      suspectedGrade: 'general',
      criteria: [],
    })
  })

  test('危险，不宜靠近，也照样登记', () => {
    const raised = suspicionOf(criterion, answered(criterion.code, 'bad', { note: '有新裂缝', tooDangerous: true }))
    expect(raised?.description).toContain('不宜靠近')
    expect(raised?.photos).toEqual([])
  })

  test('符合要求、不涉及、未查的不登记', () => {
    for (const outcome of ['good', 'notApplicable', 'notChecked'] as const)
      expect(suspicionOf(criterion, answered(criterion.code, outcome))).toBeUndefined()
  })
})
