import { describe, expect, it } from 'vitest'
import { readRulebookFiles } from '#server/platform/rulebookFiles.ts'
import { parseRulebook } from './parse.ts'
import type { Problem } from './problem.ts'
import type { RulebookFile } from './yamlFile.ts'

const shipped = await readRulebookFiles()

const criteria = 'criteria/minean-2022-88.yaml'
const supplement = 'criteria/minean-2024-41.yaml'
const folder = 'notices/shangdang-2023-37'

const lineIn = (text: string, needle: string): number => text.slice(0, text.indexOf(needle)).split('\n').length

/** The shipped rulebook with one text replaced once; `line` is where the replaced text stood. */
const changed = (path: string, from: string, to: string): { files: RulebookFile[]; line: number } => {
  const file = shipped.find((one) => one.path === path)
  if (file === undefined || !file.text.includes(from)) throw new Error(`${path} does not hold ${from}`)
  const text = file.text.replace(from, () => to)
  return { files: shipped.map((one) => (one === file ? { path, text } : one)), line: lineIn(text, to) }
}

const problemsOf = (files: readonly RulebookFile[]): readonly Problem[] => {
  const parsed = parseRulebook(files)
  return parsed.ok ? [] : parsed.problems
}

/** The one problem that a change brings about; its line is checked against where the change was made. */
const problemOf = (path: string, from: string, to: string): Problem & { changedLine: number } => {
  const { files, line } = changed(path, from, to)
  const problems = problemsOf(files)
  expect(problems).toHaveLength(1)
  const [problem] = problems
  if (problem === undefined) throw new Error('no problem found')
  expect(problem.remedy.length).toBeGreaterThan(2)
  return { ...problem, changedLine: line }
}

describe('the shipped rulebook', () => {
  it('has no problem', () => {
    expect(problemsOf(shipped)).toEqual([])
  })

  it('reads the same from a checkout with Windows line ends, down to the versions', () => {
    const windows = shipped.map(({ path, text }) => ({
      path: path.replaceAll('/', '\\'),
      text: text.replaceAll('\n', '\r\n'),
    }))
    expect(parseRulebook(windows)).toEqual(parseRulebook(shipped))
  })

  it('gets another version with any change, and the pack that did not change keeps its own', () => {
    const before = parseRulebook(shipped)
    const after = parseRulebook(changed(supplement, 'title: 极端天气未停产撤人', 'title: 极端天气未撤人').files)
    if (!before.ok || !after.ok) throw new Error('both must read')
    expect(after.rulebook.version).not.toBe(before.rulebook.version)
    expect(before.rulebook.packs[0]?.version).toMatch(/^minean-2022-88@[0-9a-f]{12}$/)
    expect(after.rulebook.packs[0]?.version).toBe(before.rulebook.packs[0]?.version)
    expect(after.rulebook.packs[1]?.version).not.toBe(before.rulebook.packs[1]?.version)
  })
})

describe('a quote must stand in the notice exactly once', () => {
  it('a changed word is told with file, line and the place where the copy departs', () => {
    const path = `${folder}/obligations.yaml`
    const problem = problemOf(path, '每月组织开展1次重大事故隐患排查整治，', '每月组织开展2次重大事故隐患排查整治，')
    expect(problem).toMatchObject({ file: path, line: problem.changedLine })
    expect(problem.message).toContain('不在通知里')
    expect(problem.message).toContain('月组织开展')
  })

  it('words that stand twice are refused', () => {
    const path = `${folder}/obligations.yaml`
    const problem = problemOf(path, '      - 突出隐蔽致灾因素普查治理，', '      - 全员安全生产岗位责任制')
    expect(problem).toMatchObject({ file: path, line: problem.changedLine })
    expect(problem.message).toContain('不止一次')
  })

  it('a quote that is doubled by a change of the notice is refused where it is used', () => {
    const { files } = changed(
      `${folder}/notice.txt`,
      '二、整治范围',
      '二、整治范围\n\n涉嫌犯罪的，依法移送司法机关追究刑事责任。',
    )
    const [problem, ...others] = problemsOf(files)
    expect(others).toEqual([])
    expect(problem).toMatchObject({ file: `${folder}/obligations.yaml` })
    expect(problem?.message).toContain('不止一次')
  })

  it('a quote of a citation is held to the same rule', () => {
    const problem = problemOf(
      'law/citations.yaml',
      'quote: 要严格落实重大事故隐患“双报告”',
      'quote: 应严格落实重大事故隐患“双报告”',
    )
    expect(problem).toMatchObject({ file: 'law/citations.yaml', line: problem.changedLine })
  })

  it('a span cannot be a duty and no duty at once', () => {
    const path = `${folder}/noDuty.yaml`
    const problem = problemOf(path, '      - 一、总体要求', '      - 一、总体要求\n      - 涉嫌犯罪的，依法移送')
    expect(problem.file).toBe(path)
    expect(problem.message).toContain('与 S35 的引文重叠')
  })

  it('a criterion marked verbatim must equal the annex', () => {
    const { files } = changed(
      criteria,
      '凹陷露天矿山未按设计建设防洪、排洪设施。',
      '凹陷矿山未按设计建设防洪、排洪设施。',
    )
    const messages = problemsOf(files).map(({ file, message }) => `${file} ${message}`)
    expect(messages).toContainEqual(`${folder}/annex.yaml OP-10 标为与通知逐字一致，文字却不同`)
  })
})

describe('criteria', () => {
  it('a code used twice names both lines', () => {
    const problem = problemOf(criteria, '      - code: UG-07-2', '      - code: UG-07-1')
    const text = shipped.find(({ path }) => path === criteria)?.text ?? ''
    expect(problem).toMatchObject({ file: criteria, line: lineIn(text, '- code: UG-07-2') })
    expect(problem.message).toBe(`编号 UG-07-1 重复，已见于 ${criteria}:${lineIn(text, '- code: UG-07-1')}`)
  })

  it('a lost criterion is noticed by the count', () => {
    const { files } = changed(criteria, 'underground: 32', 'underground: 33')
    expect(problemsOf(files)).toMatchObject([{ file: criteria, message: 'counts 写 underground 33 条，实际 32 条' }])
  })

  it('a gap in the ordinals is noticed', () => {
    const problem = problemOf(criteria, 'mineType: tailings\n    ordinal: 19', 'mineType: tailings\n    ordinal: 20')
    expect(problem.message).toContain('TP-19 的序号是 20，应为 19')
  })

  it('a condition on an unknown fact is refused', () => {
    const problem = problemOf(criteria, '{ fact: depressed, is: true }', '{ fact: sunken, is: true }')
    expect(problem).toMatchObject({ file: criteria, line: problem.changedLine, message: '没有叫“sunken”的矿山情况' })
  })

  it('a condition that does not fit its fact is refused', () => {
    const problem = problemOf(criteria, '{ fact: depressed, is: true }', '{ fact: depressed, atLeast: 1 }')
    expect(problem).toMatchObject({ file: criteria, line: problem.changedLine })
  })

  it('a criterion of one situation cannot have two wordings', () => {
    const problem = problemOf(
      criteria,
      '      - code: UG-02-1\n        text: 矿山在用的',
      '      - code: UG-02-1\n        text: 矿山使用的',
    )
    expect(problem.message).toContain('UG-02 只有一种情形，两处条文却不同')
  })

  it('a pack without a day in force must say why', () => {
    const { files } = changed(supplement, 'effectiveNote:', 'documentNote:')
    expect(problemsOf(files).map(({ message }) => message)).toContain('有不认识的字段：documentNote')
  })
})

describe('dates', () => {
  it('a day that does not exist is refused', () => {
    const problem = problemOf(`${folder}/obligations.yaml`, 'by: 2023-07-31', 'by: 2023-06-31')
    expect(problem).toMatchObject({ file: `${folder}/obligations.yaml`, line: problem.changedLine })
    expect(problem.message).toBe('“by”不是存在的日期')
  })

  it('a phase that ends before it begins is refused', () => {
    const { files } = changed(`${folder}/phases.yaml`, 'to: 2023-11-30', 'to: 2023-07-30')
    expect(problemsOf(files).map(({ message }) => message)).toContain('阶段 P3 的止日早于起日')
  })

  it('phases cannot overlap', () => {
    const problem = problemOf(`${folder}/phases.yaml`, 'from: 2023-08-01', 'from: 2023-07-31')
    expect(problem).toMatchObject({ line: problem.changedLine, message: '阶段 P3 与上一阶段重叠' })
  })

  it('a rule cannot lapse before it comes into force', () => {
    const problem = problemOf('law/citations.yaml', 'validTo: null', 'validTo: 2021-08-31')
    expect(problem.message).toContain('失效日期早于生效日期')
  })
})

describe('references', () => {
  it('an unknown clause is refused', () => {
    const problem = problemOf(`${folder}/obligations.yaml`, '[ wsl-102, wsl-94 ]', '[ wsl-1020, wsl-94 ]')
    expect(problem).toMatchObject({ line: problem.changedLine, message: '没有编号为 wsl-1020 的条款' })
  })

  it('an unknown criterion in the annex is refused', () => {
    const problem = problemOf(`${folder}/annex.yaml`, 'code: OP-13,', 'code: OP-14,')
    expect(problem).toMatchObject({ line: problem.changedLine, message: '判定标准包 minean-2022-88 里没有 OP-14' })
  })

  it('an unknown phase and an unknown setting are refused', () => {
    expect(problemOf(`${folder}/obligations.yaml`, 'phase: P1', 'phase: P9').message).toBe('没有编号为 P9 的阶段')
    const setting = problemOf(`${folder}/obligations.yaml`, 'setting: hazard.traceDueDays', 'setting: hazard.traceDays')
    expect(setting.message).toBe('没有叫 hazard.traceDays 的设置项')
  })

  it('a choice must be one of its options', () => {
    const problem = problemOf('standards/settings.yaml', 'value: relative', 'value: absolute')
    expect(problem).toMatchObject({ line: problem.changedLine, message: '“absolute”不在 options 里' })
  })
})

describe('duties of the law', () => {
  const duties = 'law/duties.yaml'

  it('an unknown clause is told where it is cited', () => {
    const problem = problemOf(duties, 'citations: [ emergency-reg-8 ]', 'citations: [ emergency-reg-88 ]')
    expect(problem).toMatchObject({
      file: duties,
      line: problem.changedLine,
      message: '没有编号为 emergency-reg-88 的条款',
    })
  })

  it('a day counted from the end of a period needs a period', () => {
    const problem = problemOf(
      duties,
      'rhythm: [ { every: year, times: 1 } ]\n    deadline: { afterPeriodDays: 31',
      'rhythm: [ { every: once } ]\n    deadline: { afterPeriodDays: 31',
    )
    expect(problem.message).toBe('义务 L05Y 没有按期的节奏，算不出期后第几天')
  })

  it('a day of every year needs a duty of every year', () => {
    const problem = problemOf(
      duties,
      'rhythm: [ { every: year, times: 1 } ]\n    deadline: { setting: emergency.floodSeasonStart',
      'rhythm: [ { every: month, times: 1 } ]\n    deadline: { setting: emergency.floodSeasonStart',
    )
    expect(problem.message).toBe('义务 L20 的期限是每年的某一天，节奏却不是每年')
  })

  it('a rhythm that nobody can count is refused', () => {
    const problem = problemOf(duties, '{ every: halfYear, times: 1 }', '{ every: fortnight, times: 1 }')
    expect(problem.file).toBe(duties)
  })

  it('a doubled id and an end before the beginning are refused', () => {
    expect(problemOf(duties, '- id: L12Q', '- id: L12Y').message).toBe('编号 L12Y 重复')
    expect(
      problemOf(duties, 'validFrom: 2019-04-01\n    validTo: null', 'validFrom: 2019-04-01\n    validTo: 2018-01-01')
        .message,
    ).toBe('义务 L08 的失效日期早于生效日期')
  })
})

describe('the form of the files', () => {
  it('broken YAML is told with its line', () => {
    const { files, line } = changed(supplement, 'issuer: 国家矿山安全监察局', 'issuer: "国家矿山安全监察局')
    const [problem] = problemsOf(files)
    expect(problem?.file).toBe(supplement)
    expect(problem?.message).toContain('YAML 写法有误')
    expect(problem?.line).toBeGreaterThanOrEqual(line)
  })

  it('a missing field is told at the entry that lacks it', () => {
    const { files, line } = changed(`${folder}/obligations.yaml`, '    title: 主要负责人带头学习判定标准\n', '')
    const [problem] = problemsOf(files)
    expect(problem?.message).toBe('缺少“title”')
    const text = files.find(({ path }) => path === `${folder}/obligations.yaml`)?.text ?? ''
    expect(problem?.line).toBe(lineIn(text, 'id: S44'))
    expect(line).toBe(1)
  })

  it('a misspelt field is told at its own line, and the missing one at the entry', () => {
    const { files, line } = changed(
      'standards/settings.yaml',
      '    why: 通知要求五步溯源',
      '    reason: 通知要求五步溯源',
    )
    expect(problemsOf(files).map(({ line: at, message }) => [at, message])).toEqual([
      [line - 5, '缺少“why”'],
      [line, '有不认识的字段：reason'],
    ])
  })

  it('a value of the wrong kind is told from a missing one', () => {
    const problem = problemOf(supplement, '    ordinal: 2', '    ordinal: 二')
    expect(problem).toMatchObject({ line: problem.changedLine, message: '“ordinal”的内容不对', remedy: '改成数' })
    const value = problemOf(supplement, 'machineCheckable: documents', 'machineCheckable: paper')
    expect(value).toMatchObject({ line: value.changedLine, message: '“machineCheckable”的值不在允许的范围内' })
    expect(value.remedy).toContain('survey')
  })

  it('an empty file is told as such', () => {
    const files = shipped.map(({ path, text }) => ({ path, text: path === 'law/citations.yaml' ? '' : text }))
    expect(problemsOf(files)).toMatchObject([{ file: 'law/citations.yaml', line: 1 }])
  })

  it('an unknown file and a missing file are told', () => {
    const stray = problemsOf([...shipped, { path: 'criteria/notes.md', text: '' }])
    expect(stray).toMatchObject([{ file: 'criteria/notes.md', message: '不认识的文件' }])
    const missing = problemsOf(shipped.filter(({ path }) => path !== `${folder}/notice.txt`))
    expect(missing).toMatchObject([{ file: `${folder}/notice.txt`, message: '缺少这个文件' }])
  })

  it('every read file that is dropped is missed', () => {
    for (const { path } of shipped.filter((file) => !file.path.startsWith('criteria/minean')))
      expect(problemsOf(shipped.filter((file) => file.path !== path)).length).toBeGreaterThan(0)
  })
})
