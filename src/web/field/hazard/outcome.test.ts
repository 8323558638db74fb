import { expect, test } from 'vitest'
import type { HazardListed } from '#contract/hazard.ts'
import { everyStatus, statuses } from '#domain/hazard/status.ts'
import { outcome } from '#web/field/hazard/outcome.ts'

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
