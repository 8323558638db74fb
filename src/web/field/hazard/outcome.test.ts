import { describe, expect, test } from 'vitest'
import type { HazardListed } from '#contract/hazard.ts'
import { fold } from '#domain/hazard/evolve.ts'
import { everyStatus, statuses } from '#domain/hazard/status.ts'
import { recorded } from '#tests/support/hazardStream.ts'
import { afterPhotoOf, goesOnAs, hasMoreToTell, newsFirst, outcome, reasonOf } from '#web/field/hazard/outcome.ts'

const listed = (part: Partial<HazardListed>): HazardListed => ({
  tenantId: '01890000-0000-7000-8000-000000000001',
  id: '01890000-0000-7000-8000-000000000002',
  number: 'F03-2023-001',
  mineId: '01890000-0000-7000-8000-000000000001',
  mineName: '演示·北斗沟石灰岩矿',
  status: 'found',
  statusTitle: statuses.found,
  source: 'workerReport',
  sourceTitle: '职工随手报',
  foundBy: 'mine',
  foundOn: '2023-06-30',
  criteria: [],
  listed: false,
  legacy: false,
  repeated: false,
  ...part,
})

test('who reported a hazard reads on which day it was put right', () => {
  expect(outcome(listed({ status: 'closed', closedOn: '2023-07-03' }))).toBe('你报的隐患7月3日改好了')
})

test('while the work goes on, how far it is and until when', () => {
  const hazard = listed({ status: 'rectifying', progressPercent: 60, deadline: '2023-10-13' })
  expect(outcome(hazard)).toBe('正在整改，已完成 60%，期限 2023-10-13')
})

test('every state has its sentence', () => {
  const sentences = everyStatus.map((status) => outcome(listed({ status })))
  expect(sentences.filter((sentence) => sentence === undefined || sentence === '')).toEqual([])
  expect(new Set(sentences).size).toBe(everyStatus.length)
})

const mineId = '01890000-0000-7000-8000-000000000001'
const bureauId = '01890000-0000-7000-8000-000000000003'
const otherId = '01890000-0000-7000-8000-000000000009'

const stateAfter = (...acts: readonly (readonly [act: string, body: Readonly<Record<string, unknown>>])[]) => {
  const report = { on: '2023-06-30', number: 'F03-2023-001', mineId, source: 'workerReport', place: '西帮' }
  const state = fold(
    recorded([
      { type: 'hazard.report', v: 1, body: report },
      ...acts.map(([act, body]) => ({ type: `hazard.${act}`, v: 1, body: { on: '2023-07-03', ...body } })),
    ]),
  )
  if (!state) throw new Error('no hazard')
  return state
}

describe('a report that ended without work of its own is answered with the reason, in plain words', () => {
  test('not established: the basis', () => {
    const state = stateAfter([
      'judge',
      { outcome: 'notEstablished', criteria: [], basis: '裂缝是施工缝，量过没有变化' },
    ])
    expect(reasonOf(state)).toBe('裂缝是施工缝，量过没有变化')
    expect(goesOnAs(mineId, state)).toBeUndefined()
    expect(hasMoreToTell(state)).toBe(true)
  })

  test('merged: into which one, and why; it goes on in the same register', () => {
    const state = stateAfter(['merge', { other: otherId, reason: '同一处车挡', reference: 'F03-2023-007' }])
    expect(reasonOf(state)).toBe('并到 F03-2023-007：同一处车挡')
    expect(goesOnAs(mineId, state)).toEqual({ tenantId: mineId, id: otherId })
  })

  test('a tip that the visit confirmed goes on in the register of the mine', () => {
    const state = stateAfter(['handOver', { other: otherId, mineId, visit: '到场核实属实' }])
    expect(goesOnAs(bureauId, state)).toEqual({ tenantId: mineId, id: otherId })
  })

  test('what is still under way has no such reason', () => {
    expect(reasonOf(stateAfter())).toBeUndefined()
    expect(hasMoreToTell(stateAfter())).toBe(false)
  })
})

test('the photo after the work is that of the acceptance, else of the last step that has one', () => {
  const [before, after] = ['a'.repeat(64), 'b'.repeat(64)]
  const judged = ['judge', { outcome: 'general', criteria: [], basis: '不触及' }] as const
  const progress = ['progress', { percent: 100, photos: [before] }] as const
  const accepted = ['accept', { conclusion: '改好了', photos: [after], notPhotographable: false }] as const
  expect(afterPhotoOf(stateAfter(judged, progress))).toBe(before)
  expect(afterPhotoOf(stateAfter(judged, progress, accepted))).toBe(after)
  expect(afterPhotoOf(stateAfter(judged))).toBeUndefined()
})

test('what was put right last stands first', () => {
  const reports = [
    listed({ number: 'late', foundOn: '2023-07-01' }),
    listed({ number: 'early', foundOn: '2023-06-01', status: 'closed', closedOn: '2023-07-03' }),
  ]
  expect(newsFirst(reports).map(({ number }) => number)).toEqual(['early', 'late'])
})
