import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { RecordedEvent } from '#domain/event.ts'
import { fold, isDone, waitsForSignature } from './record.ts'
import { selfCheckRow } from './rows.ts'

const golden = (name: string): RecordedEvent => {
  const path = new URL(`../../../tests/golden/selfCheck/${name}`, import.meta.url)
  const { event } = z
    .object({ event: z.object({ type: z.string(), v: z.number(), body: z.record(z.string(), z.unknown()) }) })
    .parse(JSON.parse(readFileSync(path, 'utf8')))
  return {
    ...event,
    id: '018a0000-0000-7000-8000-000000000001',
    version: 1,
    receivedAt: '2023-09-15T01:00:00.000Z',
    actor: { accountId: '018a0000-0002-7000-8000-000000000002', role: 'safetyOfficer' },
  }
}

describe('存下来的月排查记录永远读得出来', () => {
  test('交接：交给谁、还剩几项', () => {
    const state = fold([golden('handOver.v1.json')])
    expect(state).toMatchObject({ month: '2023-09', handOvers: [{ left: 97, note: '北帮查完了，从排土场接着查' }] })
    expect(isDone(state)).toBe(false)
  })

  test('提交：每一项的答案、未查的写明；还没有签字就不算落实', () => {
    const state = fold([golden('submit.v1.json')])
    expect(state?.submissions[0]).toMatchObject({
      notChecked: ['OP-01-1'],
      counts: { asked: 3, bad: 1, notChecked: 1 },
    })
    expect(isDone(state)).toBe(false)
    expect(waitsForSignature(state)).toBe(true)
  })

  test('签字：本月落实，亲自带队单独记', () => {
    const state = fold([golden('submit.v1.json'), golden('sign.v1.json')])
    expect(isDone(state)).toBe(true)
    expect(waitsForSignature(state)).toBe(false)
    expect(state && selfCheckRow(state)).toMatchObject({
      done: true,
      submitted_on: '2023-09-14',
      signed_on: '2023-09-15',
      led_in_person: true,
      not_checked: 1,
    })
  })

  test('签字后又提交：月份仍算落实，新的等着再签', () => {
    const state = fold([golden('submit.v1.json'), golden('sign.v1.json'), golden('submit.v1.json')])
    expect(isDone(state)).toBe(true)
    expect(waitsForSignature(state)).toBe(true)
  })
})
