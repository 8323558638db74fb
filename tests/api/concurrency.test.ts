import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { RecordedEvent } from '#domain/event.ts'
import { fold } from '#domain/hazard/evolve.ts'
import { hazardRow } from '#domain/hazard/rows.ts'
import { type HazardAct, transitionOf } from '#domain/hazard/transitions.ts'
import { hazardCapability } from '#server/hazard/commands.ts'
import { createExecute } from '#server/platform/execute.ts'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { asJsonObject } from '#server/platform/json.ts'
import { recordedEvent } from '#server/platform/load.ts'
import { readColumns } from '#server/platform/project.ts'
import {
  granted,
  type HazardPlace,
  newHazard,
  type PostName,
  startServer,
  type TestServer,
} from '#tests/support/district.ts'
import { bodiesOf, hazardIn } from '#tests/support/hazards.ts'
import { uploaded } from '#tests/support/upload.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ connections: 16 })
  server.clock.stand('2023-07-03')
})
afterAll(() => server.close())

const count = async (sql: string, values: unknown[] = []): Promise<number> => {
  const { rows } = await server.owner.query(`select count(*)::int as n from ${sql}`, values)
  return z.object({ n: z.number() }).parse(rows[0]).n
}

/** Every book of the house: what one act adds to each, and what a failed act must not. */
const books = async () => ({
  events: await count('core.event'),
  outbox: await count('ledger.outbox'),
  salts: await count('private.leaf_salt'),
  commands: await count('core.command'),
  hazards: await count('read.hazard'),
  jobs: await count('pgboss.job'),
  counters: (await server.owner.query('select tenant_id, series, value from core.counter order by 1, 2')).rows,
})

const streamOf = async ({ tenantId, id }: HazardPlace): Promise<readonly RecordedEvent[]> => {
  const { rows } = await server.owner.query(
    `select jsonb_build_object('id', id, 'version', version, 'type', type, 'v', v, 'body', body,
       'receivedAt', to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
       'accountId', account_id, 'role', role, 'personId', person_id) as event
     from core.event where tenant_id = $1 and stream_id = $2 order by version`,
    [tenantId, id],
  )
  return rows.map(({ event }) => recordedEvent(event))
}

/** The stream could have come about one act after another: each stood in its state, versions run on, the row is its fold. */
const isSerial = async (place: HazardPlace): Promise<void> => {
  const events = await streamOf(place)
  expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1))
  for (const [index, event] of events.entries()) {
    const before = fold(events.slice(0, index))
    const transition = transitionOf(event.type.replace('hazard.', ''))
    if (before) expect(transition?.from, `${event.type} at ${event.version}`).toContain(before.status)
  }
  const state = fold(events)
  if (!state) throw new Error('no stream')
  const { rows } = await server.owner.query(
    'select to_jsonb(h) as row from read.hazard h where tenant_id = $1 and id = $2',
    [place.tenantId, place.id],
  )
  expect(rows[0]?.row).toMatchObject({
    ...asJsonObject(hazardRow(state)),
    version: events.length,
    matters: expect.any(Array),
  })
}

const eight = Array.from({ length: 8 }, (_, index) => index)

describe('八个人同时办', () => {
  test('同时销号八次：只销一次，其余说得出为什么', async () => {
    const place = await hazardIn(server, 'rechecked')
    const answers = await Promise.all(
      eight.map((index) => server.as(index % 2 ? 'enforcer' : 'regulator').act(place, 'closeOut')),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    for (const answer of answers) {
      if (answer.ok) continue
      expect(['not-in-this-state', 'too-busy']).toContain(answer.problem.code)
      expect([409, 422]).toContain(answer.problem.status)
    }
    await isSerial(place)
  })

  test('看着同一版本各办各的：一个办成，七个 409', async () => {
    const place = await hazardIn(server, 'found')
    const answers = await Promise.all(
      eight.map((index) =>
        server.as('enforcer').act(place, 'correct', { place: `第${index}处`, reason: '写错' }, { expectedVersion: 1 }),
      ),
    )
    const codes = answers.map((answer) => (answer.ok ? 'done' : answer.problem.code)).sort()
    expect(codes).toEqual(['done', ...Array.from({ length: 7 }, () => 'stale-version')])
    await isSerial(place)
  })

  test('不挑版本的记录：同一条上八个人各记一笔，大家都记得上', async () => {
    const place = await hazardIn(server, 'found')
    const answers = await Promise.all(
      eight.map((index) => server.as('worker').act(place, 'control', { where: `部位${index}`, scope: 'none' })),
    )
    const done = answers.filter(({ ok }) => ok).length
    expect(done).toBeGreaterThanOrEqual(4)
    for (const answer of answers)
      if (!answer.ok) expect(answer.problem).toMatchObject({ status: 409, code: 'too-busy' })
    expect((await streamOf(place)).length).toBe(1 + done)
    await isSerial(place)
  })

  test('重新打开、验收、更正、改判抢着办：结果像一个接一个办的', async () => {
    const bodies = bodiesOf(server)
    const acts: readonly (readonly [PostName, HazardAct])[] = [
      ['enforcer', 'reopen'],
      ['safetyOfficer', 'assign'],
      ['safetyOfficer', 'accept'],
      ['enforcer', 'recheck'],
      ['regulator', 'closeOut'],
      ['enforcer', 'correct'],
      ['regulator', 'rejudge'],
      ['worker', 'control'],
    ]
    for (const start of ['closed', 'rectifying', 'accepted', 'rechecked'] as const) {
      const place = await hazardIn(server, start)
      for (const _round of [1, 2, 3]) {
        const answers = await Promise.all(acts.map(([name, act]) => server.as(name).act(place, act, bodies[act])))
        for (const answer of answers)
          if (!answer.ok) expect(answer.problem.status, answer.problem.code).toBeLessThan(500)
      }
      await isSerial(place)
    }
  })

  test('互相并入：不会两条都没了', async () => {
    for (const _round of [1, 2, 3, 4]) {
      const [a, b] = [await hazardIn(server, 'found'), await hazardIn(server, 'found')]
      const merge = (from: HazardPlace, into: HazardPlace) =>
        server.as('enforcer').act(from, 'merge', { other: into.id, reason: '同一处' })
      const answers = await Promise.all([merge(a, b), merge(b, a)])
      for (const answer of answers) if (!answer.ok) expect(answer.problem.status).toBeLessThan(500)
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
      await isSerial(a)
      await isSerial(b)
    }
  })

  test('两座矿同时各报八条：编号各自从头到尾不缺不重', async () => {
    const before = await count('read.hazard where tenant_id = $1', [server.ids.mine])
    const report = (name: PostName, tenantId: string) =>
      server
        .as(name)
        .act(newHazard(tenantId), 'report', { mineId: tenantId, source: 'principalCheck', description: '浮石' })
    const answers = await Promise.all(
      eight.flatMap(() => [report('principal', server.ids.mine), report('siblingPrincipal', server.ids.sibling)]),
    )
    const receipts = answers.map((answer) => granted(answer))
    const numbersOf = (tenantId: string) =>
      receipts.flatMap((receipt) => (receipt.tenantId === tenantId ? [receipt.number ?? 0] : [])).sort((x, y) => x - y)
    expect(numbersOf(server.ids.sibling)).toEqual(eight.map((index) => index + 1))
    expect(numbersOf(server.ids.mine)).toEqual(eight.map((index) => before + index + 1))
    const { rows } = await server.owner.query('select number from read.hazard where tenant_id = $1 order by number', [
      server.ids.mine,
    ])
    expect(rows.map(({ number }) => Number(String(number).split('-')[2]))).toEqual(rows.map((_, index) => index + 1))
  })

  test('每个事件一片叶子、一份盐；待发箱和事件一样多', async () => {
    const { events, outbox, salts } = await books()
    expect({ outbox, salts }).toEqual({ outbox: events, salts: events })
    expect(await count(`(select distinct leaf_hash from ledger.outbox) as one`)).toBe(events)
    expect(
      await count('private.leaf_salt s left join ledger.outbox o using (leaf_hash) where o.leaf_hash is null'),
    ).toBe(0)
  })
})

describe('要么全有，要么全无', () => {
  const missing = [
    ['待发箱写不进', 'insert on ledger.outbox'],
    ['读表写不进', 'insert, update on read.hazard'],
    ['盐写不进', 'insert on private.leaf_salt'],
    ['办理记录写不进', 'insert on core.command'],
    ['编号取不到', 'insert, update on core.counter'],
    ['任务排不进', 'insert on all tables in schema pgboss'],
  ] as const

  test.each(missing)('%s：回答系统出错，哪本账上都没有；恢复后同一编号照样办成', async (_, privilege) => {
    const photo = await uploaded(server.baseUrl, server.as('safetyOfficer'), server.ids.mine, await jpegPhoto(50, 50), {
      name: '现场.jpg',
      type: 'image/jpeg',
    })
    const place = newHazard(server.ids.mine)
    const commandId = uuidv7()
    const report = () =>
      server
        .as('safetyOfficer')
        .act(
          place,
          'report',
          { mineId: server.ids.mine, source: 'safetyOfficerCheck', description: '裂缝', photos: [photo] },
          { commandId },
        )
    const before = await books()
    await server.owner.query(`revoke ${privilege} from bihuan_app`)
    const answer = await report()
    await server.owner.query(`grant ${privilege} to bihuan_app`)
    expect(answer).toMatchObject({
      ok: false,
      problem: { status: 500, code: 'fault', detail: expect.stringContaining('没有留下半截') },
    })
    expect(JSON.stringify(answer)).not.toMatch(/outbox|permission|stack|\.ts/)
    expect(await books()).toEqual(before)
    expect(granted(await report()).replayed).toBe(false)
    expect((await books()).jobs).toBe(before.jobs + 1)
  })

  test('行还没送到数据库就出错的，也一样全无', async () => {
    const { pool, clock, rulebook, jobs } = server.platform
    const execute = createExecute({
      pool,
      clock,
      rulebook,
      capabilities: [{ ...hazardCapability, rows: () => [{ table: 'read.nowhere', row: {} }] }],
      columns: await readColumns(pool),
      jobs,
      signer: server.platform.ledger.identity.signer,
      demo: true,
      checkAccess: true,
    })
    const { accountId, homeTenantId, grant } = server.as('worker')
    const before = await books()
    const act = execute(
      { accountId, homeTenantId, ...grant },
      {
        id: uuidv7(),
        tenantId: server.ids.mine,
        streamId: uuidv7(),
        act: 'hazard.report',
        body: { mineId: server.ids.mine, source: 'workerReport', description: '浮石' },
      },
    )
    await expect(act).rejects.toThrow('no read table read.nowhere')
    expect(await books()).toEqual(before)
  })

  test('等到锁以后看到的是锁里最新的：矿的编号正在改，隐患编号跟新的走', async () => {
    const { ids, owner } = server
    const writer = await owner.connect()
    try {
      await writer.query('begin')
      const { rows } = await writer.query<{ version: number }>(
        'select version from core.stream where tenant_id = $1 and stream_id = $1 for update',
        [ids.sibling],
      )
      const version = rows[0]?.version ?? 0
      const place = newHazard(ids.sibling)
      const reporting = server.as('siblingPrincipal').act(place, 'report', {
        mineId: ids.sibling,
        source: 'principalCheck',
        description: '浮石',
      })
      // The report waits for the lock of the mine's stream.
      await expect
        .poll(() => count(`pg_stat_activity where wait_event_type = 'Lock' and query like '%core.stream%'`))
        .toBe(1)
      await writer.query(
        `insert into core.event (tenant_id, stream_id, version, div, id, kind, type, v, body, account_id, role, person_id, command_id, rulebook_version, captured_at, received_at)
         select tenant_id, stream_id, $2, div, gen_random_uuid(), kind, type, v, jsonb_set(body, '{value,code}', '"T77"'),
           account_id, role, person_id, gen_random_uuid(), rulebook_version, captured_at, received_at
         from core.event where tenant_id = $1 and stream_id = $1 and version = $3`,
        [ids.sibling, version + 1, version],
      )
      await writer.query('update core.stream set version = $2 where tenant_id = $1 and stream_id = $1', [
        ids.sibling,
        version + 1,
      ])
      await writer.query('commit')
      granted(await reporting)
      const { state } = await server.as('siblingPrincipal').sees(place)
      expect(state.number).toMatch(/^T77-2023-/)
    } finally {
      await writer.query('rollback').catch(() => undefined)
      writer.release()
    }
  })
})
