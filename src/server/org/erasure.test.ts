import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { RecordedEvent } from '#domain/event.ts'
import { erased, grounds, mayErase } from '#domain/org/erasure.ts'
import { personRegistry } from '#server/org/commands.ts'

const event = z.object({ type: z.string(), v: z.number().int(), body: z.record(z.string(), z.unknown()) })
const golden = z
  .object({ given: z.array(event), event })
  .parse(JSON.parse(readFileSync(new URL('../../../tests/golden/person/erased.v1.json', import.meta.url), 'utf8')))

const recorded = (events: readonly z.infer<typeof event>[]): readonly RecordedEvent[] =>
  events.map((one, index) => ({
    ...one,
    id: `018a0000-0000-7000-8000-00000000000${index}`,
    version: index + 1,
    receivedAt: '2023-09-15T01:00:00.000Z',
    actor: { accountId: '018a0000-0002-7000-8000-000000000002', role: 'principal' },
  }))

describe('删除个人信息（个人信息保护法 47）', () => {
  test('存下来的 person.erased 第 1 版永远读得出来：岗位还在，标明已删除，人不再在岗', () => {
    const rows = personRegistry.rows(recorded([...golden.given, golden.event]), {
      tenantId: '018a0000-0001-7000-8000-000000000001',
      streamId: '018a0000-0004-7000-8000-000000000004',
      version: 4,
    })
    expect(rows).toEqual([
      {
        table: 'read.person',
        row: { post: '安全员', active: false, doc: { post: '安全员', active: false, erased: true } },
      },
    ])
    expect(erased.parse(golden.event.body)).toEqual(golden.event.body)
  })

  test('在岗的不删：先离岗', () => {
    expect(mayErase({ post: '安全员', active: true }, [])).toMatchObject({
      ok: false,
      refusal: { code: 'still-in-post', clause: '个人信息保护法 47' },
    })
  })

  test('有没停用的账号的不删：先停用', () => {
    const left = { post: '安全员', active: false }
    expect(mayErase(left, [{ disabled: true }, { disabled: false }])).toMatchObject({
      ok: false,
      refusal: { code: 'account-not-disabled' },
    })
    expect(mayErase(left, [{ disabled: true }])).toEqual({ ok: true, value: undefined })
  })

  test('理由只能从法条的五种情形里选：写不进姓名', () => {
    expect(Object.keys(grounds)).toHaveLength(5)
    expect(personRegistry.validate('person.erase', { ground: '隐名某某要求删除' })).toMatchObject({ ok: false })
    expect(personRegistry.validate('person.erase', { ground: 'consentWithdrawn' })).toMatchObject({ ok: true })
  })
})
