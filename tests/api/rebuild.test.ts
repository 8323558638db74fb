import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { giveHandover, readOpenItems } from '#contract/handover.ts'
import { listHazards } from '#contract/hazard.ts'
import { exportRegister } from '#contract/register.ts'
import { capabilities } from '#server/open.ts'
import { type Rebuilt, rebuild } from '#server/platform/rebuild/rebuild.ts'
import { granted, startServer, type TestServer } from '#tests/support/district.ts'
import { hazardIn } from '#tests/support/hazards.ts'
import { take } from '#tests/support/importing.ts'
import { fillMine } from '#tests/support/mineRecords.ts'
import { fillPapers } from '#tests/support/papers.ts'
import { actAtRandom } from '#tests/support/randomActs.ts'
import { tablesIn } from '#tests/support/tables.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
  for (const status of ['found', 'rectifying', 'accepted', 'closed', 'merged', 'endedByClosure'] as const)
    await hazardIn(server, status)
  await actAtRandom(server, 150, 20230915)
  const list = { bytes: new TextEncoder().encode('岗位,姓名\n爆破员,某人'), fileName: '名单.csv' }
  granted(await take(server.as('safetyOfficer'), list, { kind: 'people', tenantId: server.ids.mine }))
  await fillPapers(server)
  await fillMine(server)
  const leader = server.as('crewLeader')
  const open = granted(await leader.call(readOpenItems, { query: {} }))
  const params = { tenantId: server.ids.mine, id: uuidv7() }
  const body = { commandId: uuidv7(), to: server.as('watcher').personId, ...open }
  granted(await leader.call(giveHandover, { params, body }))
  const exported = await server.as('regulator').download(exportRegister, {
    body: { commandId: uuidv7(), format: 'csv', columns: ['number'], filter: {} },
  })
  if (!exported.ok) throw new Error(JSON.stringify(exported.problem))
})
afterAll(() => server.close())

const again = (options: { dryRun?: boolean } = {}): Promise<Rebuilt> =>
  rebuild({ adminUrl: server.database.adminUrl, capabilities, ...options })

const readTables = () => tablesIn(server.owner, ['read'])
const sources = () => tablesIn(server.owner, ['core', 'ledger', 'private', 'machinery'])
const jobs = async () => (await server.owner.query('select count(*) from pgboss.job')).rows

type Key = { readonly tenant_id: string; readonly id: string }

const named = ({ tables }: Rebuilt) =>
  tables.flatMap(({ table, missingKeys, extraKeys, differentKeys }) => [
    ...missingKeys.map(({ id }) => `缺 ${table} ${id}`),
    ...extraKeys.map(({ id }) => `多 ${table} ${id}`),
    ...differentKeys.map(({ id, columns }) => `不同 ${table} ${id} ${columns.join(',')}`),
  ])

/** Ways in which a hand at the database can spoil a read table; each gives what a rebuild must say of it. */
const damages = {
  deleted: async (table: string, { tenant_id, id }: Key) => {
    await server.owner.query(`delete from ${table} where tenant_id = $1 and id = $2`, [tenant_id, id])
    return `缺 ${table} ${id}`
  },
  moved: async (table: string, { tenant_id, id }: Key) => {
    await server.owner.query(`update ${table} set div = '990000' where tenant_id = $1 and id = $2`, [tenant_id, id])
    return `不同 ${table} ${id} div`
  },
  invented: async (table: string, { tenant_id, id }: Key) => {
    const other = id.replace(/^.{8}/, 'ffffffff')
    // A tenant's row is its own tenant: the table itself insists.
    const owner = table === 'read.tenant' ? other : tenant_id
    await server.owner.query(
      `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object('id', $3::text, 'tenant_id', $4::text))).*
       from ${table} t where tenant_id = $1 and id = $2`,
      [tenant_id, id, other, owner],
    )
    return `多 ${table} ${other}`
  },
} as const

const tables = [
  'read.account',
  'read.board',
  'read.company',
  'read.crew_meeting',
  'read.handover',
  'read.hazard',
  'read.hazard_entry',
  'read.hazard_past',
  'read.import',
  'read.key_presence',
  'read.mine',
  'read.mine_unit',
  'read.organisation',
  'read.permit',
  'read.person',
  'read.register_export',
  'read.self_check',
  'read.tenant',
]

const damage = fc.record({
  how: fc.constantFrom('deleted', 'moved', 'invented'),
  table: fc.constantFrom(...tables),
  which: fc.nat(),
})

const spoil = async (given: readonly { how: keyof typeof damages; table: string; which: number }[]) => {
  const said: string[] = []
  for (const { how, table, which } of given) {
    const { rows } = await server.owner.query<Key>(`select tenant_id, id from ${table} order by 1, 2`)
    const key = rows[which % rows.length]
    if (key) said.push(await damages[how](table, key))
  }
  return said
}

describe('按事件重建数据表', () => {
  test('没人动过的数据：一行不差，什么也没有写', async () => {
    const before = { read: await readTables(), sources: await sources(), jobs: await jobs() }
    const rebuilt = await again()
    expect(rebuilt).toMatchObject({ differences: 0, applied: false })
    expect(rebuilt.tables.map(({ table }) => table)).toEqual(tables)
    for (const { table, rows } of rebuilt.tables) expect(rows, table).toBe(before.read[table]?.length)
    expect({ read: await readTables(), sources: await sources(), jobs: await jobs() }).toEqual(before)
  })

  test('删掉、改掉、凭空添上的行，都被指名，并恢复得一字不差', async () => {
    const right = await readTables()
    await fc.assert(
      // One damage a table: what two on one row come to is not the point.
      fc.asyncProperty(
        fc.uniqueArray(damage, { minLength: 1, maxLength: 7, selector: ({ table }) => table }),
        async (given) => {
          const said = await spoil(given)
          const rebuilt = await again()
          expect(named(rebuilt).sort()).toEqual([...said].sort())
          expect(rebuilt.differences).toBe(said.length)
          expect(await readTables()).toEqual(right)
        },
      ),
      { numRuns: 12 },
    )
  })

  test('改了一个数字的写法也看得出来：1.0 不是 1', async () => {
    const right = await readTables()
    const { rows } = await server.owner.query<Key>(
      `update read.mine set doc = jsonb_set(doc, '{staffOwn}', (doc ->> 'staffOwn' || '.0')::jsonb)
       where id = (select min(id::text)::uuid from read.mine) returning tenant_id, id`,
    )
    const rebuilt = await again()
    expect(named(rebuilt)).toEqual([`不同 read.mine ${rows[0]?.id} doc`])
    expect(await readTables()).toEqual(right)
  })

  test('只检查时，说出不符，不改动', async () => {
    await spoil([{ how: 'deleted', table: 'read.mine', which: 1 }])
    const spoiled = await readTables()
    expect(await again({ dryRun: true })).toMatchObject({ differences: 1, applied: false })
    expect(await readTables()).toEqual(spoiled)
    expect(await again()).toMatchObject({ differences: 1, applied: true })
  })

  test('源数据、存证、账号、后台任务都不动', async () => {
    const before = { sources: await sources(), jobs: await jobs() }
    await spoil([{ how: 'deleted', table: 'read.hazard', which: 3 }])
    expect(await again()).toMatchObject({ differences: 1 })
    expect({ sources: await sources(), jobs: await jobs() }).toEqual(before)
  })

  test('重建时照常办理、照常查看：办理的都在，恢复的都对', async () => {
    const stop = new AbortController()
    let stood = 0
    const acting = (async () => {
      for (let seed = 1; !stop.signal.aborted; seed += 1) stood += await actAtRandom(server, 20, seed)
    })()
    const looking = (async () => {
      while (!stop.signal.aborted)
        expect(granted(await server.as('regulator').call(listHazards, { query: {} })).items.length).toBeGreaterThan(0)
    })()
    for (let round = 0; round < 4; round += 1) {
      await spoil([{ how: 'deleted', table: 'read.person', which: round }])
      const rebuilt = await again()
      expect(named(rebuilt).filter((line) => !line.startsWith('缺 read.person'))).toEqual([])
    }
    stop.abort()
    await Promise.all([acting, looking])
    expect(stood).toBeGreaterThan(20)
    expect(await again({ dryRun: true })).toMatchObject({ differences: 0 })
  })

  test('办理还没提交时，重建等它，查看不等重建', async () => {
    const writer = await server.owner.connect()
    await writer.query('begin')
    await writer.query('lock table core.event in row exclusive mode')
    let done = false
    const rebuilding = again().then((rebuilt) => {
      done = true
      return rebuilt
    })
    const waiting = `select from pg_locks where relation = 'core.event'::regclass and mode = 'ShareRowExclusiveLock' and not granted`
    while ((await writer.query(waiting)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    granted(await server.as('regulator').call(listHazards, { query: {} }))
    expect(done).toBe(false)
    await writer.query('commit')
    writer.release()
    expect(await rebuilding).toMatchObject({ differences: 0 })
  })

  test('事件缺了一个，就不重建：说出是哪条流，数据表保持原样', async () => {
    const right = await readTables()
    const writer = await server.owner.connect()
    try {
      await writer.query(`set session_replication_role = 'replica'`)
      const { rows } = await writer.query(
        `delete from core.event where (tenant_id, stream_id, version) =
          (select tenant_id, stream_id, version from core.event where kind = 'hazard' order by version desc limit 1) returning *`,
      )
      const [gone] = rows
      await expect(again()).rejects.toThrow(`流 ${gone.stream_id}（hazard）的事件不齐`)
      expect(await readTables()).toEqual(right)
      await writer.query('insert into core.event select (jsonb_populate_record(null::core.event, $1)).*', [
        JSON.stringify(gone),
      ])
    } finally {
      await writer.query(`set session_replication_role = 'origin'`)
      writer.release()
    }
    expect(await again()).toMatchObject({ differences: 0 })
  })

  test('影子表不留下', async () => {
    const { rows } = await server.owner.query(`select from pg_namespace where nspname = 'read_shadow'`)
    expect(rows).toEqual([])
  })
})
