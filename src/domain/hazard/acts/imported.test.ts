import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accept } from '#domain/hazard/acts/accept.ts'
import { importedBody, statusOfRow, type Told } from '#domain/hazard/acts/imported.ts'
import { inCase } from '#domain/hazard/case.ts'
import { contradictionsOf } from '#domain/hazard/ledgerRow.ts'
import { matters } from '#domain/hazard/matters.ts'
import { requirements } from '#domain/hazard/requirements.ts'
import { hazardRow } from '#domain/hazard/rows.ts'
import { openStatuses } from '#domain/hazard/status.ts'
import { attempt, mineId, person, stateOf, today } from '#tests/support/hazardStream.ts'
import { arbitraryLedgerRow } from '#tests/support/ledgerRows.ts'

const row = (given: Partial<Told> = {}): Told =>
  importedBody.parse({
    mineId,
    on: '2023-05-18',
    source: 'mineLedger',
    place: '二号皮带',
    description: '护栏缺失',
    state: 'open',
    ...given,
  })

const five = {
  responsible: person(1),
  measures: '补装护栏',
  funds: 0,
  deadline: '2023-05-30',
  contingencyPlan: '现场处置',
} as const

const taken = (body: Told, day = today) => {
  const outcome = attempt([], { day, by: 'safetyOfficer', act: 'imported', body })
  if (!outcome.ok) throw new Error(outcome.refusal.message)
  return stateOf(outcome.value)
}
const refusedFor = (body: Told) => {
  const outcome = attempt([], { by: 'safetyOfficer', act: 'imported', body })
  return outcome.ok ? undefined : outcome.refusal
}

describe('没有销号的，进入所载事实能到的最后一步', () => {
  test.each([
    ['found', {}],
    ['found', { grade: 'major', ...five, finishedOn: '2023-05-28' }],
    ['judged', { grade: 'general' }],
    ['judged', { grade: 'major', criteria: ['OP-06'] }],
    ['rectifying', { grade: 'general', deadline: '2023-05-30' }],
    ['rectifying', { grade: 'general', ...five }],
    ['rectifying', { grade: 'general', deadline: '2023-05-30', finishedOn: '2023-05-28' }],
    ['rectifying', { grade: 'major', criteria: ['OP-06'], ...five, finishedOn: '2023-05-28' }],
    ['accepted', { grade: 'general', ...five, finishedOn: '2023-05-28' }],
    ['accepted', { grade: 'general', ...five, finishedOn: '2023-05-28', recheckResult: 'pass' }],
    [
      'accepted',
      {
        grade: 'general',
        ...five,
        finishedOn: '2023-05-28',
        recheckedOn: '2023-05-29',
        recheckResult: 'pass',
        rechecker: person(1),
      },
    ],
    [
      'rectifying',
      { grade: 'general', ...five, finishedOn: '2023-05-28', recheckedOn: '2023-05-29', recheckResult: 'fail' },
    ],
    [
      'rechecked',
      {
        grade: 'general',
        ...five,
        finishedOn: '2023-05-28',
        recheckedOn: '2023-05-29',
        recheckResult: 'pass',
        rechecker: person(2),
      },
    ],
  ] as const)('%s：%o', (status, given) => {
    expect(taken(row(given as Partial<Told>)).status).toBe(status)
  })

  test('任何一行：已销号的仍是已销号；没有销号的不会变成已销号；多一项事实，不会退后', () => {
    const reached = (one: Told) => openStatuses.indexOf(statusOfRow(one) as (typeof openStatuses)[number])
    const added: readonly (keyof Told)[] = [
      'responsible',
      'measures',
      'funds',
      'deadline',
      'contingencyPlan',
      'finishedOn',
    ]
    fc.assert(
      fc.property(arbitraryLedgerRow(), fc.constantFrom(...added), (one, key) => {
        expect(statusOfRow(one) === 'closed').toBe(one.state === 'closed')
        if (one.state === 'closed') return
        const { [key]: _taken, ...less } = one
        expect(reached(importedBody.parse(less))).toBeLessThanOrEqual(reached(one))
      }),
      { numRuns: 500 },
    )
  })

  test('任何一行：到了企业验收的，验收要的都在（照片除外）；每一条都标着未核验，读两遍一样', () => {
    const statuses = new Set<string>()
    fc.assert(
      fc.property(arbitraryLedgerRow(), (drawn) => {
        const one = importedBody.parse({ ...drawn, word: drawn.word ?? '原台账如此' })
        const state = taken(one)
        statuses.add(state.status)
        expect(hazardRow(state).legacy).toBe(true)
        expect(state.legacy?.doubts).toEqual(contradictionsOf(one).map(({ reason }) => reason))
        if (state.status !== 'accepted' && state.status !== 'rechecked') return
        const missing = accept.needs
          .filter((need) => inCase(need, state))
          .flatMap(({ facts }) => facts)
          .filter((name) => name !== 'afterEvidence')
          .flatMap((name) => requirements[name].missing(state))
        expect(missing).toEqual([])
      }),
      { numRuns: 1_000, seed: 20230915 },
    )
    expect([...statuses].sort()).toEqual(['accepted', 'closed', 'found', 'judged', 'rechecked', 'rectifying'])
  })
})

describe('已销号的仍是已销号', () => {
  const closed = row({ state: 'closed', closedOn: '2023-06-02', grade: 'major', criteria: ['OP-06'] })

  test('写明销号日期，不再要溯源，不等谁办理', () => {
    const state = taken(closed)
    expect(state).toMatchObject({ status: 'closed', closing: { on: '2023-06-02' } })
    expect(matters(state)).toEqual([])
    expect(hazardRow(state)).toMatchObject({ closed_on: '2023-06-02', open: false, clock_runs: false })
  })

  test('没有销号日期的要人说明；说明了就收，日期不编', () => {
    const without = row({ state: 'closed' })
    expect(refusedFor(without)).toMatchObject({ code: 'row-contradicts-itself' })
    const state = taken({ ...without, word: '当年没有记日期' })
    expect(state.legacy).toMatchObject({ word: '当年没有记日期', doubts: ['写着已销号，没有销号日期'] })
    expect(hazardRow(state).closed_on).toBeNull()
  })
})

describe('自相矛盾的行，没有人说明就不收', () => {
  test.each([
    ['期限早于发现', { deadline: '2023-05-10' }, '期限 2023-05-10 早于发现日期 2023-05-18'],
    ['销号早于发现', { state: 'closed', closedOn: '2023-05-01' }, '销号日期 2023-05-01 早于发现日期 2023-05-18'],
    ['完成早于发现', { finishedOn: '2023-05-01' }, '完成日期 2023-05-01 早于发现日期 2023-05-18'],
    [
      '复查早于完成',
      { finishedOn: '2023-05-28', recheckedOn: '2023-05-20' },
      '复查日期 2023-05-20 早于完成日期 2023-05-28',
    ],
    ['没有销号却有销号日期', { closedOn: '2023-06-01' }, '有销号日期，状态却不是已销号'],
    [
      '复查不合格却已销号',
      { state: 'closed', closedOn: '2023-06-01', recheckResult: 'fail' },
      '复查不合格，却写着已销号',
    ],
    ['触及判定标准却是一般', { grade: 'general', criteria: ['OP-06'] }, '写明了触及的判定标准，等级却是一般'],
  ] as const)('%s', (_, given, words) => {
    const body = row(given as Partial<Told>)
    expect(refusedFor(body)?.message).toContain(words)
    const state = taken({ ...body, word: '原台账如此，已向矿上核实' })
    expect(state.legacy?.doubts).toContain(words)
    expect(state.legacy?.word).toBe('原台账如此，已向矿上核实')
  })

  test('没有矛盾的，理由不留', () => {
    expect(taken(row({ word: '多说一句' })).legacy?.word).toBeUndefined()
  })

  test('还没有到的日子，说明了也不收', () => {
    expect(refusedFor(row({ state: 'closed', closedOn: '2024-01-01', word: '照收' }))?.code).toBe('in-the-future')
  })

  test('别的矿的台账里不收', () => {
    expect(refusedFor(row({ mineId: person(7) }))?.code).toBe('register-of-another')
  })
})

describe('转入以后', () => {
  test('原编号记在我们的编号旁边，各系统各一个', () => {
    const state = taken(row({ ledgerNumber: 'YH-7', provincialNumber: '1404-9' }))
    expect(hazardRow(state)).toMatchObject({
      number: 'F01-2023-001',
      external_numbers: { 原台账: 'YH-7', 省系统: '1404-9' },
    })
  })

  test('挂牌要文号、级别、责任人、期限齐全才算', () => {
    const listing = {
      grade: 'major',
      criteria: ['OP-06'],
      listingLevel: 'district',
      listingNumber: '督1',
      listingDeadline: '2023-10-31',
    } as const
    expect(hazardRow(taken(row({ ...listing, criteria: ['OP-06'] }))).listing_stands).toBe(false)
    expect(hazardRow(taken(row({ ...listing, criteria: ['OP-06'], tracker: person(8) }))).listing_stands).toBe(true)
  })

  test('接着照常办：补证据、验收、复查、销号，都在同一条上', () => {
    const begun = attempt([], { by: 'safetyOfficer', act: 'imported', body: row({ grade: 'general', ...five }) })
    if (!begun.ok) throw new Error(begun.refusal.message)
    const accepted = attempt(begun.value, {
      by: 'safetyOfficer',
      act: 'accept',
      body: { conclusion: '护栏已补', notPhotographable: true },
    })
    expect(accepted.ok && stateOf(accepted.value).status).toBe('accepted')
  })
})
