import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readHome } from '#contract/home.ts'
import { hazardFigureNames } from '#domain/hazard/figures.ts'
import { figureCondition, talliedFigure } from '#server/hazard/figures.ts'
import { capabilities } from '#server/open.ts'
import { rebuild } from '#server/platform/rebuild/rebuild.ts'
import { granted, startServer, type TestServer } from '#tests/support/district.ts'
import { hazardIn } from '#tests/support/hazards.ts'
import { actAtRandom } from '#tests/support/randomActs.ts'
import { tablesIn } from '#tests/support/tables.ts'

let server: TestServer
type Database = { query: pg.Pool['query'] }

beforeAll(async () => {
  server = await startServer()
  for (const status of ['found', 'rectifying', 'rectifying', 'accepted', 'closed', 'merged', 'endedByClosure'] as const)
    await hazardIn(server, status)
  await actAtRandom(server, 200, 20230916)
}, 120_000)
afterAll(() => server.close())

const kept = async (db: Database, name: 'hazard_tally' | 'hazard_matter' | 'hazard_recount' | 'hazard_matter_anew') =>
  (await db.query<{ row: string }>(`select t::text as row from read.${name} t order by 1`)).rows.map(({ row }) => row)

/** Rows of a view in the order of the table's columns. */
const anew = async (
  db: Database,
  table: 'hazard_tally' | 'hazard_matter',
  view: 'hazard_recount' | 'hazard_matter_anew',
) =>
  (
    await db.query<{ row: string }>(
      `select jsonb_populate_record(null::read.${table}, to_jsonb(a))::text as row from read.${view} a order by 1`,
    )
  ).rows.map(({ row }) => row)

const bothRight = async (db: Database = server.owner) => {
  expect(await kept(db, 'hazard_tally')).toEqual(await anew(db, 'hazard_tally', 'hazard_recount'))
  expect(await kept(db, 'hazard_matter')).toEqual(await anew(db, 'hazard_matter', 'hazard_matter_anew'))
}

const countedOver = async (day: string, db: Database = server.owner) => {
  const counts = hazardFigureNames.map(
    (name) => `count(*) filter (where ${figureCondition(name, '$1::date')})::int as "${name}"`,
  )
  return (await db.query(`select ${counts.join(', ')} from read.hazard h`, [day])).rows[0]
}
const tallied = async (day: string, db: Database = server.owner) => {
  const sums = hazardFigureNames.map((name) => `${talliedFigure(name, '$1::date')}::int as "${name}"`)
  return (await db.query(`select ${sums.join(', ')} from read.hazard_tally t`, [day])).rows[0]
}

/** What may become of the rows of hazards, one statement each; `share` says which of them. */
const becomes = {
  due: `update read.hazard set due_on = date '2023-09-01' + $2::int where get_byte(uuid_send(id), 15) % 3 = $1`,
  noDay:
    'update read.hazard set due_on = case when $2::int > 15 then due_on end where get_byte(uuid_send(id), 15) % 3 = $1',
  clock:
    'update read.hazard set clock_runs = $2::int > 15, open = $2::int > 7 where get_byte(uuid_send(id), 15) % 3 = $1',
  judged: `update read.hazard set judged_grade = (array['major', 'general', null])[1 + $2::int % 3], funds_planned = $2
    where get_byte(uuid_send(id), 15) % 3 = $1`,
  status: `update read.hazard set status = (array['found', 'closed', 'notEstablished', 'rectifying'])[1 + $2::int % 4],
    continued = $2::int % 5 = 0, stop = (array['whole', 'partial', null])[1 + $2::int % 3] where get_byte(uuid_send(id), 15) % 3 = $1`,
  listed: `update read.hazard set listed = $2::int % 2 = 0, listing_stands = $2::int % 4 = 0, repeated = $2::int > 20,
    extended = $2::int > 10, dual_reported = $2::int > 5 where get_byte(uuid_send(id), 15) % 3 = $1`,
  matters: `update read.hazard set matters = case when $2::int > 15 then '[]' else matters || matters end
    where get_byte(uuid_send(id), 15) % 3 = $1`,
  gone: 'delete from read.hazard where get_byte(uuid_send(id), 15) % 3 = $1 and get_byte(uuid_send(id), 14) % 31 < $2::int',
  doubled: `insert into read.hazard select (jsonb_populate_record(h, jsonb_build_object('id', gen_random_uuid()))).* from read.hazard h
    where get_byte(uuid_send(id), 15) % 3 = $1 and get_byte(uuid_send(id), 14) % 31 < $2::int`,
  again: `insert into read.hazard select h.* from read.hazard h where get_byte(uuid_send(id), 15) % 3 = $1 and $2::int > 0
    on conflict (tenant_id, id) do update set found_by = 'department', due_on = date '2023-10-01' + $2::int`,
} as const

describe('首页的合计与待办', () => {
  test('随意办理以后：和从头数的一样，哪一天算逾期都一样', async () => {
    expect((await kept(server.owner, 'hazard_tally')).length).toBeGreaterThan(1)
    expect((await kept(server.owner, 'hazard_matter')).length).toBeGreaterThan(1)
    await bothRight()
    for (const day of ['2023-09-15', '2023-11-01', '2024-12-31'])
      expect(await tallied(day)).toEqual(await countedOver(day))
  })

  test('隐患的行怎么变，合计都等于重新数的', async () => {
    const step = fc.tuple(
      fc.constantFrom(...(Object.keys(becomes) as (keyof typeof becomes)[])),
      fc.nat(2),
      fc.integer({ min: 1, max: 30 }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 60 }),
        async (steps, days) => {
          const client = await server.owner.connect()
          try {
            await client.query('begin')
            for (const [how, share, value] of steps) await client.query(becomes[how], [share, value])
            await bothRight(client)
            const day = new Date(Date.UTC(2023, 8, 1 + days)).toISOString().slice(0, 10)
            expect(await tallied(day, client)).toEqual(await countedOver(day, client))
          } finally {
            await client.query('rollback')
            client.release()
          }
        },
      ),
      { numRuns: 60 },
    )
    await bothRight()
  }, 120_000)

  test('有人直接改了合计或待办：重建说出有几行不对，并数回来', async () => {
    const right = await tablesIn(server.owner, ['read'])
    await server.owner.query('update read.hazard_tally set major_found = major_found + 1 where due_on = $1', [
      'infinity',
    ])
    await server.owner.query('delete from read.hazard_matter where place = 1')
    const dry = await rebuild({ adminUrl: server.database.adminUrl, capabilities, dryRun: true })
    expect(dry.recounted).toBeGreaterThan(1)
    expect(dry).toMatchObject({ differences: dry.recounted, applied: false })
    const done = await rebuild({ adminUrl: server.database.adminUrl, capabilities })
    expect(done).toMatchObject({ recounted: dry.recounted, differences: dry.recounted, applied: true })
    expect(await tablesIn(server.owner, ['read'])).toEqual(right)
  })

  test('待办列的次序和内容就是各条隐患自己说的', async () => {
    const home = granted(await server.as('regulator').call(readHome, {}))
    const due = home.notDone.map(({ dueOn }) => dueOn ?? '9999-12-31')
    expect(due).toEqual([...due].sort())
    expect(home.totals.notDone).toBe(home.notDone.length)
    const { rows } = await server.owner.query<{ id: string; matter: { title: string; side: string } }>(
      'select h.id, m as matter from read.hazard h cross join lateral jsonb_array_elements(h.matters) m',
    )
    for (const { hazardId, title } of home.notDone)
      expect(rows.some(({ id, matter }) => id === hazardId && matter.title === title && matter.side === 'mine')).toBe(
        true,
      )
  })
})
