import { describe, expect, test } from 'vitest'
import type { ShownAnswer, ShownItem } from '#contract/selfCheck.ts'
import { countsOf, leftIn, nextOpen, nextSeq, type SheetRead, withAnswers } from '#web/parts/sheet.ts'

const item = (code: string, notApplicable?: string): ShownItem => ({
  code,
  number: code,
  question: `${code}？`,
  look: '',
  buttons: { good: '符合要求', bad: '有问题' },
  missingFacts: [],
  ...(notApplicable && { notApplicable }),
})

const answer = (code: string, outcome: ShownAnswer['outcome'], seq = 1): ShownAnswer => ({
  item: code,
  outcome,
  seq,
  photos: [],
  tooDangerous: false,
  byPost: '安全员',
  mine: true,
  answeredAt: '2023-07-03T01:00:00.000Z',
})

const items = [item('a'), item('b', '不涉及（矿山类型）'), item('c'), item('d')]
const sheet = (...answers: readonly ShownAnswer[]): SheetRead => ({
  sections: [{ key: 's', title: '采剥', items }],
  answers: [...answers],
  before: {},
})
const codes = (found: readonly ShownItem[]): readonly string[] => found.map(({ code }) => code)

describe('一张排查表数得出来的', () => {
  test('没答的和答“未查”的都是未查；矿山类型不涉及的不问', () => {
    const seen = sheet(answer('a', 'good'), answer('c', 'notChecked'))
    expect(codes(leftIn(seen, items))).toEqual(['c', 'd'])
    expect(countsOf(seen)).toMatchObject({ asked: 3, good: 1, bad: 0, notApplicable: 1 })
  })

  test('下一项：往后找没答的，到底再从头；答了“未查”的不再推一遍', () => {
    expect(nextOpen(sheet(), undefined)?.code).toBe('a')
    expect(nextOpen(sheet(answer('a', 'good')), 'a')?.code).toBe('c')
    expect(nextOpen(sheet(answer('c', 'good'), answer('d', 'notChecked')), 'd')?.code).toBe('a')
    expect(nextOpen(sheet(answer('a', 'good'), answer('c', 'bad'), answer('d', 'good')), 'a')).toBeUndefined()
  })

  test('同一项，序号大的算数；登记过的隐患还跟着', () => {
    const hazard = { id: 'h', number: 'F03-2023-001', statusTitle: '已发现' }
    const bad = { ...answer('a', 'bad', 2), hazard }
    expect(withAnswers(sheet(bad), [answer('a', 'good', 1)]).answers).toEqual([bad])
    expect(withAnswers(sheet(bad), [answer('a', 'good', 3)]).answers).toEqual([{ ...answer('a', 'good', 3), hazard }])
  })

  test('序号比表上见过的都大', () => {
    expect(nextSeq([])).toBe(1)
    expect(nextSeq([answer('a', 'good', 4), answer('c', 'good', 9)])).toBe(10)
  })
})
