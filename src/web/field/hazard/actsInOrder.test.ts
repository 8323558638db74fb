import { expect, test } from 'vitest'
import type { HazardShown } from '#contract/hazard.ts'
import type { Ability } from '#domain/hazard/can.ts'
import { fold } from '#domain/hazard/evolve.ts'
import { stepTitles } from '#domain/hazard/steps.ts'
import { actsInOrder } from '#web/field/hazard/actsInOrder.ts'

const entry = {
  on: '2023-08-21',
  receivedAt: '2023-08-21T01:00:00.000Z',
  by: { accountId: '01890000-0000-7000-8000-000000000004', role: 'principal' },
  eventId: '01890000-0000-7000-8000-000000000005',
} as const

const found = fold([
  {
    type: 'hazard.report',
    v: 1,
    body: {
      mineId: '01890000-0000-7000-8000-000000000001',
      source: 'principalCheck',
      number: 'F03-2023-003',
      on: entry.on,
      place: '上山道路K0+135–K0+176',
    },
    id: entry.eventId,
    version: 1,
    receivedAt: entry.receivedAt,
    actor: entry.by,
  },
])
if (!found) throw new Error('a report begins a hazard')
const state: HazardShown['state'] = { ...found, status: 'rectifying' }

const may = (act: Ability['act'], refused = false): Ability => ({
  act,
  title: act,
  clause: '通知 四(一)2',
  ...(refused && { refusal: { code: 'incomplete', message: '还缺：公示' } }),
})

const next = (name: keyof typeof stepTitles): HazardShown['steps'] => [
  { name, title: stepTitles[name], standing: 'next' },
]

const names = (abilities: readonly Ability[]): string[] => abilities.map(({ act }) => act)

test('what the next step asks for stands first, the rest after it', () => {
  const { next: first, others } = actsInOrder({ can: [may('trace'), may('assign')], steps: next('assigned'), state })
  expect([names(first), names(others)]).toEqual([['assign'], ['trace']])
})

test('an act that lacks something is never among the lawful ones', () => {
  const { next: first, refused } = actsInOrder({ can: [may('accept', true)], steps: next('rectified'), state })
  expect([names(first), names(refused)]).toEqual([[], ['accept']])
})

test('work that is at 40 % asks for progress before acceptance', () => {
  const facts = { progress: [{ ...entry, percent: 40 }] }
  const { next: first } = actsInOrder({
    can: [may('accept'), may('progress')],
    steps: next('rectified'),
    state: { ...state, facts },
  })
  expect(names(first)).toEqual(['progress', 'accept'])
})

test('a recheck that was asked for is not asked for again', () => {
  const { next: first } = actsInOrder({
    can: [may('requestRecheck')],
    steps: next('rechecked'),
    state: { ...state, recheckRequest: { ...entry, recheckDueOn: '2023-08-31' } },
  })
  expect(first).toEqual([])
})
