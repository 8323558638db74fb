import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, daysBetween } from '#domain/calendarDate.ts'
import { type MineStatus, type MineType, mineStatuses, mineTypes } from '#domain/org/mine.ts'
import { loadRulebook } from '#server/platform/rulebookFiles.ts'
import type { MinePast } from './binding.ts'
import { calendar, instanceName, instancesOfAll, undated } from './calendar.ts'
import { dutiesOf, isOfMine } from './fromRulebook.ts'
import { type DutyState, dutyStates, type Proof } from './state.ts'

const parsed = await loadRulebook()
if (!parsed.ok) throw new Error('the shipped rulebook does not hold')
const duties = dutiesOf(parsed.rulebook).filter(isOfMine)
const dutyNamed = (id: string) => {
  const duty = duties.find((one) => one.id === id)
  if (!duty) throw new Error(`no duty ${id}`)
  return duty
}

const producing = (mineType: MineType = 'openPit', from = '2022-01-01'): MinePast => ({
  standings: [{ from, status: 'producing', mineType, inScope: true }],
  stops: [],
})
const proof = (dutyId: string, key: string, doneOn: string): Proof => ({
  dutyId,
  key,
  doneOn,
  tenantId: '018a0000-0001-7000-8000-000000000001',
  streamId: '018a0000-0009-7000-8000-000000000001',
})
const one = (states: readonly DutyState[], dutyId: string, key: string): DutyState => {
  const found = states.filter((state) => state.dutyId === dutyId && state.key === key)
  expect(found).toHaveLength(1)
  return found[0] as DutyState
}
const year2023 = { from: '2023-01-01', to: '2023-12-31' }
const of = (past: MinePast, proofs: readonly Proof[] = [], today = '2023-09-15') => ({ duties, past, proofs, today })

describe('how a duty stands', () => {
  test('the month check is missed once the month is over, and due until its last day', () => {
    expect(one(calendar(of(producing()), year2023), 'S05', '2023-08')).toMatchObject({ state: 'missed', daysLate: 15 })
    expect(one(calendar(of(producing()), year2023), 'S05', '2023-09').state).toBe('due')
    expect(one(calendar(of(producing(), [], '2023-09-30'), year2023), 'S05', '2023-09').state).toBe('due')
    expect(one(calendar(of(producing(), [], '2023-10-01'), year2023), 'S05', '2023-09').state).toBe('missed')
  })

  test('done on the last day is on time, a day later is late', () => {
    const done = (on: string) =>
      one(calendar(of(producing(), [proof('S05', '2023-08', on)]), year2023), 'S05', '2023-08').state
    expect(done('2023-08-31')).toBe('doneOnTime')
    expect(done('2023-09-01')).toBe('doneLate')
  })

  test('a record of another month does not count', () => {
    const states = calendar(of(producing(), [proof('S05', '2023-07', '2023-08-10')]), year2023)
    expect(one(states, 'S05', '2023-07').state).toBe('doneLate')
    expect(one(states, 'S05', '2023-08').state).toBe('missed')
  })

  test('what must be done twice is done with the second record, and late if that one is late', () => {
    const dust = (...days: string[]) =>
      one(
        calendar(
          of(
            producing(),
            days.map((day) => proof('L14', '2023-08', day)),
          ),
          year2023,
        ),
        'L14',
        '2023-08',
      ).state
    expect(dust('2023-08-05')).toBe('missed')
    expect(dust('2023-08-05', '2023-08-20')).toBe('doneOnTime')
    expect(dust('2023-08-05', '2023-09-02')).toBe('doneLate')
  })

  test('the quarter table is due on the fifteenth after the quarter, the year table on 31 January', () => {
    expect(one(calendar(of(producing()), year2023), 'L05Q', '2023-Q3').dueOn).toBe('2023-10-15')
    expect(one(calendar(of(producing()), year2023), 'L05Y', '2022').dueOn).toBe('2023-01-31')
  })

  test('the flood check is due the day before the season of the setting', () => {
    expect(one(calendar(of(producing()), year2023), 'L20', '2023').dueOn).toBe('2023-05-31')
  })

  test('an underground mine tests its airflow, an open pit is not asked to', () => {
    const at = (mineType: MineType) => one(calendar(of(producing(mineType)), year2023), 'L18', '2023')
    expect(at('underground').state).toBe('due')
    expect(at('openPit')).toMatchObject({ state: 'notApplicable', reason: '只适用于地下矿山' })
  })

  test('a mine outside the campaign owes what the law asks, not what the notice asks', () => {
    const outside: MinePast = {
      standings: [{ from: '2022-01-01', status: 'producing', mineType: 'openPit', inScope: false }],
      stops: [],
    }
    expect(one(calendar(of(outside), year2023), 'S05', '2023-08').reason).toBe('不在专项整治范围')
    expect(one(calendar(of(outside), year2023), 'L08', '2023-H1').state).toBe('missed')
  })

  test('a suspended mine is paused and owes its watch instead', () => {
    const suspended: MinePast = {
      standings: [{ from: '2022-01-01', status: 'longSuspended', mineType: 'openPit', inScope: true }],
      stops: [],
    }
    const states = calendar(of(suspended), year2023)
    expect(one(states, 'S05', '2023-08')).toMatchObject({ state: 'paused', reason: '矿山长期停产（无人作业）' })
    expect(one(states, 'S38', '2023-08-01').state).toBe('missed')
  })

  test('a mine that stopped in mid-month has worked in it', () => {
    const past: MinePast = {
      standings: [
        { from: '2022-01-01', status: 'producing', mineType: 'openPit', inScope: true },
        { from: '2023-08-03', status: 'longSuspended', mineType: 'openPit', inScope: true },
      ],
      stops: [],
    }
    const states = calendar(of(past), year2023)
    expect(one(states, 'S05', '2023-08').state).toBe('missed')
    expect(one(states, 'S05', '2023-09').state).toBe('paused')
  })

  test('a stop of the whole mine pauses the crew’s day, and not the month check', () => {
    const past: MinePast = { ...producing(), stops: [{ from: '2023-08-01', to: '2023-08-31' }] }
    const states = calendar(of(past), year2023)
    expect(one(states, 'S19', '2023-08-15').state).toBe('paused')
    expect(one(states, 'S19', '2023-09-01').state).toBe('missed')
    expect(one(states, 'S05', '2023-08').state).toBe('missed')
  })

  test('nothing is held against a mine before its registration', () => {
    const states = calendar(of(producing('openPit', '2023-08-10')), year2023)
    expect(one(states, 'S05', '2023-07')).toMatchObject({
      state: 'notApplicable',
      reason: '登记到本系统之前，不推算',
    })
    expect(one(states, 'S05', '2023-08').state).toBe('missed')
  })

  test('what is to be done once without a day is open and never late', () => {
    const states = undated(of(producing(), [], '2030-01-01'))
    expect(states.length).toBeGreaterThan(0)
    expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['due']))
  })

  test('the notice is over at the end of the year, the law is not', () => {
    const states = calendar(of(producing(), [], '2024-06-01'), { from: '2024-01-01', to: '2024-12-31' })
    expect(states.filter(({ dutyId }) => dutyId.startsWith('S'))).toEqual([])
    expect(states.filter(({ dutyId }) => dutyId === 'L08')).toHaveLength(2)
  })
})

describe('which record fulfils a duty', () => {
  test('the month’s check is the signed self-check, what the principal must do bears his signature, the crew’s day needs no file', () => {
    expect(dutyNamed('S05').fulfilment).toEqual({ by: 'selfCheck' })
    expect(dutyNamed('S01').fulfilment).toEqual({ by: 'dutyRecord', signedByPrincipal: true, files: true })
    expect(dutyNamed('L08').fulfilment).toEqual({ by: 'dutyRecord', signedByPrincipal: false, files: true })
    expect(dutyNamed('S19').fulfilment).toEqual({ by: 'dutyRecord', signedByPrincipal: false, files: false })
  })
})

describe('any mine at any time', () => {
  const day = fc.integer({ min: 0, max: 1_460 }).map((days) => addDays('2021-01-01', days))
  const past: fc.Arbitrary<MinePast> = fc
    .record({
      standings: fc.uniqueArray(
        fc.record({
          from: day,
          status: fc.constantFrom(...(Object.keys(mineStatuses) as MineStatus[])),
          mineType: fc.constantFrom(...(Object.keys(mineTypes) as MineType[])),
          inScope: fc.boolean(),
        }),
        { minLength: 1, maxLength: 5, selector: ({ from }) => from },
      ),
      stops: fc.array(fc.record({ from: day, to: fc.option(day, { nil: undefined }) }), { maxLength: 3 }),
    })
    .map(({ standings, stops }) => ({
      standings: standings.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
      stops,
    }))

  test('spans laid end to end repeat no instance and leave none out', () => {
    fc.assert(
      fc.property(day, fc.nat(500), fc.nat(500), (from, first, second) => {
        const middle = addDays(from, first)
        const to = addDays(middle, second + 1)
        const names = (a: string, b: string) =>
          instancesOfAll(duties, { from: a, to: b }).map(([, instance]) => instanceName(instance))
        const whole = names(from, to)
        expect([...names(from, middle), ...names(addDays(middle, 1), to)].sort()).toEqual([...whole].sort())
        expect(new Set(whole).size).toBe(whole.length)
      }),
      { numRuns: 60 },
    )
  })

  test('each counted month of a duty that binds all along appears exactly once', () => {
    const keys = calendar(of(producing()), year2023)
      .filter(({ dutyId }) => dutyId === 'S05')
      .map(({ key }) => key)
    expect(keys).toEqual(['05', '06', '07', '08', '09', '10', '11', '12'].map((month) => `2023-${month}`))
    const days = calendar(of(producing()), year2023).filter(({ dutyId }) => dutyId === 'S19')
    expect(days).toHaveLength(daysBetween('2023-05-01', '2023-12-31') + 1)
  })

  test('has one state an instance, and what was missed stays missed until it is done', () => {
    fc.assert(
      fc.property(past, day, fc.nat(400), (mine, today, later) => {
        const span = { from: '2022-06-01', to: '2023-12-31' }
        const now = calendar({ duties, past: mine, proofs: [], today }, span)
        const then = calendar({ duties, past: mine, proofs: [], today: addDays(today, later) }, span)
        expect(now.map(instanceName)).toEqual(then.map(instanceName))
        for (const [at, { state }] of now.entries()) {
          const next = then[at]?.state
          if (state === 'missed') expect(next).toBe('missed')
          if (state === 'paused' || state === 'notApplicable') expect(next).toBe(state)
          if (state === 'due') expect(['due', 'missed']).toContain(next)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('a proof on its day settles an instance whatever the mine’s past', () => {
    fc.assert(
      fc.property(past, day, (mine, on) => {
        const proofs = [proof('S05', on.slice(0, 7), on)]
        const states = calendar({ duties: [dutyNamed('S05')], past: mine, proofs, today: on }, year2023)
        for (const state of states.filter(({ key }) => key === on.slice(0, 7))) expect(state.state).toBe('doneOnTime')
      }),
    )
  })

  test('the calendar is the same in Honolulu, Shanghai and Kiritimati', () => {
    const program = `
      import { loadRulebook } from '#server/platform/rulebookFiles.ts'
      import { instancesOfAll } from '#domain/duty/calendar.ts'
      import { dutiesOf } from '#domain/duty/fromRulebook.ts'
      const { rulebook } = await loadRulebook()
      const all = instancesOfAll(dutiesOf(rulebook), { from: '2023-01-01', to: '2024-12-31' })
      const { createHash } = await import('node:crypto')
      console.log(createHash('sha256').update(JSON.stringify(all.map(([, instance]) => instance))).digest('hex'))`
    const under = (zone: string) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', program], {
        env: { ...process.env, TZ: zone },
        encoding: 'utf8',
      })
    const here = under('Asia/Shanghai')
    expect(here).toMatch(/^[0-9a-f]{64}\n$/)
    expect(under('Pacific/Honolulu')).toBe(here)
    expect(under('Pacific/Kiritimati')).toBe(here)
  }, 30_000)
})

/** The year as a person reads it: each duty with its instances; days and weeks by their number alone. */
const readable = (mineType: MineType): string => {
  const states = calendar(of(producing(mineType), [], '2024-02-01'), { from: '2023-01-01', to: '2024-01-31' })
  const lines = duties.flatMap((duty) => {
    const own = states.filter(({ dutyId }) => dutyId === duty.id)
    if (own.length === 0) return []
    const told =
      own.length > 14
        ? [`  ${own[0]?.key} 至 ${own.at(-1)?.key}，共 ${own.length} 次`]
        : own.map(({ key, dueOn, state, reason, times }) =>
            [`  ${key}`, `${dueOn} 前`, times > 1 ? `${times} 次` : '', reason ?? dutyStates[state]]
              .filter((word) => word !== '')
              .join('  '),
          )
    return [`${duty.id} ${duty.title}`, ...told]
  })
  const open = undated(of(producing(mineType))).map(({ dutyId }) => `  ${dutyId} ${dutyNamed(dutyId).title}`)
  const uncounted = duties
    .filter(({ uncounted }) => uncounted.length > 0)
    .map(({ id, title, uncounted }) => `  ${id} ${title}（${uncounted.map(({ every }) => every).join('、')}）`)
  return [...lines, '没有写期限的', ...open, '有事即做、一直保持、没有写多久一次的', ...uncounted, ''].join('\n')
}

describe('the whole year 2023, without any record', () => {
  test.each(['openPit', 'underground', 'tailings'] as const)('of a producing mine: %s', async (mineType) => {
    await expect(readable(mineType)).toMatchFileSnapshot(`./calendar2023/${mineType}.txt`)
  })
})
