import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { RecordedEvent } from '#domain/event.ts'
import { decidePresence } from '#domain/presence/decide.ts'
import { missingWords, officesInMonth } from '#domain/presence/month.ts'
import { presenceRow, presenceState } from '#domain/presence/record.ts'

const mineId = '018a0000-0001-7000-8000-000000000001'
const personId = '018a0000-0004-7000-8000-000000000004'

const golden = (name: string): RecordedEvent => {
  const path = new URL(`../../../tests/golden/presence/${name}.v1.json`, import.meta.url)
  const { event } = z
    .object({ event: z.object({ type: z.string(), v: z.number(), body: z.record(z.string(), z.unknown()) }) })
    .parse(JSON.parse(readFileSync(path, 'utf8')))
  return {
    ...event,
    id: '018a0000-0000-7000-8000-000000000001',
    version: 1,
    receivedAt: '2023-09-14T01:00:00.000Z',
    actor: { accountId: '018a0000-0002-7000-8000-000000000002', role: 'safetyOfficer' },
  }
}

describe('存下来的驻矿记录永远读得出来', () => {
  test('记录：谁、哪一天、以什么职务、办了什么；几天后代录的写明', () => {
    const state = presenceState([golden('recorded')])
    expect(state && presenceRow(mineId, state)).toEqual({
      mine_id: mineId,
      person_id: personId,
      offices: ['legalRepresentative', 'actualController'],
      on_day: '2023-09-12',
      month: '2023-09',
      matters: '带队查北帮，定下清理浮石的人和时间',
      paper: ['0f343b0931126a20f133d67c2b018a3b5e0f1f1c4b1f6d2a9b6d0e5e1c2a3b4c'],
      stands: true,
      corrected: false,
      on_behalf: true,
      recorded_on: '2023-09-14',
    })
  })

  test('更正：写的是新的，日期和人不变；作废：不再计天数，记录还在', () => {
    expect(presenceState([golden('recorded'), golden('corrected')])).toMatchObject({
      matters: '带队查北帮和排土场，定下清理浮石的人和时间',
      on: '2023-09-12',
      corrected: true,
      stands: true,
    })
    expect(presenceState([golden('recorded'), golden('withdrawn')])).toMatchObject({ stands: false })
    expect(presenceState([golden('recorded'), golden('withdrawn'), golden('recorded')])).toMatchObject({ stands: true })
  })
})

describe('关键人驻矿（通知 四(二)7）', () => {
  const key = { post: '法定代表人', active: true, offices: ['legalRepresentative', 'safetyOfficer'] as const }
  const context = {
    today: '2023-09-14',
    actorPersonId: undefined,
    person: { ...key, offices: [...key.offices] },
  }
  const body = { personId, on: '2023-09-12', matters: '主持安全例会' }
  const recorded = presenceState([golden('recorded')])

  test('记下的是法定代表人、实际控制人的职务，别的职务不算；本人记的不是代录', () => {
    expect(decidePresence(undefined, 'record', body, context)).toMatchObject({
      ok: true,
      value: { body: { offices: ['legalRepresentative'], recordedOn: '2023-09-14', onBehalf: true } },
    })
    expect(decidePresence(undefined, 'record', body, { ...context, actorPersonId: personId })).toMatchObject({
      value: { body: { onBehalf: false } },
    })
  })

  test('没有登记关键人职务的、本矿名录里没有的，不能记', () => {
    for (const person of [undefined, { post: '矿长', active: true }, { ...key, offices: ['principal' as const] }])
      expect(decidePresence(undefined, 'record', body, { ...context, person })).toMatchObject({
        ok: false,
        refusal: { code: 'not-key-person', clause: '通知 四(二)7' },
      })
  })

  test('还没有到的日子不能先记；以前的日子什么时候补记都收', () => {
    const on = (day: string) => decidePresence(undefined, 'record', { ...body, on: day }, context)
    expect(on('2023-09-15')).toMatchObject({ ok: false, refusal: { code: 'date-in-future' } })
    expect(on('2023-09-14').ok).toBe(true)
    expect(on('2022-01-01').ok).toBe(true)
  })

  test('一天只记一次；作废以后可以重记；没有记录的不能更正、作废', () => {
    expect(decidePresence(recorded, 'record', body, context)).toMatchObject({ refusal: { code: 'already-recorded' } })
    const void_ = presenceState([golden('recorded'), golden('withdrawn')])
    expect(decidePresence(void_, 'record', body, context).ok).toBe(true)
    for (const state of [undefined, void_]) {
      expect(decidePresence(state, 'correct', { matters: '补写', reason: '漏写' }, context)).toMatchObject({
        refusal: { code: 'not-recorded' },
      })
      expect(decidePresence(state, 'withdraw', { reason: '记错' }, context)).toMatchObject({
        refusal: { code: 'not-recorded' },
      })
    }
  })
})

describe('一个月', () => {
  const both = { id: 'a', offices: ['legalRepresentative', 'actualController'] as const }
  const controller = { id: 'b', offices: ['actualController'] as const }
  const day = (on: string, ...held: ('legalRepresentative' | 'actualController')[]) => ({ on, offices: held })

  test('通知没有规定天数：没有设置时，有记录就不列为缺', () => {
    const month = officesInMonth([both], [day('2023-09-01', 'legalRepresentative', 'actualController')], null)
    expect(month.map(({ days, missing }) => [days, missing])).toEqual([
      [1, undefined],
      [1, undefined],
    ])
    expect(missingWords(officesInMonth([both], [], null))).toEqual([
      '法定代表人：本月没有驻矿记录',
      '实际控制人：本月没有驻矿记录',
    ])
    expect(missingWords(officesInMonth([controller], [day('2023-09-01', 'actualController')], null))).toEqual([
      '法定代表人：没有登记担任的人',
    ])
  })

  test('区局设置了天数的，少几天写几天；同一天两个人到矿只算一天', () => {
    const records = [
      day('2023-09-01', 'actualController'),
      day('2023-09-01', 'legalRepresentative', 'actualController'),
      day('2023-09-02', 'legalRepresentative', 'actualController'),
    ]
    const month = officesInMonth([both, controller], records, 4)
    expect(month.map(({ office, holders, days, missing }) => [office, holders, days, missing])).toEqual([
      ['legalRepresentative', ['a'], 2, '少 2 天'],
      ['actualController', ['a', 'b'], 2, '少 2 天'],
    ])
  })
})
