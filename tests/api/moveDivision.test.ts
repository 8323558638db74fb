import { setTimeout as sleep } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHazard } from '#contract/hazard.ts'
import { readMine } from '#contract/org.ts'
import { setupActor } from '#server/accounts/setUp.ts'
import { createPool } from '#server/platform/database/pool.ts'
import { heldDivision } from '#server/platform/load.ts'
import { beginWithin } from '#server/platform/scope.ts'
import {
  divisions,
  granted,
  mineValue,
  newHazard,
  refused,
  startServer,
  type TestServer,
} from '#tests/support/district.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ work: true })
})
afterAll(() => server.close())

test('矿划到邻县：它的记录全部跟去，原来的区看不到了，事件的内容一字不改', async () => {
  const { ids, owner, platform } = server
  const place = newHazard(ids.mine)
  await server.as('worker').does(place, 'report', { mineId: ids.mine, source: 'workerReport', description: '浮石' })
  const bodies = async () =>
    (
      await owner.query('select stream_id, version, type, body from core.event where tenant_id = $1 order by 1, 2', [
        ids.mine,
      ])
    ).rows
  const before = await bodies()
  const moved = await platform.execute(setupActor('1404'), {
    id: uuidv7(),
    tenantId: ids.mine,
    streamId: ids.mine,
    act: 'mine.put',
    body: { ...mineValue(ids, 'mine'), div: divisions.foreign },
  })
  expect(moved.ok).toBe(true)
  const left = async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' where c.relkind = 'r'`,
    )
    const counts = await Promise.all(
      rows.map(async ({ name }) => {
        const behind = await owner.query(`select from ${name} where tenant_id = $1 and div <> $2`, [
          ids.mine,
          divisions.foreign,
        ])
        return behind.rowCount ?? 0
      }),
    )
    return counts.reduce((sum, one) => sum + one, 0)
  }
  await expect.poll(left, { timeout: 10_000, interval: 100 }).toBe(0)
  const after = await bodies()
  expect(after).toHaveLength(before.length + 1)
  for (const event of before) expect(after).toContainEqual(event)
  expect(granted(await server.as('foreignRegulator').call(readHazard, { params: place })).state.number).toBe(
    'T01-2023-001',
  )
  expect(refused(await server.as('regulator').call(readHazard, { params: place })).status).toBe(404)
  expect(refused(await server.as('regulator').call(readMine, { params: { id: ids.mine } })).status).toBe(404)
  granted(await server.as('principal').act(place, 'correct', { place: '东帮', reason: '补写' }))
  granted(await server.as('foreignRegulator').act(place, 'correct', { place: '西帮', reason: '核对' }))
})

test('办理还没有提交，划走就等它：没有一条记录落在矿已经离开的区', async () => {
  const { ids, owner, platform, database } = server
  const underWay = createPool(database.appUrl, { max: 1 })
  const client = await underWay.connect()
  await beginWithin(client, { kind: 'division', code: '1404' }, 'read write')
  expect(await heldDivision(client, ids.sibling)).toBe(divisions.sibling)
  let moved = false
  const moving = platform
    .execute(setupActor('1404'), {
      id: uuidv7(),
      tenantId: ids.sibling,
      streamId: ids.sibling,
      act: 'mine.put',
      body: { ...mineValue(ids, 'sibling'), div: divisions.foreign },
    })
    .then((done) => {
      moved = done.ok
    })
  await sleep(500)
  expect(moved).toBe(false)
  await client.query(`insert into private.person (tenant_id, person_id, div, updated_at) values ($1, $2, $3, now())`, [
    ids.sibling,
    uuidv7(),
    divisions.sibling,
  ])
  await client.query('commit')
  client.release()
  await underWay.end()
  await moving
  expect(moved).toBe(true)
  const behind = async () =>
    (
      await owner.query('select from private.person where tenant_id = $1 and div <> $2', [
        ids.sibling,
        divisions.foreign,
      ])
    ).rowCount
  await expect.poll(behind, { timeout: 10_000, interval: 100 }).toBe(0)
})
