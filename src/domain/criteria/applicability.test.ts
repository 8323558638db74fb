import { describe, expect, it } from 'vitest'
import { loadRulebook } from '#server/platform/rulebookFiles.ts'
import { applicability, type CriteriaSubject } from './applicability.ts'
import { findCriterion } from './findCriterion.ts'

const parsed = await loadRulebook()
if (!parsed.ok) throw new Error('the shipped rulebook must read')
const { packs, facts: catalogue } = parsed.rulebook

const asked = (code: string, subject: CriteriaSubject) => {
  const found = findCriterion(packs, code)
  if (found === undefined) throw new Error(`no ${code}`)
  return applicability(found, subject, catalogue)
}
const openPit = (facts: CriteriaSubject['facts'] = {}): CriteriaSubject => ({ mineType: 'openPit', facts })
const underground = (facts: CriteriaSubject['facts'] = {}): CriteriaSubject => ({ mineType: 'underground', facts })
const tailings = (facts: CriteriaSubject['facts'] = {}): CriteriaSubject => ({ mineType: 'tailings', facts })
const missing = (code: string, subject: CriteriaSubject) => {
  const result = asked(code, subject)
  return result.applies === 'unknown' ? result.missing.map(({ key }) => key) : result
}

describe('by type of mine', () => {
  it('the 32 of the underground mine and the 19 of the tailings pond do not concern an open pit', () => {
    const national = packs.find(({ id }) => id === 'minean-2022-88')
    const results = (national?.criteria ?? []).map((criterion) => applicability({ criterion }, openPit(), catalogue))
    const byType = results.filter((one) => one.applies === false && one.reason === '不涉及（矿山类型）')
    expect(byType).toHaveLength(32 + 19)
    expect(results.filter((one) => one.applies !== false)).toHaveLength(13)
  })

  it('nothing of the open pit concerns a tailings pond, whatever its facts', () => {
    expect(asked('OP-11', tailings({ hasWasteDump: true }))).toEqual({
      applies: false,
      reason: '不涉及（矿山类型）',
      because: [],
    })
  })
})

describe('by what is known of the mine', () => {
  it('OP-10 concerns the depressed pit, and not the one on a hillside', () => {
    expect(asked('OP-10', openPit({ depressed: true }))).toEqual({ applies: true })
    expect(asked('OP-10', openPit({ depressed: false }))).toMatchObject({
      applies: false,
      reason: '不涉及（不是凹陷露天矿山）',
    })
  })

  it('OP-11 and OP-13 concern a pit with a waste dump', () => {
    for (const code of ['OP-11', 'OP-13'])
      expect(asked(code, openPit({ hasWasteDump: false }))).toEqual({
        applies: false,
        reason: '不涉及（没有排土场）',
        because: [expect.objectContaining({ key: 'hasWasteDump' })],
      })
    expect(asked('OP-13', openPit({ hasWasteDump: true }))).toEqual({ applies: true })
  })

  it('OP-11 concerns the mine as soon as one of its three situations does', () => {
    const dump = { hasWasteDump: true, dumpsDownSteepFoundation: false, dumpNearCrowdedPlace: false }
    expect(asked('OP-11', openPit({ ...dump, hillsideDump: true }))).toEqual({ applies: true })
    expect(asked('OP-11-1', openPit({ ...dump, hillsideDump: true }))).toMatchObject({ applies: false })
    const none = asked('OP-11', openPit({ ...dump, hillsideDump: false }))
    expect(none).toMatchObject({ applies: false })
    expect(none.applies === false && none.reason).toContain('没有山坡排土场')
    expect(none.applies === false && none.because.map(({ key }) => key)).toEqual([
      'dumpsDownSteepFoundation',
      'dumpNearCrowdedPlace',
      'hillsideDump',
    ])
  })

  it('OP-01 concerns a pit that came after underground mining', () => {
    expect(asked('OP-01', openPit({ convertedFromUnderground: false }))).toMatchObject({ applies: false })
    expect(asked('OP-01', openPit({ convertedFromUnderground: true }))).toEqual({ applies: true })
  })

  it('OP-07-1 begins at 200 m, the figure included, and says the height where it does not concern', () => {
    expect(asked('OP-07-1', openPit({ pitSlopeHeightM: 200 }))).toEqual({ applies: true })
    expect(asked('OP-07-1', openPit({ pitSlopeHeightM: 199.9 }))).toMatchObject({
      applies: false,
      reason: '不涉及（采场边坡高度199.9米，不到200米）',
    })
    // 07-3 (tampering) has no height: the criterion as a whole concerns every pit.
    expect(asked('OP-07', openPit({ pitSlopeHeightM: 40, hasWasteDump: false }))).toEqual({ applies: true })
  })

  it('UG-20-5 is for mines without online monitoring of the ventilation', () => {
    expect(asked('UG-20-5', underground({ hasOnlineVentilationMonitoring: false }))).toEqual({ applies: true })
    expect(asked('UG-20-5', underground({ hasOnlineVentilationMonitoring: true }))).toMatchObject({
      applies: false,
      reason: '不涉及（已设通风系统在线监测系统）',
    })
  })

  it('UG-09 needs medium or complex hydrogeology, UG-10 complex', () => {
    expect(asked('UG-09', underground({ hydrogeology: 'medium' }))).toEqual({ applies: true })
    expect(asked('UG-10', underground({ hydrogeology: 'medium' }))).toMatchObject({
      applies: false,
      reason: '不涉及（水文地质类型为中等）',
    })
  })

  it('TP-16 concerns grade III and above, or a pond above dwellings of any grade', () => {
    expect(asked('TP-16', tailings({ tailingsGrade: 3 }))).toEqual({ applies: true })
    expect(asked('TP-16', tailings({ tailingsGrade: 5, pondAboveDwellings: true }))).toEqual({ applies: true })
    expect(asked('TP-16', tailings({ tailingsGrade: 5, pondAboveDwellings: false }))).toMatchObject({ applies: false })
  })
})

describe('an unknown fact never yields 不涉及', () => {
  it('of a mine of which nothing is known, nothing of its own type is ruled out', () => {
    for (const { criteria } of packs) {
      for (const criterion of criteria) {
        const nothing = applicability({ criterion }, { mineType: criterion.mineType, facts: {} }, catalogue)
        expect(nothing.applies).not.toBe(false)
        for (const situation of criterion.situations) {
          const one = applicability({ criterion, situation }, { mineType: criterion.mineType, facts: {} }, catalogue)
          expect(one.applies).not.toBe(false)
        }
      }
    }
  })

  it('the missing facts are named', () => {
    expect(missing('OP-10', openPit())).toEqual(['depressed'])
    expect(missing('OP-07-2', openPit())).toEqual(['hasWasteDump', 'dumpSlopeHeightM'])
    expect(missing('OP-07-2', openPit({ hasWasteDump: true }))).toEqual(['dumpSlopeHeightM'])
    expect(missing('TP-16', tailings({ tailingsGrade: 5 }))).toEqual(['pondAboveDwellings'])
    expect(missing('UG-26', underground({ hydrogeology: 'simple' }))).toEqual(['engineeringGeology'])
  })

  it('one fact that is known to fail settles it, whatever else is unknown', () => {
    expect(asked('OP-07-2', openPit({ hasWasteDump: false }))).toMatchObject({ applies: false })
    expect(asked('UG-18', underground({ engineeringGeology: 'medium' }))).toMatchObject({ applies: false })
  })

  it('a value of the wrong kind is no knowledge', () => {
    expect(missing('OP-10', openPit({ depressed: 'no' }))).toEqual(['depressed'])
    expect(missing('OP-07-1', openPit({ pitSlopeHeightM: Number.NaN }))).toEqual(['pitSlopeHeightM'])
    expect(missing('UG-10', underground({ hydrogeology: '不详' }))).toEqual(['hydrogeology'])
  })
})

describe('finding a criterion', () => {
  it('takes the code of a criterion or of a situation', () => {
    expect(findCriterion(packs, 'OP-08')).toMatchObject({ criterion: { code: 'OP-08' } })
    expect(findCriterion(packs, 'OP-08')?.situation).toBeUndefined()
    expect(findCriterion(packs, 'OP-08-2')).toMatchObject({
      pack: { id: 'minean-2022-88' },
      criterion: { code: 'OP-08' },
      situation: { code: 'OP-08-2' },
    })
    expect(findCriterion(packs, 'OP-99')).toBeUndefined()
  })
})
