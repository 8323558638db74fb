import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { setCredentialsOf } from '#server/accounts/credentials.ts'
import { setupActor } from '#server/accounts/setUp.ts'
import { signInWith } from '#server/accounts/signIn.ts'
import { capabilities, openPlatform } from '#server/open.ts'
import { backUp } from '#server/platform/backup/backup.ts'
import type { Manifest } from '#server/platform/backup/manifest.ts'
import { createFileStore } from '#server/platform/files/fileStore.ts'
import { jpegPhoto, pdfDocument } from '#server/platform/files/sampleFiles.ts'
import { rebuild } from '#server/platform/rebuild/rebuild.ts'
import { inspect } from '#server/platform/restore/inspect.ts'
import { restore } from '#server/platform/restore/restore.ts'
import { cloneDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mineValue, startServer, type TestServer } from '#tests/support/district.ts'
import { hazardIn } from '#tests/support/hazards.ts'
import { actAtRandom } from '#tests/support/randomActs.ts'
import { tablesIn } from '#tests/support/tables.ts'
import { uploaded } from '#tests/support/upload.ts'

const log = pino({ level: 'silent' })
const password = 'Bei-fen-huifu-2023'

let server: TestServer
let folder: string
let photo: string
let paper: string
let taken: Manifest
const archive = () => join(folder, 'backup.tar')

const takeBackup = (target: string): Promise<Manifest> =>
  backUp({
    adminUrl: server.database.adminUrl,
    files: server.platform.files,
    target,
    version: '0.1.0',
    now: new Date('2026-01-02T03:04:05Z'),
  })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-backup-'))
  server = await startServer()
  for (const status of ['found', 'accepted', 'closed', 'merged'] as const) await hazardIn(server, status)
  await actAtRandom(server, 60, 7)
  const officer = server.as('safetyOfficer')
  photo = await uploaded(server.baseUrl, officer, server.ids.mine, await jpegPhoto(640, 480), {
    name: '北帮.jpg',
    type: 'image/jpeg',
  })
  paper = await uploaded(server.baseUrl, officer, server.ids.mine, pdfDocument(), {
    name: '方案.pdf',
    type: 'application/pdf',
  })
  const { homeTenantId: tenantId, accountId } = server.as('principal')
  const set = await setCredentialsOf(server.platform, setupActor('1404'), {
    tenantId,
    accountId,
    login: 'kuangzhang',
    password,
  })
  if (!set.ok) throw new Error(JSON.stringify(set.refusal))
  // An effect that waits: the mine moved, its records do not follow before the job has run.
  const moved = await server.platform.execute(setupActor('1404'), {
    id: uuidv7(),
    tenantId: server.ids.sibling,
    streamId: server.ids.sibling,
    act: 'mine.put',
    body: { ...mineValue(server.ids, 'sibling'), div: '140404104' },
  })
  if (!moved.ok) throw new Error(JSON.stringify(moved.refusal))
  taken = await takeBackup(archive())
})

type Elsewhere = { readonly database: TestDatabase; readonly owner: pg.Pool; readonly dataDir: string }
const open: Elsewhere[] = []

/** An empty database and an empty data folder: another machine. */
const elsewhere = async (): Promise<Elsewhere> => {
  const database = await cloneDatabase()
  const place = {
    database,
    owner: new pg.Pool({ connectionString: database.adminUrl, max: 2 }),
    dataDir: mkdtempSync(join(tmpdir(), 'bihuan-restored-')),
  }
  open.push(place)
  return place
}

afterEach(async () => {
  for (const { owner, database, dataDir } of open.splice(0)) {
    await owner.end()
    await database.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const restoreTo = async (place: Elsewhere, source = archive(), inspected?: Manifest) =>
  restore({
    adminUrl: place.database.adminUrl,
    files: await createFileStore(place.dataDir),
    source,
    inspected: inspected ?? (await inspect(source)),
    log,
  })

const schemas = ['core', 'ledger', 'private', 'read']
const waitingJobs = async (owner: pg.Pool) =>
  (
    await owner.query(
      `select name, data from pgboss.job where state = 'created' and not starts_with(name, '__') order by name, data::text`,
    )
  ).rows
const used = async ({ owner }: Elsewhere) =>
  Object.values(await tablesIn(owner, schemas)).reduce((sum, rows) => sum + rows.length, 0)

const openThere = ({ database, dataDir }: Elsewhere) =>
  openPlatform({
    database: { kind: 'given', ...database, adminUrl: undefined, stop: async () => undefined },
    dataDir,
    log,
    work: false,
  })

describe('备份恢复到别的机器上', () => {
  test('每张表一字不差，事件、存证、个人信息都在；后台任务照样排着', async () => {
    const place = await elsewhere()
    await restoreTo(place)
    const here = await tablesIn(server.owner, schemas)
    expect(await tablesIn(place.owner, schemas)).toEqual(here)
    expect(here['core.event']?.length).toBeGreaterThan(50)
    expect(here['ledger.outbox']).toHaveLength(here['core.event']?.length ?? 0)
    expect(here['private.person']?.join()).toContain('隐名')
    const jobs = await waitingJobs(place.owner)
    expect(jobs).toEqual(await waitingJobs(server.owner))
    expect(jobs).toContainEqual(expect.objectContaining({ name: 'mine.moveDivision' }))
    expect(await rebuild({ adminUrl: place.database.adminUrl, capabilities, dryRun: true })).toMatchObject({
      differences: 0,
    })
  })

  test('原件都在，内容没有变', async () => {
    const place = await elsewhere()
    await restoreTo(place)
    const store = await createFileStore(place.dataDir)
    expect([await store.verify(photo), await store.verify(paper)]).toEqual(['intact', 'intact'])
    expect(readFileSync(store.pathOf(photo))).toEqual(readFileSync(server.platform.files.pathOf(photo)))
  })

  test('用原来的账号密码登录；原来的登录状态不带过去', async () => {
    const place = await elsewhere()
    await restoreTo(place)
    const platform = await openThere(place)
    try {
      const signed = await signInWith(platform.pool, { login: 'kuangzhang', password }, new Date())
      expect(signed).toMatchObject({ ok: true, value: { owner: { accountId: server.as('principal').accountId } } })
      expect((await place.owner.query('select from machinery.session')).rowCount).toBe(1)
    } finally {
      await platform.close()
    }
  })

  test('恢复之后仍然只能添加；接着办理，存证的编号接着排', async () => {
    const place = await elsewhere()
    await restoreTo(place)
    for (const change of [
      'update core.event set type = type || $$x$$',
      'delete from core.command',
      'delete from ledger.outbox',
    ])
      await expect(place.owner.query(change)).rejects.toMatchObject({ code: '55000' })
    const highest = async () => (await place.owner.query('select max(id) as id from ledger.outbox')).rows[0].id
    const before = Number(await highest())
    const platform = await openThere(place)
    try {
      const done = await platform.execute(setupActor('1404'), {
        id: uuidv7(),
        tenantId: server.ids.mine,
        streamId: server.ids.mine,
        act: 'mine.put',
        body: { ...mineValue(server.ids, 'mine'), staffOwn: 32 },
      })
      expect(done).toMatchObject({ ok: true })
      expect(Number(await highest())).toBe(before + 1)
    } finally {
      await platform.close()
    }
  })

  test('一边办理一边备份，得到的是同一时刻的数据', async () => {
    const acting = actAtRandom(server, 60, 99)
    const target = join(folder, 'busy.tar')
    await takeBackup(target)
    await acting
    const place = await elsewhere()
    await restoreTo(place, target)
    expect(await rebuild({ adminUrl: place.database.adminUrl, capabilities, dryRun: true })).toMatchObject({
      differences: 0,
    })
    const { rows } = await place.owner.query(
      `select (select count(*) from core.event) = (select count(*) from private.leaf_salt)
          and (select count(*) from core.event) = (select count(*) from ledger.outbox) as whole`,
    )
    expect(rows).toEqual([{ whole: true }])
  })

  test('只有本人能读备份文件', async () => {
    expect((await stat(archive())).mode & 0o777).toBe(0o600)
  })
})

describe('不该恢复的不恢复，什么也不写', () => {
  const spoilt = (change: (bytes: Buffer) => Buffer): string => {
    const path = join(folder, `${uuidv7()}.tar`)
    writeFileSync(path, change(readFileSync(archive())))
    return path
  }

  test('已经有数据的数据库', async () => {
    const place = await elsewhere()
    await place.owner.query(`insert into core.counter values ($1, 'hazard-2023', '140404', 1)`, [uuidv7()])
    await expect(restoreTo(place)).rejects.toThrow('这里已经有数据，不能覆盖')
    expect(await used(place)).toBe(1)
  })

  test('没写完的备份', async () => {
    // Within a table's content: cut between two entries, it is the list of contents that is missing.
    const withinTable = (bytes: Buffer): number => bytes.indexOf('tables/core.event.copy.gz') + 512 + 20
    await expect(inspect(spoilt((bytes) => bytes.subarray(0, withinTable(bytes))))).rejects.toThrow(
      '不是完整的备份文件',
    )
    await expect(inspect(spoilt(() => Buffer.from('闭环')))).rejects.toThrow(/备份/)
  })

  test.each(['tables/core.event.copy.gz', 'tables/private.person.copy.gz', 'jobs.copy.gz'])(
    '%s 里变了一个字节的备份',
    async (part) => {
      const path = spoilt((bytes) => {
        const at = bytes.indexOf(part) + 512 + 20
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
        return bytes
      })
      await expect(inspect(path)).rejects.toThrow(`${part} 已损坏`)
    },
  )

  test('照片变了一个字节的备份', async () => {
    const path = spoilt((bytes) => {
      const at = bytes.indexOf(`${photo.slice(0, 2)}/${photo.slice(2, 4)}/${photo}`) + 1024
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
      return bytes
    })
    await expect(inspect(path)).rejects.toThrow(`备份中的文件 ${photo} 已损坏`)
  })

  /** Same length, so that the archive itself stays whole. */
  const withManifest = (from: string, to: string) =>
    spoilt((bytes) => {
      bytes.write(to, bytes.lastIndexOf(from))
      return bytes
    })

  test('更新的程序做的备份', async () => {
    await expect(inspect(withManifest('0001_platform.sql', '9001_platform.sql'))).rejects.toThrow('备份来自更新的程序')
  })

  test('数据库结构与本版程序不同的备份', async () => {
    const own = taken.migrations[0]?.sha256 ?? ''
    await expect(inspect(withManifest(own, '0'.repeat(64)))).rejects.toThrow('与本版程序的不同')
  })

  test('恢复到一半出错，数据库还是空的，可以重来', async () => {
    const place = await elsewhere()
    const wrong = taken.tables.map((one) => (one.table === 'read.mine' ? { ...one, rows: one.rows + 1 } : one))
    await expect(restoreTo(place, archive(), { ...taken, tables: wrong })).rejects.toThrow(
      'read.mine 应有 4 行，只恢复了 3 行',
    )
    expect(await used(place)).toBe(0)
    await restoreTo(place)
    expect(await used(place)).toBeGreaterThan(100)
  })
})

describe('有记录的文件不在或者坏了', () => {
  test('备份照做，清单里指名', async () => {
    const { files } = server.platform
    const good = readFileSync(files.pathOf(paper))
    const bad = Buffer.from(good)
    bad.writeUInt8(0x41, 3)
    try {
      writeFileSync(files.pathOf(paper), bad)
      const damaged = join(folder, 'damaged.tar')
      expect((await takeBackup(damaged)).files).toMatchObject({ count: 2, damaged: [paper], missing: [] })
      expect((await inspect(damaged)).files.damaged).toEqual([paper])
      rmSync(files.pathOf(paper))
      expect((await takeBackup(join(folder, 'missing.tar'))).files).toMatchObject({ count: 1, missing: [paper] })
    } finally {
      writeFileSync(files.pathOf(paper), good)
    }
  })

  test('写不下去的备份不留半个文件', async () => {
    const target = join(folder, 'no-such-folder', 'backup.tar')
    await expect(takeBackup(target)).rejects.toThrow()
    await expect(stat(target)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
