import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { registerCapability } from '#server/register/commands.ts'

const recorded = z.object({ type: z.string(), v: z.number().int(), body: z.record(z.string(), z.unknown()) })
const { event: golden } = z
  .object({ event: recorded })
  .parse(JSON.parse(readFileSync(new URL('../../../tests/golden/register/export.v1.json', import.meta.url), 'utf8')))

test('导出的记录第一版永远读得出来：谁、按什么条件、多少行', () => {
  const event = {
    ...golden,
    id: '018a0000-0005-7000-8000-000000000001',
    version: 1,
    receivedAt: '2023-09-15T01:00:00.000Z',
    actor: { accountId: '018a0000-0004-7000-8000-000000000001', role: 'regulator' },
  } as const
  const rows = registerCapability.rows([event], { tenantId: '', streamId: '', version: 1 })
  expect(rows).toEqual([
    {
      table: 'read.register_export',
      row: {
        account_id: '018a0000-0004-7000-8000-000000000001',
        role: 'regulator',
        taken_at: '2023-09-15T01:00:00.000Z',
        format: 'xlsx',
        rows: 12,
        doc: {
          columns: ['number', 'mineName', 'grade', 'foundOn'],
          filter: { grade: 'major', overdue: 'true', division: '140404' },
          sort: 'due',
          descending: false,
          on: '2023-09-15',
        },
      },
    },
  ])
})
