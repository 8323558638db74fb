import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { taken } from '#domain/importing/taken.ts'
import { importingCapability } from '#server/importing/commands.ts'

const event = z.object({ type: z.string(), v: z.number().int(), body: z.record(z.string(), z.unknown()) })
const golden = z
  .object({ event })
  .parse(JSON.parse(readFileSync(new URL('../../../tests/golden/importing/taken.v1.json', import.meta.url), 'utf8')))

test('存下来的 importing.taken 第 1 版永远读得出来：哪个表格、哪些行、怎么收的', () => {
  const recorded = {
    ...golden.event,
    id: '018a0000-0000-7000-8000-000000000001',
    version: 1,
    receivedAt: '2023-09-15T01:00:00.000Z',
    actor: { accountId: '018a0000-0002-7000-8000-000000000002', role: 'regulator' },
  } as const
  const { kind, ...doc } = taken.parse(golden.event.body)
  expect({ kind, ...doc }).toEqual(golden.event.body)
  const place = {
    tenantId: '018a0000-0001-7000-8000-000000000001',
    streamId: '018a0000-0004-7000-8000-000000000004',
    version: 1,
  }
  expect(importingCapability.rows([recorded], place)).toEqual([
    { table: 'read.import', row: { kind: 'mines', role: 'regulator', taken_at: '2023-09-15T01:00:00.000Z', doc } },
  ])
})
