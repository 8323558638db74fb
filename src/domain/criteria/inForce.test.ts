import { describe, expect, it } from 'vitest'
import { loadRulebook } from '#server/platform/rulebookFiles.ts'
import { criteriaInForce } from './inForce.ts'

const parsed = await loadRulebook()
if (!parsed.ok) throw new Error('the shipped rulebook must read')
const { rulebook } = parsed

const ids = (date: string) => criteriaInForce(rulebook, date).packs.map(({ id }) => id)
const reasons = (date: string) =>
  criteriaInForce(rulebook, date).notInForce.map(({ pack, reason }) => `${pack.id}：${reason}`)

describe('criteria in force', () => {
  it('during the campaign of 2023 the 64 of 矿安〔2022〕88号 judge, alone', () => {
    expect(ids('2023-09-15')).toEqual(['minean-2022-88'])
  })

  it('from their first day, 2022-09-01, and not the day before', () => {
    expect(ids('2022-09-01')).toEqual(['minean-2022-88'])
    expect(ids('2022-08-31')).toEqual([])
    expect(reasons('2022-08-31')[0]).toContain('2022-09-01起施行')
  })

  it('the supplement of 2024 names no day in force, so it never judges by itself, and says why', () => {
    expect(ids('2030-01-01')).not.toContain('minean-2024-41')
    expect(reasons('2030-01-01')).toEqual([
      expect.stringMatching(/^minean-2024-41：没有查到施行日期.*没有单列施行日期/),
    ])
  })

  it('once its day is entered it judges from that day on', () => {
    const dated = rulebook.packs.map((pack) =>
      pack.effectiveFrom === null ? { ...pack, effectiveFrom: '2024-05-01', effectiveTo: '2026-01-31' } : pack,
    )
    const on = (date: string) => criteriaInForce({ packs: dated }, date).packs.map(({ id }) => id)
    expect(on('2024-04-30')).toEqual(['minean-2022-88'])
    expect(on('2024-05-01')).toEqual(['minean-2022-88', 'minean-2024-41'])
    expect(on('2026-01-31')).toEqual(['minean-2022-88', 'minean-2024-41'])
    expect(on('2026-02-01')).toEqual(['minean-2022-88'])
  })
})
