import { describe, expect, it } from 'vitest'
import * as registry from '#domain/org/mine.ts'
import { loadRulebook } from '#server/platform/rulebookFiles.ts'
import { defaultButtons } from './criteriaPack.ts'
import { mineStatuses, mineTypes } from './mine.ts'
import { describeProblems } from './problem.ts'
import { findQuote } from './quote.ts'
import type { Rulebook } from './rulebook.ts'
import { versionOf } from './version.ts'

const shipped = async (): Promise<Rulebook> => {
  const parsed = await loadRulebook()
  if (!parsed.ok) throw new Error(describeProblems(parsed.problems))
  return parsed.rulebook
}

const rulebook = await shipped()
const pack = (id: string) => {
  const found = rulebook.packs.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no pack ${id}`)
  return found
}
const national = pack('minean-2022-88')
const supplement = pack('minean-2024-41')
const notice = rulebook.notices[0] ?? expect.fail('no notice')
const situations = rulebook.packs.flatMap(({ criteria }) => criteria.flatMap((criterion) => criterion.situations))

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三']

describe('the national criteria 矿安〔2022〕88号', () => {
  it('are 64: underground 32, open pit 13, tailings 19', () => {
    const count = (type: string) => national.criteria.filter(({ mineType }) => mineType === type).length
    expect([count('underground'), count('openPit'), count('tailings')]).toEqual([32, 13, 19])
  })

  it('hold 120 situations', () => {
    expect(national.criteria.flatMap((criterion) => criterion.situations)).toHaveLength(120)
  })

  it('give the 13 of the open pit word for word as the annex of the notice prints them', () => {
    const annex = national.criteria
      .filter(({ mineType }) => mineType === 'openPit')
      .flatMap(({ ordinal, text, situations: own }) => [
        `（${numerals[ordinal - 1]}）${text}`,
        ...(own.length > 1 ? own.map((situation, index) => `${index + 1}.${situation.text}`) : []),
      ])
      .join('\n\n')
    expect(notice.text.trimEnd().endsWith(`金属非金属露天矿山重大事故隐患\n\n${annex}`)).toBe(true)
  })

  it('say of every restated text that it is not the original', () => {
    for (const { mineType, wording } of national.criteria)
      expect(wording).toBe(mineType === 'openPit' ? 'verbatim' : 'restated')
  })

  it('are as sure as the notice where it prints them, and as one or two other pages elsewhere', () => {
    const of = (code: string) => national.criteria.find((criterion) => criterion.code === code)?.confidence
    expect(of('OP-10')).toBe('confirmed')
    expect(of('UG-01')).toBe('secondary')
    // UG-07-1 and 07-2 were seen on one page only, UG-07-3 and 07-4 on two.
    expect(of('UG-07')).toBe('single-source')
  })

  it('leave open how much displacement counts as accelerating, and read 10% of the gradient as relative', () => {
    const thresholds = (code: string) => situations.find((situation) => situation.code === code)?.thresholds
    expect(thresholds('OP-08-3')).toMatchObject([{ op: '>', value: 0, unit: 'mm/d²' }])
    expect(thresholds('OP-09-1')).toMatchObject([{ op: '>=', value: null, relativeTo: '设计值', factor: 1.1 }])
  })
})

describe('the supplement 矿安〔2024〕41号', () => {
  it('adds 4 + 2 + 2 criteria, all from one source, without a day in force', () => {
    const count = (type: string) => supplement.criteria.filter(({ mineType }) => mineType === type).length
    expect([count('underground'), count('openPit'), count('tailings')]).toEqual([4, 2, 2])
    expect(supplement.criteria.every(({ confidence }) => confidence === 'single-source')).toBe(true)
    expect(supplement).toMatchObject({ effectiveFrom: null, supplements: 'minean-2022-88' })
    expect(supplement.effectiveNote).toContain('没有单列施行日期')
  })
})

describe('a question never demands a yes to a no (PRACTICE A4)', () => {
  const negated = [/是否[^，；。？]{0,8}(没有|不|未|无|非(?!金属))/, /没有[^？]*吗/, /(未被|没被|不是否|有没有)/]

  it.each(situations.map(({ code, question }) => [code, question]))('%s %s', (_code, question) => {
    for (const pattern of negated) expect(question).not.toMatch(pattern)
    expect(question.endsWith('？')).toBe(true)
  })

  it('where the answer to be hoped for is not 是, the buttons say so in words of their own', () => {
    const asksForTheBad = /是否(出现|存放|上隆|互相贯通|有列入|急剧)|还是|哪种/
    for (const { question, buttons } of situations) {
      if (asksForTheBad.test(question)) expect(buttons).not.toEqual(defaultButtons)
    }
    const cracks = situations.find(({ code }) => code === 'OP-08-1')
    expect(cracks?.buttons).toEqual({ good: '没有裂缝', bad: '有裂缝' })
  })
})

describe('the notice 长上应急字〔2023〕37号', () => {
  it('names no official: the leading group reads ×××', () => {
    const names = [...notice.text.matchAll(/(?:组 {2}长|副组长|成 {2}员)：(\S+)|办公室主任由(.+?)担任/g)]
    expect(names.map(([, listed, appointed]) => listed ?? appointed)).toEqual(['×××', '×××', '×××', '×××'])
  })

  it('keeps the digest of the original, which the copy does not have', () => {
    expect(notice.originalSha256).toMatch(/^[0-9a-f]{64}$/)
    expect(versionOf('x', notice.text)).not.toBe(`x@${notice.originalSha256.slice(0, 12)}`)
  })

  it('runs in four phases, without a gap from May to the end of December 2023', () => {
    expect(notice.phases.map(({ id, from, to }) => [id, from, to])).toEqual([
      ['P1', null, '2023-05-25'],
      ['P2', '2023-05-26', '2023-07-31'],
      ['P3', '2023-08-01', '2023-11-30'],
      ['P4', '2023-12-01', '2023-12-31'],
    ])
  })

  it('states every duty with a quote that stands in it exactly once', () => {
    const quotes = [...notice.obligations, ...notice.phases].flatMap((one) => one.quotes)
    expect(quotes.length).toBeGreaterThan(70)
    for (const { text, start, end } of quotes) {
      expect(findQuote(notice.text, text)).toEqual({ text, start, end })
      expect(notice.text.slice(start, end)).toBe(text)
    }
  })

  it('has its principal organise one check a month, and asks the stationed watch only of mines that stand still', () => {
    const duty = (id: string) => notice.obligations.find((obligation) => obligation.id === id)
    expect(duty('S05')).toMatchObject({ actor: 'principal', rhythm: [{ every: 'month', times: 1 }] })
    expect(duty('S05')?.appliesTo).toEqual(['producing', 'rectifying'])
    expect(duty('S38')?.appliesTo).toEqual(['longSuspended', 'constructionHalted'])
  })

  it('numbers its duties S01, S02 … without a gap', () => {
    const expected = notice.obligations.map((_, index) => `S${String(index + 1).padStart(2, '0')}`)
    expect(notice.obligations.map(({ id }) => id)).toEqual(expected)
  })

  it('links every line of the annex to its criterion', () => {
    expect(notice.annex.filter(({ code }) => /^OP-\d\d$/.test(code))).toHaveLength(13)
    expect(notice.annex.filter(({ code }) => /^OP-\d\d-\d$/.test(code))).toHaveLength(9)
  })
})

describe('the words for mines', () => {
  it('are those of the register of mines, so that a duty finds its mines', () => {
    expect([...mineTypes].sort()).toEqual(Object.keys(registry.mineTypes).sort())
    expect([...mineStatuses].sort()).toEqual(Object.keys(registry.mineStatuses).sort())
  })
})

describe('settings and citations', () => {
  const setting = (key: string) => rulebook.settings.find((one) => one.key === key)

  it('every setting says why it is one, and none claims to be confirmed law', () => {
    for (const { why, confidence } of rulebook.settings) {
      expect(why.length).toBeGreaterThan(5)
      expect(confidence).not.toBe('confirmed')
    }
  })

  it('the trace is due 15 days after close-out, a recheck within 10 days, a machine suspicion within 48 hours', () => {
    expect(setting('hazard.traceDueDays')?.value).toBe(15)
    expect(setting('hazard.recheckDays')?.value).toBe(10)
    expect(setting('hazard.machineSuspectedConfirmHours')?.value).toBe(48)
  })

  it('the notice sets no number of days at the mine, so none is set', () => {
    expect(setting('duty.keyPersonPresenceDays')?.value).toBeNull()
  })

  it('the clauses of the hazard life cycle can be cited', () => {
    const ids = rulebook.citations.map(({ id }) => id)
    for (const id of ['wsl-41', 'wsl-46', 'wsl-97-5', 'wsl-101-5', 'wsl-102', 'wsl-113-1']) expect(ids).toContain(id)
    for (const number of [14, 15, 16, 18, 23]) expect(ids).toContain(`order16-${number}`)
    for (const id of ['4.1.2', '4.1.4', '4.1.5', '4.2.6', '4.2.7', '4.3.13.7', '5.2'])
      expect(ids).toContain(`notice-${id}`)
  })

  it('上党区 is 140404 and its townships lie below it', () => {
    expect(rulebook.divisions.find(({ name }) => name === '上党区')?.code).toBe('140404')
    const townships = rulebook.divisions.filter(({ level }) => level === 'township')
    expect(townships).toHaveLength(13)
    expect(townships.every(({ code }) => code.startsWith('140404'))).toBe(true)
  })
})

describe('the ordinary check items of the open pit', () => {
  const { systems } = rulebook.checkItems
  const items = systems.flatMap((system) => system.items)

  it('are ordered by the ten systems of the trade, in the product’s own words, and say that they are assumed', () => {
    expect(systems.map(({ title }) => title)).toEqual([
      '采剥',
      '穿爆',
      '铲装运',
      '破碎',
      '排土',
      '供电',
      '防排水',
      '防尘',
      '消防',
      '管理',
    ])
    expect(items.length).toBe(61)
    expect(rulebook.checkItems.confidence).toBe('assumed')
  })

  it('ask for what should be, concretely, and say how to look', () => {
    for (const { code, question, look } of items) {
      expect(question, code).toMatch(/是否.*？$/)
      // “是否没有” would ask for a yes to a no.
      expect(question, code).not.toMatch(/是否没有|有没有/)
      expect(look.length, code).toBeGreaterThan(5)
    }
  })

  it('are no criteria: none carries a criterion’s code', () => {
    const criteria = new Set(rulebook.packs.flatMap((each) => each.criteria.map(({ code }) => code)))
    expect(items.filter(({ code }) => criteria.has(code))).toEqual([])
  })
})
