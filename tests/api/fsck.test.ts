import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setupActor } from '#server/accounts/setUp.ts'
import { checkLedger } from '#server/ledger/fsck/checkLedger.ts'
import type { FindingPlace } from '#server/ledger/fsck/finding.ts'
import { vkeysIn } from '#server/ledger/fsck/keyRing.ts'
import { repairLedger } from '#server/ledger/fsck/repairLedger.ts'
import { journalPath } from '#server/ledger/secondHome.ts'
import { switchTwin } from '#server/ledger/twin.ts'
import { capabilities } from '#server/open.ts'
import { runCli } from '#tests/support/cli.ts'
import { divisions, mineValue, newHazard, startServer, type TestServer } from '#tests/support/district.ts'
import { eventually } from '#tests/support/eventually.ts'

let server: TestServer

const protectedTables = [
  'core.event',
  'core.stream',
  'core.command',
  'private.leaf_salt',
  'ledger.outbox',
  'ledger.entry',
  'ledger.tile',
  'ledger.head',
  'ledger.checkpoint',
  'ledger.log',
  'read.hazard',
] as const

const options = () => ({
  db: server.owner,
  home: { folder: server.platform.ledger.secondFolder },
  vkeyOf: vkeysIn(server.platform.ledger.keys),
})

const repair = (dry = false) =>
  repairLedger({ ...options(), adminUrl: server.database.adminUrl, capabilities, now: new Date(), dry })

const report = () =>
  server.as('worker').does(newHazard(server.ids.mine), 'report', {
    source: 'workerReport',
    mineId: server.ids.mine,
    place: '北帮',
    description: '台阶坡面有裂缝',
  })

/** Everything is in the log and signed, in the database and in the folder. */
const signedUp = () =>
  eventually(async () => {
    const { rows } = await server.owner.query(
      `select h.size, (select count(*) from ledger.outbox) = h.size and h.settled = (select max(id) from ledger.outbox) as done
       from ledger.head h where hash = 'sha256' order by log desc limit 1`,
    )
    const path = join(server.platform.ledger.secondFolder, 'public', 'checkpoint')
    const published = existsSync(path) ? readFileSync(path, 'utf8').split('\n')[1] : undefined
    return rows[0]?.done && published === String(rows[0].size) ? Number(published) : undefined
  })

const rowsOf = async (): Promise<Record<string, unknown>> => {
  const found: Record<string, unknown> = {}
  for (const table of protectedTables)
    found[table] = (
      await server.owner.query(`select t::text as row from ${table} t order by t::text collate "C"`)
    ).rows.map(({ row }) => row)
  return found
}

/** As whoever has every right: past the triggers that refuse changes. */
const tamper = async (...statements: readonly string[]): Promise<void> => {
  const client = await server.owner.connect()
  await client.query('begin')
  await client.query('set local session_replication_role = replica')
  for (const statement of statements) await client.query(statement)
  await client.query('commit')
  client.release()
}

const pathIn = (path: string): string => join(server.platform.ledger.secondFolder, path)

/** One entry of the log, a hazard's, with where its rows lie. */
const oneAct = async () => {
  const { rows } = await server.owner.query(
    `select n.idx::int as index, n.outbox_id::int as outbox, e.tenant_id as tenant, e.stream_id as stream, e.version, e.command_id as command
     from ledger.entry n join ledger.outbox o on o.id = n.outbox_id
     join core.event e on e.tenant_id = o.tenant and e.stream_id = o.subject and e.version = o.version
     where e.kind = 'hazard' order by n.idx desc limit 1`,
  )
  const act: { index: number; outbox: number; tenant: string; stream: string; version: number; command: string } =
    rows[0]
  const at = `tenant_id = '${act.tenant}' and stream_id = '${act.stream}' and version = ${act.version}`
  return { ...act, at, place: { tenantId: act.tenant, streamId: act.stream, version: act.version } }
}

type Damage = {
  readonly name: string
  readonly strike: () => Promise<unknown>
  readonly named: () => Promise<Partial<FindingPlace> & { kind: string }>
}

const kinds: readonly Damage[] = [
  {
    name: '改了一条办理记录的内容',
    strike: async () =>
      tamper(`update core.event set body = body || '{"description": "没有隐患"}' where ${(await oneAct()).at}`),
    named: async () => ({ kind: 'rowAltered', table: 'core.event', columns: ['body'], ...(await oneAct()).place }),
  },
  {
    name: '把办理时间提前一天',
    strike: async () => {
      const { at, command } = await oneAct()
      await tamper(
        `update core.event set received_at = received_at - interval '1 day' where ${at}`,
        `update core.command set received_at = received_at - interval '1 day' where id = '${command}'`,
      )
    },
    named: async () => ({
      kind: 'rowAltered',
      table: 'core.event',
      columns: ['received_at'],
      ...(await oneAct()).place,
    }),
  },
  {
    name: '把记录挪到别的区划',
    strike: async () => tamper(`update core.event set div = '140425' where ${(await oneAct()).at}`),
    named: async () => ({ kind: 'rowAltered', table: 'core.event', columns: ['div'], ...(await oneAct()).place }),
  },
  {
    name: '删了一条办理记录，不留痕迹',
    strike: async () => {
      const { at, stream, outbox, command, index } = await oneAct()
      await tamper(
        `delete from core.event where ${at}`,
        `delete from private.leaf_salt where ${at}`,
        `delete from core.stream where stream_id = '${stream}'`,
        `delete from core.command where id = '${command}'`,
        `delete from ledger.outbox where id = ${outbox}`,
        `delete from ledger.entry where idx = ${index}`,
        `delete from read.hazard where id = '${stream}'`,
      )
    },
    named: async () => ({ kind: 'rowMissing', table: 'core.event', ...struck.place }),
  },
  {
    name: '改了办理回执',
    strike: async () =>
      tamper(
        `update core.command set receipt = jsonb_set(receipt, '{number}', '99') where id = '${(await oneAct()).command}'`,
      ),
    named: async () => ({
      kind: 'rowAltered',
      table: 'core.command',
      columns: ['receipt'],
      commandId: (await oneAct()).command,
    }),
  },
  {
    name: '抹掉了盐，并没有依法删除',
    strike: async () => tamper(`update private.leaf_salt set salt = null where ${(await oneAct()).at}`),
    named: async () => ({
      kind: 'rowAltered',
      table: 'private.leaf_salt',
      columns: ['salt'],
      ...(await oneAct()).place,
    }),
  },
  {
    name: '改了记录的办理次数',
    strike: async () =>
      tamper(`update core.stream set version = version + 1 where stream_id = '${(await oneAct()).stream}'`),
    named: async () => ({
      kind: 'rowAltered',
      table: 'core.stream',
      columns: ['version'],
      streamId: (await oneAct()).stream,
    }),
  },
  {
    name: '塞进一条没有人办过的事',
    strike: async () =>
      tamper(
        `insert into core.event select tenant_id, stream_id, version + 1, div, gen_random_uuid(), kind, type, v, body, account_id, role,
           person_id, command_id, rulebook_version, captured_at, received_at from core.event where ${(await oneAct()).at}`,
      ),
    named: async () => {
      const { place } = struck
      return { kind: 'rowAlien', table: 'core.event', ...place, version: place.version + 1 }
    },
  },
  {
    name: '改了待存证箱的编号',
    strike: async () => {
      const { outbox } = await oneAct()
      await tamper(
        `with gone as (delete from ledger.outbox where id = ${outbox} returning *)
         insert into ledger.outbox (id, leaf, leaf_hash, at, tenant, subject, version, sealing) overriding system value
         select id + 5000, leaf, leaf_hash, at, tenant, subject, version, sealing from gone`,
      )
    },
    named: async () => ({ kind: 'rowMissing', table: 'ledger.outbox', outboxId: struck.outbox }),
  },
  {
    name: '调换了存证的两条',
    strike: async () => {
      const { index } = await oneAct()
      await tamper(
        `update ledger.entry set idx = 100000 where idx = ${index}`,
        `update ledger.entry set idx = ${index} where idx = ${index - 1}`,
        `update ledger.entry set idx = ${index - 1} where idx = 100000`,
      )
    },
    named: async () => ({ kind: 'rowAltered', table: 'ledger.entry', index: struck.index }),
  },
  {
    name: '在存证末尾添一条',
    strike: async () => tamper(`insert into ledger.entry select 1, max(idx) + 1, sha256('x'), null from ledger.entry`),
    named: async () => ({ kind: 'rowAlien', table: 'ledger.entry', index: size }),
  },
  {
    name: '改了存证的大小登记',
    strike: async () => tamper('update ledger.head set size = size - 1'),
    named: async () => ({ kind: 'rowAltered', table: 'ledger.head' }),
  },
  {
    name: '把“已看到”的编号调高，后面的就不会存证',
    strike: async () => tamper('update ledger.head set settled = settled + 1000'),
    named: async () => ({ kind: 'rowAltered', table: 'ledger.head', columns: ['settled'] }),
  },
  {
    name: '改了快照的签发时间',
    strike: async () =>
      tamper(
        `update ledger.checkpoint set signed_at = signed_at + interval '1 millisecond' where size = (select max(size) from ledger.checkpoint)`,
      ),
    named: async () => ({ kind: 'rowAltered', table: 'ledger.checkpoint', size }),
  },
  {
    name: '删了一份快照',
    strike: async () => tamper('delete from ledger.checkpoint where size = (select max(size) from ledger.checkpoint)'),
    named: async () => ({ kind: 'rowMissing', table: 'ledger.checkpoint', size }),
  },
  {
    name: '整个待存证箱和存证都清空',
    strike: async () => tamper('truncate ledger.outbox, ledger.entry, ledger.tile'),
    named: async () => ({ kind: 'rowMissing', table: 'ledger.outbox', outboxId: struck.outbox }),
  },
  {
    name: '关掉了只增不改的保护',
    strike: async () =>
      tamper(
        'alter table core.event disable trigger event_kept',
        'drop trigger checkpoint_not_emptied on ledger.checkpoint',
      ),
    named: async () => ({ kind: 'unguarded', table: 'core.event' }),
  },
  {
    name: '改了公钥登记',
    strike: async () => tamper(`update ledger.log set vkey = replace(vkey, '+', '+0')`),
    named: async () => ({ kind: 'rowAltered', table: 'ledger.log', columns: ['vkey'] }),
  },
  {
    name: '第二存放处的日志改了一个字',
    strike: async () => {
      const path = pathIn(journalPath(0))
      writeFileSync(path, readFileSync(path, 'utf8').replace('台阶坡面有裂缝', '台阶坡面无裂缝'))
    },
    named: async () => ({ kind: 'fileAltered', path: journalPath(0) }),
  },
  {
    // One bit of the T: the same instant for whoever only reads the time.
    name: '第二存放处的日志里时间的写法改了一位',
    strike: async () => {
      const path = pathIn(journalPath(0))
      writeFileSync(path, readFileSync(path, 'utf8').replace(/("received_at": "\d{4}-\d{2}-\d{2})T/, '$1t'))
    },
    named: async () => ({ kind: 'fileAltered', path: journalPath(0) }),
  },
  {
    name: '第二存放处的日志截断了',
    strike: async () => truncateSync(pathIn(journalPath(0)), 1_000),
    named: async () => ({ kind: 'fileAltered', path: journalPath(0), index: 1 }),
  },
  {
    name: '第二存放处的快照不见了',
    strike: async () => rmSync(pathIn('public/checkpoint')),
    named: async () => ({ kind: 'fileMissing', path: 'public/checkpoint' }),
  },
  {
    name: '第二存放处的一块树改了',
    strike: async () => {
      const path = pathIn(`public/tile/0/000.p/${size}`)
      const bytes = readFileSync(path)
      bytes[0] = (bytes[0] ?? 0) ^ 1
      writeFileSync(path, bytes)
    },
    named: async () => ({ kind: 'fileAltered', path: `public/tile/0/000.p/${size}` }),
  },
  {
    name: '第二存放处放进了别的文件',
    strike: async () => appendFileSync(pathIn('public/tile/notes.txt'), 'x'),
    named: async () => ({ kind: 'fileAlien', path: 'public/tile/notes.txt' }),
  },
]

let struck: Awaited<ReturnType<typeof oneAct>>
let size: number

describe('没有人动过', () => {
  beforeAll(async () => {
    server = await startServer({ sequence: true, work: true })
  })
  afterAll(() => server.close())

  test('什么也查不出来；读表也与事件相符', async () => {
    await report()
    await signedUp()
    const checked = await checkLedger({
      ...options(),
      readTables: { adminUrl: server.database.adminUrl, capabilities },
    })
    expect(checked.findings).toEqual([])
    expect(checked).toMatchObject({ sound: true, size: await signedUp() })
    expect(checked.checked.readRows).toBeGreaterThan(20)
  })

  test('一边办理一边核对，一次误报也没有', async () => {
    let working = true
    const lanes = Array.from({ length: 3 }, async () => {
      while (working) await report()
    })
    const found: unknown[] = []
    const until = performance.now() + 4_000
    let rounds = 0
    while (performance.now() < until) {
      found.push(...(await checkLedger(options())).findings)
      rounds += 1
    }
    working = false
    await Promise.all(lanes)
    expect(found).toEqual([])
    expect(rounds).toBeGreaterThan(3)
  })

  test('一边办理一边恢复：办理等一等就办成，存证接着签，一处不差', async () => {
    await signedUp()
    const { at } = await oneAct()
    let working = true
    let done = 0
    const lanes = Array.from({ length: 3 }, async () => {
      while (working) {
        await report()
        done += 1
      }
    })
    await tamper(
      `update core.event set body = body || '{"description": "没有隐患"}' where ${at}`,
      `update ledger.checkpoint set note = replace(note, 'bihuan', 'bihuam') where size = (select min(size) from ledger.checkpoint)`,
    )
    appendFileSync(pathIn('public/checkpoint'), 'x')
    const repaired = await repair()
    expect(repaired).toMatchObject({ applied: true, after: { findings: [] } })
    const before = done
    await eventually(async () => (done > before + 3 ? true : undefined))
    working = false
    await Promise.all(lanes)
    await signedUp()
    expect((await checkLedger(options())).findings).toEqual([])
    expect(server.platform.ledger.sequencer?.trouble()).toBeUndefined()
  })

  test('一座矿划走、国密存证打开、超过一整块之后，也没有', async () => {
    await switchTwin(server.owner, true)
    const moved = await server.platform.execute(setupActor('1404'), {
      id: uuidv7(),
      tenantId: server.ids.mine,
      streamId: server.ids.mine,
      act: 'mine.put',
      body: { ...mineValue(server.ids, 'mine'), div: divisions.sibling },
    })
    expect(moved.ok).toBe(true)
    expect((await checkLedger(options())).findings).toEqual([])
    for (let n = 0; n < 300; n += 10) await Promise.all(Array.from({ length: 10 }, report))
    expect(await signedUp()).toBeGreaterThan(300)
    await eventually(async () => {
      const { rows } = await server.owner.query(
        `select count(distinct size) = 1 and count(*) = 2 as equal from ledger.head`,
      )
      return rows[0].equal ? true : undefined
    })
    const checked = await checkLedger(options())
    expect(checked.findings).toEqual([])
    expect(checked.checked.tiles).toBeGreaterThanOrEqual(2)
  })
})

describe('查出、指名、恢复', () => {
  beforeAll(async () => {
    server = await startServer({ sequence: true })
    for (let n = 0; n < 4; n += 1) await report()
    await signedUp()
    await report()
    size = await signedUp()
    await server.platform.ledger.stop()
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    struck = await oneAct()
  })

  test.each(kinds.map((kind) => [kind.name, kind] as const))('%s', async (_, { strike, named }) => {
    const before = await rowsOf()
    const journal = readFileSync(pathIn(journalPath(0)), 'utf8')
    await strike()
    const found = await checkLedger(options())
    expect(found.findings).toContainEqual(expect.objectContaining({ ...(await named()), repairable: true }))
    for (const { message, remedy } of found.findings) expect(`${message}${remedy}`).toMatch(/\p{Script=Han}/u)

    const dry = await repair(true)
    expect(dry.applied).toBe(false)
    expect(dry.steps.length).toBeGreaterThan(0)
    expect((await checkLedger(options())).findings).toEqual(found.findings)

    const done = await repair()
    expect(done.applied).toBe(true)
    expect(done.after?.findings).toEqual([])
    expect(await rowsOf()).toEqual(before)
    expect(readFileSync(pathIn(journalPath(0)), 'utf8')).toBe(journal)
  })

  test('移出来的行留在隔离区，核对的结果记在存证核验里', async () => {
    const { rows } = await server.owner.query(`select distinct table_name, reason from ledger.quarantine`)
    expect(rows).toContainEqual({ table_name: 'core.event', reason: 'alien' })
    expect(rows).toContainEqual({ table_name: 'core.event', reason: 'altered' })
    const { rows: kept } = await server.owner.query(
      `select count(*)::int as n from ledger.verification where source = 'fsck' and not sound and jsonb_array_length(findings) > 0`,
    )
    expect(kept[0].n).toBe(kinds.length)
  })

  test('恢复之后仍然只能添加', async () => {
    for (const table of ['core.event', 'core.command', 'ledger.outbox', 'ledger.entry', 'ledger.checkpoint'])
      await expect(server.owner.query(`delete from ${table}`)).rejects.toMatchObject({ code: '55000' })
  })

  test('命令行：核对、试做、恢复，退出码 0 和 1；文件夹用公钥单独核验', async () => {
    const { database, dataDir } = server
    const env = { DATABASE_URL: database.appUrl, DATABASE_ADMIN_URL: database.adminUrl }
    const run = (...args: readonly string[]) => runCli([...args, '--data', dataDir], { env })
    const honest = await run('ledger', 'fsck')
    expect(honest).toMatchObject({ code: 0 })
    expect(honest.out).toContain(`${size} 条`)
    const { stream, at } = await oneAct()
    await tamper(`update core.event set body = body || '{"description": "没有隐患"}' where ${at}`)
    const found = await run('ledger', 'fsck')
    expect(found.code).toBe(1)
    expect(found.out).toContain(stream)
    const dry = await run('ledger', 'fsck', '--repair', '--dry-run')
    expect(dry).toMatchObject({ code: 1 })
    expect(dry.out).toContain(stream)
    const json = await run('verify', '--database', '--json')
    expect(json.code).toBe(1)
    expect(JSON.parse(json.out)).toMatchObject({ sound: false, findings: [{ table: 'core.event', streamId: stream }] })
    expect(await run('ledger', 'fsck', '--repair')).toMatchObject({ code: 0 })

    const key = server.platform.ledger.identity.signer.vkey
    const folder = server.platform.ledger.secondFolder
    expect(await runCli(['verify', '--log', folder, '--key', key])).toMatchObject({ code: 0 })
    const path = pathIn(`public/tile/entries/000.p/${size}`)
    const bytes = readFileSync(path)
    bytes[30] = (bytes[30] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const altered = await runCli(['verify', '--log', folder, '--key', key])
    expect(altered.code).toBe(1)
    expect(altered.out).toContain('第 0 条的内容不是签发的那一条')
    expect(await run('ledger', 'fsck', '--repair')).toMatchObject({ code: 0 })
    expect(await run('ledger', 'fsck', '--second', join(dataDir, 'not-there'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('没有第二存放处'),
    })
  }, 60_000)

  test('两处都没有相符的一份：指名，一个字也不改', async () => {
    const { at, index } = await oneAct()
    const path = pathIn(journalPath(0))
    const journal = readFileSync(path, 'utf8')
    const lines = journal.split('\n')
    lines[index] = (lines[index] ?? '').replace('台阶坡面有裂缝', '台阶坡面无裂缝')
    await tamper(`update core.event set body = body || '{"description": "没有隐患"}' where ${at}`)
    writeFileSync(path, lines.join('\n'))
    const before = await rowsOf()
    const done = await repair()
    expect(done.before.findings).toContainEqual(
      expect.objectContaining({ kind: 'rowAltered', index, repairable: false }),
    )
    expect(done.applied).toBe(false)
    expect(await rowsOf()).toEqual(before)
    writeFileSync(path, journal)
    expect((await repair()).after?.sound).toBe(true)
  })

  test('第二存放处的文件全没了：从数据库重写；数据库是对的', async () => {
    rmSync(pathIn('public'), { recursive: true })
    rmSync(pathIn('journal'), { recursive: true })
    const before = await rowsOf()
    const done = await repair()
    expect(done.applied).toBe(true)
    expect(done.after?.findings).toEqual([])
    expect(await rowsOf()).toEqual(before)
    expect(existsSync(pathIn('public/checkpoint'))).toBe(true)
  })

  test('另存的快照与现有的都接不上：说明签发过的树找不到了', async () => {
    const checkpoint = readFileSync(pathIn('public/checkpoint'), 'utf8')
    await tamper(`update ledger.outbox set leaf = leaf || 'x' where id = ${(await oneAct()).outbox}`)
    const found = await checkLedger({ ...options(), home: undefined, checkpoint })
    expect(found.sound).toBe(false)
    expect((await repair()).after?.sound).toBe(true)
  })
})
