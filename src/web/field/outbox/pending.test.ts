import { expect, test } from 'vitest'
import { bodyOf, type Pending, pending } from '#web/field/outbox/pending.ts'

const first = 'a'.repeat(64)
const second = 'b'.repeat(64)

const waiting: Pending = {
  commandId: '01890000-0000-7000-8000-000000000003',
  accountId: '01890000-0000-7000-8000-000000000004',
  tenantId: '01890000-0000-7000-8000-000000000001',
  hazardId: '01890000-0000-7000-8000-000000000002',
  act: 'report',
  title: '报告隐患',
  body: { source: 'workerReport', place: '上山道路' },
  attached: [
    { id: '1', field: 'photos', name: 'IMG_1.jpg', size: 10, sha256: first },
    { id: '2', field: 'photos', name: 'IMG_2.jpg', size: 10, sha256: second },
    { id: '3', field: 'afterPhotos', name: 'IMG_3.jpg', size: 10, sha256: second },
  ],
  capturedAt: '2023-09-15T01:00:00.000Z',
  writtenOn: '2023-09-15',
  stage: 'waiting',
}

test('a report sent late says on which day it was written', () => {
  expect(bodyOf(waiting).on).toBe('2023-09-15')
})

test('a day the person gave counts before the day of writing', () => {
  expect(bodyOf({ ...waiting, body: { ...waiting.body, on: '2023-09-14' } }).on).toBe('2023-09-14')
})

test('each photo stands under its own field', () => {
  const fixed = bodyOf({ ...waiting, act: 'reportFixed' })
  expect(fixed).toMatchObject({ photos: [first, second], afterPhotos: [second], place: '上山道路' })
})

test('an answer that the act does not know is not sent', () => {
  const unsure = { ...waiting.body, suspectedGrade: 'general', tooDangerous: true }
  expect(bodyOf({ ...waiting, body: unsure })).toHaveProperty('suspectedGrade')
  expect(bodyOf({ ...waiting, act: 'reportFixed', body: unsure })).not.toHaveProperty('suspectedGrade')
})

test('the same picture taken twice is named once', () => {
  const twice = waiting.attached.map((one) => ({ ...one, field: 'photos', sha256: first }))
  expect(bodyOf({ ...waiting, attached: twice }).photos).toEqual([first])
})

test('what was kept is read back whole', () => {
  expect(pending.parse(structuredClone(waiting))).toEqual(waiting)
})
