import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadRulebook } from '#server/platform/rulebookFiles.ts'
import { coverage, describeCoverage } from './coverage.ts'
import type { Notice } from './notice.ts'
import { findQuote } from './quote.ts'

const parsed = await loadRulebook()
if (!parsed.ok) throw new Error('the shipped rulebook must read')
const notice = parsed.rulebook.notices[0] ?? expect.fail('no notice')
const result = coverage(notice)

const without = (id: string): Notice => ({
  ...notice,
  obligations: notice.obligations.filter((obligation) => obligation.id !== id),
})

describe('coverage of the notice', () => {
  it('cuts the whole text into spans without gap or overlap', () => {
    expect(result.segments.map(({ text }) => text).join('')).toBe(notice.text)
    expect(result.segments[0]?.start).toBe(0)
    expect(result.segments.at(-1)?.end).toBe(notice.text.length)
  })

  it('counts every character once', () => {
    const { covered, noDuty, rest, blank, total } = result.characters
    expect(covered + noDuty + rest + blank).toBe(total)
    expect(total).toBe(notice.text.length)
    const { percent } = result
    expect(percent.covered + percent.noDuty + percent.rest).toBeCloseTo(100, 0)
  })

  it('counts every sentence once', () => {
    const { covered, noDuty, rest, total } = result.sentenceCounts
    expect(covered + noDuty + rest).toBe(total)
    expect(total).toBe(result.sentences.length)
  })

  it('gives a reason for every span that bears no duty', () => {
    expect(result.noDuty.length).toBeGreaterThan(30)
    for (const { reason } of result.noDuty) expect(reason?.length).toBeGreaterThan(5)
    for (const { reading, reasons } of result.sentences) if (reading === 'noDuty') expect(reasons).not.toEqual([])
  })

  it('tells of every sentence which duties stand on it', () => {
    const dual = result.sentences.find(({ text }) => text.includes('“双报告”制度'))
    expect(dual).toMatchObject({ reading: 'covered', by: [{ kind: 'obligation', id: 'S08' }] })
    const both = result.sentences.find(({ text }) => text.startsWith('带头学习'))
    expect(both?.by.map(({ id }) => id)).toEqual(['S44', 'S05'])
    const criterion = result.sentences.find(({ text }) => text.startsWith('（十）凹陷'))
    expect(criterion?.by).toEqual([{ kind: 'criterion', id: 'OP-10' }])
    const phase = result.sentences.find(({ text }) => text.startsWith('（三）部门精准执法'))
    expect(phase?.by).toEqual([{ kind: 'phase', id: 'P3' }])
  })

  it('leaves to the rest what hangs on a paper that was not found', () => {
    expect(result.rest).toHaveLength(1)
    expect(result.rest[0]?.text).toContain('“六个对标、五个一”目标任务')
    expect(describeCoverage(result)).toContain('“六个对标、五个一”目标任务')
  })

  it('names the sentence of a duty that is taken out', () => {
    const less = coverage(without('S38'))
    const unread = less.sentences.filter(({ reading }) => reading === 'rest').map(({ text }) => text)
    expect(unread).toContain('对无人作业的长期停产停建非煤矿山，严格落实驻矿盯守责任。')
    expect(less.characters.covered).toBeLessThan(result.characters.covered)
  })

  it('reads a sentence as unread as long as one word of it is', () => {
    const less = coverage(without('S44'))
    const sentence = less.sentences.find(({ text }) => text.startsWith('带头学习'))
    expect(sentence).toMatchObject({ reading: 'rest', by: [{ kind: 'obligation', id: 'S05' }] })
  })

  it('partitions any text under any marks', () => {
    const text = fc.string({
      unit: fc.constantFrom('矿', '山', '，', '。', '\n', '《', '》'),
      minLength: 1,
      maxLength: 60,
    })
    const spans = fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 8 })
    fc.assert(
      fc.property(text, spans, (words, pairs) => {
        const quotes = pairs.map(([a, b]) => {
          const [start, end] = [Math.min(a, b, words.length), Math.min(Math.max(a, b), words.length)]
          return { start, end, text: words.slice(start, end) }
        })
        const noDuty = [{ reason: '标题', quotes: quotes.slice(4) }]
        const annex = quotes.slice(0, 4).map((quote) => ({ code: 'OP-01', quote }))
        const read = coverage({ ...notice, text: words, obligations: [], phases: [], annex, noDuty })
        const { covered, noDuty: none, rest, blank, total } = read.characters
        expect(read.segments.map((segment) => segment.text).join('')).toBe(words)
        expect(covered + none + rest + blank).toBe(total)
        for (const { start, end, text: sentence } of read.sentences) expect(words.slice(start, end)).toBe(sentence)
      }),
    )
  })
})

describe('quotes', () => {
  it('are found with their offsets, or said to be absent or repeated', () => {
    expect(findQuote('甲乙丙', '乙丙')).toEqual({ start: 1, end: 3, text: '乙丙' })
    expect(findQuote('甲乙丙', '丁')).toBe('absent')
    expect(findQuote('甲乙甲', '甲')).toBe('repeated')
    // Overlapping occurrences are two as well.
    expect(findQuote('甲甲甲', '甲甲')).toBe('repeated')
  })
})
