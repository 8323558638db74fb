import { describe, expect, it } from 'vitest'
import type { Mine } from '#domain/org/mine.ts'
import { lastChangeOfFacts, mineChanges } from '#domain/org/mineChanges.ts'
import { checkFacts } from '#domain/org/mineFacts.ts'
import type { MineFact } from '#rulebook/mineFact.ts'

const facts: readonly MineFact[] = [
  {
    key: 'hasWasteDump',
    title: '有排土场',
    question: '有吗？',
    mineTypes: ['openPit'],
    kind: 'yesNo',
    yes: '有排土场',
    no: '没有排土场',
  },
  { key: 'pitSlopeHeightM', title: '边坡高度', question: '多高？', mineTypes: ['openPit'], kind: 'number', unit: '米' },
  {
    key: 'hydrogeology',
    title: '水文地质类型',
    question: '哪类？',
    mineTypes: ['underground'],
    kind: 'choice',
    options: { simple: '简单', complex: '复杂' },
  },
]
const words = { facts, companyName: () => undefined }

const entry = (change: Partial<Mine> = {}): Mine => ({
  code: 'T01',
  name: '一号矿',
  companyId: '018f0000-0000-7000-8000-000000000001',
  div: '140404102',
  township: '荫城镇',
  mineType: 'openPit',
  mineral: '石灰岩',
  scale: '60万吨/年',
  status: 'producing',
  inScope: true,
  scopeReason: '正常生产',
  staffOwn: 31,
  staffContracted: 11,
  facts: {},
  ...change,
})

describe('what a change of the entry changed', () => {
  it('nothing, when the same is entered again', () => {
    expect(mineChanges(entry(), entry(), words)).toEqual([])
  })

  it('is told field by field in the words of the form', () => {
    const stopped = entry({ status: 'longSuspended', watcher: { post: '盯守负责人' }, staffOwn: 2 })
    expect(mineChanges(entry(), stopped, words)).toEqual([
      { name: 'status', label: '状态', before: '正常生产', after: '长期停产（无人作业）' },
      { name: 'watcher', label: '盯守人员', before: undefined, after: '盯守负责人' },
      { name: 'staffOwn', label: '本矿人数', before: '31 人', after: '2 人' },
    ])
  })

  it('a mine that was on the schematic grid alone gets its coordinates', () => {
    const placed = entry({ position: { system: 'CGCS2000', longitude: 113.1, latitude: 36.05 } })
    expect(mineChanges(entry(), placed, words)).toEqual([
      { name: 'position', label: '坐标', before: undefined, after: '东经 113.1°，北纬 36.05°（CGCS2000）' },
    ])
  })

  it('a fact that nobody knew before has no before, one taken back has no after', () => {
    const known = entry({ facts: { hasWasteDump: false, pitSlopeHeightM: 84 } })
    expect(mineChanges(entry(), known, words)).toEqual([
      { name: 'facts.hasWasteDump', label: '有排土场', before: undefined, after: '没有排土场' },
      { name: 'facts.pitSlopeHeightM', label: '边坡高度', before: undefined, after: '84米' },
    ])
    expect(mineChanges(known, entry({ facts: { pitSlopeHeightM: 84 } }), words)).toEqual([
      { name: 'facts.hasWasteDump', label: '有排土场', before: '没有排土场', after: undefined },
    ])
  })

  it('a figure outside the catalogue is told by its Chinese name, one that has none as other data', () => {
    const measured = entry({ facts: { measuredHaulRoadGradientPct: 7.7, somethingElse: 3 } })
    expect(mineChanges(entry(), measured, words).map(({ label, after }) => [label, after])).toEqual([
      ['实测运输道路坡度（%）', '7.7'],
      ['其他数据', '3'],
    ])
  })
})

describe('who said a fact last', () => {
  it('is the change that brought it to its present value, not the last change at all', () => {
    const entries = [
      {},
      { hasWasteDump: true },
      { hasWasteDump: false },
      { hasWasteDump: false, depressed: true },
      { depressed: true },
    ]
    const last = lastChangeOfFacts(entries.map((known) => ({ facts: known })))
    expect([...last]).toEqual([
      ['hasWasteDump', 4],
      ['depressed', 3],
    ])
    expect(lastChangeOfFacts(entries.slice(0, 4).map((known) => ({ facts: known }))).get('hasWasteDump')).toBe(2)
  })
})

describe('the catalogue asks in its own kind', () => {
  it('what is left out stays unknown and is no fault', () => {
    expect(checkFacts({}, facts).ok).toBe(true)
    expect(
      checkFacts({ hasWasteDump: false, pitSlopeHeightM: 0, hydrogeology: 'simple', monitoring: '视频2' }, facts).ok,
    ).toBe(true)
  })

  it.each([
    ['hasWasteDump', '没有'],
    ['hasWasteDump', 0],
    ['pitSlopeHeightM', '84米'],
    ['pitSlopeHeightM', -1],
    ['hydrogeology', '很复杂'],
    ['hydrogeology', 'toString'],
    ['hydrogeology', true],
  ])('%s: %s is refused at its field', (key, value) => {
    expect(checkFacts({ [key]: value }, facts)).toMatchObject({
      ok: false,
      refusal: { code: 'invalid-input', details: { fields: [{ field: `facts.${key}` }] } },
    })
  })
})
