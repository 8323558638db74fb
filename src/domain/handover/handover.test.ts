import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Actor } from '#domain/access/actor.ts'
import type { Role } from '#domain/access/role.ts'
import { decide, type HandoverAct, handoverForms } from '#domain/handover/decide.ts'
import type { HandoverItem } from '#domain/handover/item.ts'
import { fold, handoverStatuses } from '#domain/handover/record.ts'
import type { Outcome } from '#domain/refusal.ts'
import { recorded } from '#tests/support/hazardStream.ts'

const house = '018a0000-0001-7000-8000-000000000001'
const elsewhere = '018a0000-0001-7000-8000-000000000002'
const leaving = '018a0000-0003-7000-8000-000000000001'
const coming = '018a0000-0003-7000-8000-000000000002'
const stranger = '018a0000-0003-7000-8000-000000000003'
const homes = new Map([
  [leaving, house],
  [coming, house],
  [stranger, elsewhere],
])

const item: HandoverItem = {
  kind: 'responsible',
  tenantId: house,
  streamId: '018a0000-0009-7000-8000-000000000001',
  title: '整改到销号',
}

const actor = (personId: string, role: Role = 'safetyOfficer', homeTenantId = house): Actor => ({
  accountId: personId.replace('-0003-', '-0004-'),
  personId,
  homeTenantId,
  role,
  scope: { kind: 'tenants', ids: [house] },
})

const context = (who: Actor) => ({
  today: '2023-09-15',
  actor: who,
  tenantId: house,
  organisationOf: (personId: string) => homes.get(personId),
})

const giving = { to: coming, items: [item], more: 0 }
const given = recorded([
  { type: 'handover.give', v: 1, body: { on: '2023-09-14', from: leaving, to: coming, items: [item], more: 0 } },
])
const followed = (act: HandoverAct, body: Readonly<Record<string, unknown>>) =>
  recorded([...given, { type: `handover.${act}`, v: 1, body }])

const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'granted' : outcome.refusal.code)
const tried = (who: Actor, act: HandoverAct, body: unknown, events = given) =>
  codeOf(decide(act === 'give' ? undefined : fold(events), { act, body }, context(who)))

describe('岗位交接', () => {
  test('本人交出，写明日期、双方和每一件', () => {
    expect(decide(undefined, { act: 'give', body: giving }, context(actor(leaving)))).toEqual({
      ok: true,
      value: [{ type: 'handover.give', v: 1, body: { ...giving, on: '2023-09-15', from: leaving } }],
    })
  })

  test('没有未了的事也可以交接', () => {
    expect(tried(actor(leaving), 'give', { ...giving, items: [] })).toBe('granted')
  })

  test('不能交给自己，不能交给外单位的人，不能在别的单位交', () => {
    expect(tried(actor(leaving), 'give', { ...giving, to: leaving })).toBe('handover-to-oneself')
    expect(tried(actor(leaving), 'give', { ...giving, to: stranger })).toBe('person-unknown')
    expect(tried(actor(leaving, 'safetyOfficer', elsewhere), 'give', giving)).toBe('handover-in-own-house')
  })

  test('替别人交，只有单位负责人可以', () => {
    const forAnother = { ...giving, from: leaving }
    expect(tried(actor('018a0000-0003-7000-8000-000000000009', 'crewLeader'), 'give', forAnother)).toBe('not-your-post')
    expect(tried(actor('018a0000-0003-7000-8000-000000000009', 'principal'), 'give', forAnother)).toBe('granted')
  })

  test('只有接收人本人能接收；接收过的、作废的不能再办', () => {
    expect(tried(actor(leaving), 'take', {})).toBe('not-the-receiver')
    expect(tried(actor(coming), 'take', {})).toBe('granted')
    const taken = followed('take', { on: '2023-09-15' })
    expect(tried(actor(coming), 'take', {}, taken)).toBe('handover-ended')
    expect(tried(actor(leaving), 'withdraw', { reason: '换人' }, taken)).toBe('handover-ended')
    const withdrawn = followed('withdraw', { on: '2023-09-15', reason: '换人' })
    expect(tried(actor(coming), 'take', {}, withdrawn)).toBe('handover-ended')
  })

  test('双方都能在接收前作废，别人不能', () => {
    for (const who of [leaving, coming]) expect(tried(actor(who), 'withdraw', { reason: '换人' })).toBe('granted')
    expect(tried(actor(stranger), 'withdraw', { reason: '换人' })).toBe('not-your-handover')
  })

  test('同一份不能开两次，没有开的不能接收', () => {
    expect(codeOf(decide(fold(given), { act: 'give', body: giving }, context(actor(leaving))))).toBe('handover-given')
    expect(codeOf(decide(undefined, { act: 'take', body: {} }, context(actor(coming))))).toBe('not-found')
  })
})

const folder = new URL('../../../tests/golden/handover/', import.meta.url)
const event = z.object({ type: z.string(), v: z.number().int(), body: z.record(z.string(), z.unknown()) })
const golden = z.object({ given: z.array(event), event, status: z.string() })
const files = readdirSync(folder).sort()

describe('存下来的事件永远读得出来', () => {
  test('每一种各有一份样本', () => {
    expect(files).toEqual(
      Object.keys(handoverForms)
        .sort()
        .map((act) => `${act}.v1.json`),
    )
  })

  test.each(files)('%s 折叠到所写的状态，内容都在', (file) => {
    const read = golden.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
    const state = fold(recorded([...read.given, read.event]))
    expect(Object.keys(handoverStatuses)).toContain(read.status)
    expect(state?.status).toBe(read.status)
    expect(state).toMatchObject({ from: leaving, to: coming, note: '台账和钥匙在值班室', more: 2 })
    expect(state?.items[0]).toMatchObject({ kind: 'responsible', number: 'T01-2023-004', dueOn: '2023-09-20' })
    if (read.status === 'taken') expect(state?.ended?.words).toBe('车挡已改到一半')
    if (read.status === 'withdrawn') expect(state?.ended?.words).toBe('接收人换了')
  })
})
