import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHazard } from '#contract/hazard.ts'
import { readMine } from '#contract/org.ts'
import { setupActor } from '#server/accounts/setUp.ts'
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
