import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { setCredentialsOf } from '#server/accounts/credentials.ts'
import { setupActor } from '#server/accounts/setUp.ts'
import { beginDecided } from '#server/ledger/beginAnew.ts'
import { beginningOf } from '#server/ledger/beginning.ts'
import { verifierOf } from '#server/ledger/identity.ts'
import { readJournalLine } from '#server/ledger/journalLine.ts'
import { openKeys } from '#server/ledger/keys.ts'
import { lastCheckpoint, publicTile } from '#server/ledger/publicTree.ts'
import { ledgerOverview } from '#server/ledger/queries.ts'
import type { BroughtBack } from '#server/ledger/replay/bringBack.ts'
import { withSequencerLock } from '#server/ledger/withSequencerLock.ts'
import { capabilities, type OpenPlatform } from '#server/open.ts'
import { jpegPhoto } from '#server/platform/files/sampleFiles.ts'
import { nodeSha256 } from '#server/platform/nodeSha256.ts'
import { rebuild } from '#server/platform/rebuild/rebuild.ts'
import { divisions, mineValue, newHazard, startServer, type TestServer } from '#tests/support/district.ts'
import { type Elsewhere, elsewhere, takeAlong, takeBackup } from '#tests/support/elsewhere.ts'
import { eventually } from '#tests/support/eventually.ts'
import { type PublicLog, readPublicLog } from '#tests/support/publicLog.ts'
import { actAtRandom } from '#tests/support/randomActs.ts'
import { setUpPerson } from '#tests/support/setUpPerson.ts'
import { tablesIn } from '#tests/support/tables.ts'
import { uploaded } from '#tests/support/upload.ts'
import { toHex } from '#translog/hex.ts'
import { rootOf } from '#translog/merkle.ts'
import { meetNewLog } from '#translog/newLog.ts'
import type { TilesReader } from '#translog/pin.ts'
import { readTile, tilePath } from '#translog/tile.ts'

let server: TestServer
let folder: string
let archive: string
/** How far the log was when the backup was taken, and when the machine was lost. */
let then: PublicLog
let last: PublicLog
let gone: string

const countOf = async (owner: TestServer['owner'], what: string): Promise<number> =>
  (await owner.query(`select count(*)::int as n from ${what}`)).rows[0].n

const signedUp = (): Promise<PublicLog> =>
  eventually(async () => {
    const log = readPublicLog(server.platform.ledger.secondFolder)
    return log?.checkpoint.size === (await countOf(server.owner, 'ledger.outbox')) ? log : undefined
  })

const put = async (act: string, tenantId: string, streamId: string, body: Record<string, unknown>) => {
  const done = await server.platform.execute(setupActor('1404'), { id: uuidv7(), tenantId, streamId, act, body })
  if (!done.ok) throw new Error(JSON.stringify(done.refusal))
}

const photo = async (width: number) =>
  uploaded(server.baseUrl, server.as('safetyOfficer'), server.ids.mine, await jpegPhoto(width, 30), {
    name: '北帮.jpg',
    type: 'image/jpeg',
  })

const report = (over: Record<string, unknown> = {}) => ({
  mineId: server.ids.mine,
  source: 'safetyOfficerCheck',
  description: '台阶有裂缝',
  ...over,
})

/** Enough of them that tiles fill up on both sides of the backup. */
const manyReports = (count: number) =>
  Promise.all(
    Array.from({ length: count }, () =>
      server.as('safetyOfficer').does(newHazard(server.ids.mine), 'report', report()),
    ),
  )

/** The week that the older database does not know: numbers drawn, a mine moved, a code handed on, files, names, logins. */
const aWeekGoesBy = async () => {
  const { ids, platform } = server
  await actAtRandom(server, 80, 7)
  await manyReports(260)
  const officer = server.as('safetyOfficer')
  await officer.does(newHazard(ids.mine), 'report', report({ photos: [await photo(41)] }))
  gone = await photo(42)
  await officer.does(newHazard(ids.mine), 'report', report({ photos: [gone] }))
  await put('mine.put', ids.sibling, ids.sibling, { ...mineValue(ids, 'sibling'), div: '140404104' })
  await server.owner.query('select core.move_to_division($1, $2)', [ids.sibling, '140404104'])
  const codes = (
    await server.owner.query<{ stream_id: string; value: string }>(
      `select stream_id, value from core.claim where kind = 'creditCode'`,
    )
  ).rows
  const codeOf = (id: string) => codes.find(({ stream_id }) => stream_id === id)?.value
  const fresh = uuidv7()
  await put('company.put', ids.otherCompany, ids.otherCompany, {
    name: '邻县矿业改',
    creditCode: 'F1140404DEM000911W',
    div: divisions.otherCompany,
  })
  await put('company.put', fresh, fresh, {
    name: '接手的公司',
    creditCode: codeOf(ids.otherCompany),
    div: divisions.otherCompany,
  })
  const { accountId } = await setUpPerson(platform, ids.mine, {
    post: '新来的',
    name: '隐名新来',
    phone: '13899990000',
  })
  const set = await setCredentialsOf(platform, setupActor('1404'), {
    tenantId: ids.mine,
    accountId,
    login: '新来的账号',
    password: '一句自己记得住的话',
  })
  if (!set.ok) throw new Error(JSON.stringify(set.refusal))
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-replay-'))
  archive = join(folder, 'backup.tar')
  server = await startServer({ sequence: true })
  await actAtRandom(server, 300, 3)
  await manyReports(150)
  then = await signedUp()
  await takeBackup(server, archive)
  await aWeekGoesBy()
  last = await signedUp()
})

const open: Elsewhere[] = []
const machine = async (what: Parameters<typeof takeAlong>[2]): Promise<Elsewhere> => {
  const place = await elsewhere(server.clock)
  open.push(place)
  await place.restore(archive)
  takeAlong(server, place, what)
  return place
}

afterEach(async () => {
  for (const place of open.splice(0)) await place.close()
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const replayed = (done: BroughtBack) => {
  if (done.kind !== 'brought') throw new Error(`${done.kind}: ${done.kind === 'refused' ? done.trouble.message : ''}`)
  return done
}
const refusal = (done: BroughtBack) => {
  if (done.kind !== 'refused') throw new Error(done.kind)
  return done.trouble
}

const logOf = (place: Elsewhere, size: number): Promise<PublicLog> =>
  eventually(async () => {
    const log = readPublicLog(join(place.dataDir, 'stick'))
    return log && log.checkpoint.size >= size ? log : undefined
  })

const report1 = async (place: Elsewhere, platform: Awaited<ReturnType<Elsewhere['open']>>) => {
  const { accountId, homeTenantId, personId, grant } = server.as('safetyOfficer')
  const done = await platform.execute(
    { accountId, homeTenantId, personId, ...grant },
    { id: uuidv7(), tenantId: server.ids.mine, streamId: uuidv7(), act: 'hazard.report', body: report() },
  )
  if (!done.ok) throw new Error(`${place.dataDir}: ${JSON.stringify(done.refusal)}`)
  return done.value.receipt
}

/** Of the log, what the sequencer settles anew and what other checkpoints there were is not told by the second folder. */
const told = async (owner: TestServer['owner']) => {
  const all = await tablesIn(owner, ['core', 'private', 'read', 'ledger'])
  const { rows: heads } = await owner.query('select log, size, encode(root, $1) as root from ledger.head', ['hex'])
  const {
    'ledger.head': _head,
    'ledger.checkpoint': _checkpoint,
    'ledger.verification': _verification,
    'core.file': _file,
    'core.claim': claims,
    'private.person': _person,
    'private.account': _account,
    ...same
  } = all
  return { ...same, heads, claims: claims?.filter((row) => !row.includes('login')) }
}

describe('恢复了旧的备份，第二存放处还在', () => {
  test('缺的记录全部补回，一字不差；编号、唯一名称、区划都跟上；存证接着签', async () => {
    const place = await machine({ keys: true, second: true, files: true })
    rmSync(join(place.dataDir, 'files', gone.slice(0, 2), gone.slice(2, 4), gone))
    expect(last.checkpoint.size).toBeGreaterThan(then.checkpoint.size + 80)
    const done = replayed(await place.start())
    expect(done.replayed).toMatchObject({ log: 1, from: then.checkpoint.size, to: last.checkpoint.size, closed: 0 })
    expect(done.replayed.events).toBe(last.checkpoint.size - then.checkpoint.size)
    expect(done.settled).toMatchObject({ names: 1, logins: 1, filesFound: 1, filesGone: 1, erasedAgain: 0 })
    expect(await told(place.owner)).toEqual(await told(server.owner))
    expect(await rebuild({ adminUrl: place.database.adminUrl, capabilities, dryRun: true })).toMatchObject({
      differences: 0,
    })
    const { rows } = await place.owner.query('select source, sound, findings from ledger.verification')
    expect(rows).toMatchObject([{ source: 'replay', sound: true, findings: [{ code: 'replayed' }] }])
    expect((await place.start()).kind).toBe('nothing')
    const platform = await place.open()
    const { number } = await report1(place, platform)
    expect(number).toBe(
      (await server.owner.query(`select value from core.counter where tenant_id = $1`, [server.ids.mine])).rows[0]
        .value + 1,
    )
    const log = await logOf(place, last.checkpoint.size + 1)
    expect(log.checkpoint.origin).toBe(last.checkpoint.origin)
    expect(log.leaves.slice(0, last.leaves.length)).toEqual(last.leaves)
    expect(toHex(rootOf(log.leaves, nodeSha256))).toBe(toHex(log.checkpoint.root))
    expect(platform.ledger.sequencer?.trouble()).toBeUndefined()
  })

  test('备份里有整套存证；试做不改动任何东西', async () => {
    const place = await machine({ keys: true, second: true })
    const logged = (owner: TestServer['owner']) =>
      owner.query(
        `select e.idx, e.leaf_hash, e.outbox_id, (select count(*) from ledger.tile t where t.idx = 0) as full_tiles,
           (select note from ledger.checkpoint where size = $1) as note
         from ledger.entry e where e.idx < $1 order by e.idx`,
        [then.checkpoint.size],
      )
    expect((await logged(place.owner)).rows).toEqual((await logged(server.owner)).rows)
    const before = await tablesIn(place.owner, ['core', 'private', 'read', 'ledger', 'machinery'])
    expect(await place.start({ dryRun: true })).toMatchObject({
      kind: 'wouldBring',
      replayed: { from: then.checkpoint.size, to: last.checkpoint.size },
    })
    expect(await tablesIn(place.owner, ['core', 'private', 'read', 'ledger', 'machinery'])).toEqual(before)
  })

  test('密钥丢了也先补回，停下不签；两个岗位决定另起后，第一条写明原来的快照和理由', async () => {
    const place = await machine({ keys: false, second: true })
    expect(replayed(await place.start()).replayed.to).toBe(last.checkpoint.size)
    const held = await place.open()
    expect(await eventually(async () => held.ledger.sequencer?.trouble())).toMatchObject({ code: 'keyGone' })
    await place.stop()
    await withSequencerLock(place.database.adminUrl, (db) =>
      beginDecided(
        db,
        { reason: '密钥文件随旧机器丢失', decidedBy: ['局长', '系统管理员'] },
        { keys: openKeys(place.dataDir), secondFolder: join(place.dataDir, 'stick'), now: new Date() },
      ),
    )
    await place.open()
    await logOf(place, last.checkpoint.size + 1)
    const { rows } = await place.owner.query(
      'select number, origin, reason, previous, decided_by from ledger.log order by number',
    )
    expect(rows[1]).toMatchObject({ number: 2, previous: last.written, decided_by: ['局长', '系统管理员'] })
    expect(rows[1].reason).toContain('密钥')
    expect(readFileSync(join(place.dataDir, 'stick', 'archive', '1', 'public', 'checkpoint'), 'utf8')).toBe(
      last.written,
    )
  })

  test('补了一半断电：再启动时做完', async () => {
    const place = await machine({ keys: true, second: true, files: true })
    replayed(await place.start())
    const whole = await told(place.owner)
    await place.owner.query('delete from read.hazard')
    await place.owner.query(`delete from core.claim where kind = 'creditCode'`)
    await place.owner.query(`insert into machinery.setting (key, value) values ('replayed', $1)`, [
      JSON.stringify({ log: 1, from: then.checkpoint.size, to: last.checkpoint.size }),
    ])
    replayed(await place.start())
    const { claims, ...again } = await told(place.owner)
    expect(again).toEqual({ ...whole, claims: undefined })
    expect(claims?.length).toBeGreaterThan(0)
  })
})

describe('补不回来的，不补，说明是哪一条', () => {
  const journal = (place: Elsewhere): string => {
    const within = join(place.dataDir, 'stick', 'journal', '000', '000')
    return join(within, readdirSync(within).sort().at(-1) ?? '')
  }
  const untouched = async (place: Elsewhere) =>
    expect(await countOf(place.owner, 'ledger.entry')).toBe(then.checkpoint.size)

  test('日志里改了一个字', async () => {
    const place = await machine({ keys: true, second: true })
    const file = journal(place)
    writeFileSync(file, readFileSync(file, 'utf8').replace('台阶有裂缝', '台阶没裂缝'))
    const trouble = refusal(await place.start())
    expect(trouble.code).toBe('journalDamaged')
    expect(trouble.message).toMatch(/日志第 \d+ 条与它的存证不符/)
    await untouched(place)
    expect((await place.owner.query('select source, sound from ledger.verification')).rows).toEqual([
      { source: 'replay', sound: false },
    ])
  })

  test('日志里改了一个字，又抹去了盐：没有删除个人信息的记录，就不信它', async () => {
    const place = await machine({ keys: true, second: true })
    const file = journal(place)
    const spoilt = readFileSync(file, 'utf8')
      .split('\n')
      .map((line) =>
        line.includes('台阶有裂缝')
          ? JSON.stringify({ ...JSON.parse(line.replace('台阶有裂缝', '台阶没裂缝')), salt: null })
          : line,
      )
    writeFileSync(file, spoilt.join('\n'))
    const trouble = refusal(await place.start())
    expect(trouble.code).toBe('journalDamaged')
    expect(trouble.message).toMatch(/第 \d+ 条少了核对用的盐，却没有删除个人信息的记录/)
    await untouched(place)
  })

  test('日志少了最后几行', async () => {
    const place = await machine({ keys: true, second: true })
    const file = journal(place)
    writeFileSync(file, `${readFileSync(file, 'utf8').trimEnd().split('\n').slice(0, -2).join('\n')}\n`)
    expect(refusal(await place.start()).message).toMatch(/日志第 \d+ 条缺失/)
    await untouched(place)
  })

  test('数据库自己的存证被改过', async () => {
    const place = await machine({ keys: true, second: true })
    await place.owner.query('alter table ledger.entry disable trigger all')
    await place.owner.query(`update ledger.entry set leaf_hash = sha256('x') where idx = $1`, [
      then.checkpoint.size - 1,
    ])
    await place.owner.query('alter table ledger.entry enable trigger all')
    expect(refusal(await place.start()).code).toBe('treeDamaged')
    await untouched(place)
  })

  test('没接第二存放处就接着签过：接上以后指出从第几条起不同', async () => {
    const place = await machine({ keys: true, second: false })
    await place.owner.query(`delete from machinery.setting where key = 'restored'`)
    await report1(place, await place.open())
    await logOf(place, then.checkpoint.size + 1)
    await place.stop()
    rmSync(join(place.dataDir, 'stick'), { recursive: true })
    takeAlong(server, place, { keys: false, second: true })
    const trouble = refusal(await place.start())
    expect(trouble).toMatchObject({ code: 'forked' })
    expect(trouble.message).toContain(`第 ${then.checkpoint.size} 条`)
  })

  test('恢复之后、补回之前又办了事：指名，两样都不丢；照常办理，不签发；决定另起后两不相碰', async () => {
    const place = await machine({ keys: true, second: true })
    const early = await place.open()
    const receipt = await report1(place, early)
    const stopped = await eventually(async () => early.ledger.sequencer?.trouble())
    expect(stopped.code).toBe('rolledBack')
    await place.stop()
    const trouble = refusal(await place.start())
    expect(trouble.code).toBe('madeSince')
    expect(trouble.message).toContain(receipt.streamId)
    expect(trouble.remedy).toContain('bihuan ledger begin')
    await untouched(place)
    expect(await countOf(place.owner, `ledger.verification where source = 'sequencer' and not sound`)).toBe(1)
    const begun = await withSequencerLock(place.database.adminUrl, (db) =>
      beginDecided(
        db,
        { reason: '恢复后办理的要保留', decidedBy: ['局长', '系统管理员'] },
        { keys: openKeys(place.dataDir), secondFolder: join(place.dataDir, 'stick'), now: new Date() },
      ),
    )
    expect(begun.number).toBe(2)
    expect((await place.start()).kind).toBe('nothing')
    await place.open()
    const log = await logOf(place, (await countOf(place.owner, 'core.event')) + 1)
    const first = readJournalLine(
      readFileSync(join(place.dataDir, 'stick', 'journal', '000', '000', '000.jsonl'), 'utf8').split('\n')[0] ?? '',
      0,
    )
    if (first?.kind !== 'beginning') throw new Error('no beginning')
    expect(first.leafHash).toEqual(log.leaves[0])
    expect(beginningOf(first.log)).toMatchObject({
      reason: '恢复后办理的要保留',
      decidedBy: ['局长', '系统管理员'],
      previous: last.written,
    })
    expect(readPublicLog(join(place.dataDir, 'stick', 'archive', '1'))?.leaves).toEqual(last.leaves)
  })
})

describe('第二存放处读不了', () => {
  test('说明原因，照样启动', async () => {
    const place = await machine({ keys: true, second: true })
    const folder = join(place.dataDir, 'stick', 'journal')
    rmSync(folder, { recursive: true })
    writeFileSync(folder, 'a file in the place of a folder')
    expect(refusal(await place.start())).toMatchObject({ code: 'folder' })
    await report1(place, await place.open({ sequence: false }))
  })

  test.each([
    ['快照文件写坏了', () => 'half a chec', '读不出来'],
    [
      '快照文件上的签名坏了',
      (note: string) => note.replace(/(\n— \S+ \S{20})(.)/, (_, before, one) => before + (one === 'A' ? 'B' : 'A')),
      '签名不对',
    ],
  ])('%s：不补回，也不另起；说明原因和怎么办；照样办理，停签，文件夹原样不动', async (_, spoil, words) => {
    const place = await machine({ keys: true, second: true })
    const checkpoint = join(place.dataDir, 'stick', 'public', 'checkpoint')
    const spoilt = spoil(readFileSync(checkpoint, 'utf8'))
    writeFileSync(checkpoint, spoilt)
    const trouble = refusal(await place.start())
    expect(trouble).toMatchObject({ code: 'folder', message: expect.stringContaining(words) })
    expect(trouble.remedy).toContain('bihuan ledger fsck')
    const platform = await place.open()
    await report1(place, platform)
    expect(await eventually(async () => platform.ledger.sequencer?.trouble())).toMatchObject({ code: 'folder' })
    expect(await countOf(place.owner, 'ledger.log')).toBe(1)
    expect(readFileSync(checkpoint, 'utf8')).toBe(spoilt)
    expect(readdirSync(join(place.dataDir, 'stick'))).not.toContain('archive')
  })
})

/** What a browser makes of the log of this machine, which pinned that checkpoint of the old one. */
const browserMeets = async (place: Elsewhere, platform: OpenPlatform, pinned: string): Promise<string> => {
  const { scope } = server.as('worker').grant
  const told = { identity: platform.ledger.identity, trouble: undefined, waitingSince: undefined }
  const { log, earlier } = await platform.read({ scope }, (within) =>
    ledgerOverview(within, { ...told, inspects: false, runs: false }),
  )
  const shown = await lastCheckpoint(place.owner, { log: log.number, hash: 'sha256' })
  const tilesOf =
    (number: number): TilesReader =>
    async (wanted) => {
      const found = await Promise.all(
        wanted.map(async (at) => {
          const tile = await publicTile(place.owner, { log: number, hash: 'sha256' }, tilePath(at))
          const hashes = tile && readTile(tile.bytes, at.width)
          return hashes ? [[tilePath(at), hashes] as const] : []
        }),
      )
      return new Map(found.flat())
    }
  const meeting = { pinned, verifier: server.platform.ledger.identity.verifier, shown: shown ?? '' }
  const verdict = await meetNewLog({ ...meeting, logs: [log, ...earlier] }, { tilesOf, verifierOf })
  return verdict.kind === 'refused' ? verdict.fault : verdict.kind
}

describe('恢复了旧的备份，第二存放处没有了', () => {
  test('自动另起：第一条写明哪一份备份、原来的快照；已有的记录全部排进去，可以接着办', async () => {
    const place = await machine({ keys: true, second: false })
    const done = await place.start()
    if (done.kind !== 'begun') throw new Error(done.kind)
    expect(done.begun.reason).toContain('2026-01-02 11:04 的备份恢复')
    const platform = await place.open()
    await report1(place, platform)
    const events = await countOf(place.owner, 'core.event')
    const log = await logOf(place, events + 1)
    expect(log.checkpoint.origin).toBe(last.checkpoint.origin.replace(/1$/, '2'))
    expect(log.checkpoint.size).toBe(events + 1)
    const { rows } = await place.owner.query('select previous from ledger.log where number = 2')
    expect(rows[0].previous).toContain(`\n${then.checkpoint.size}\n`)
    expect((await place.start()).kind).toBe('nothing')
    expect(await countOf(place.owner, 'ledger.log')).toBe(2)

    // A browser that pinned the old log before the backup finds all of it gone on from; one that pinned it later, not.
    const early = await server.owner.query('select note from ledger.checkpoint where size < $1 order by size limit 1', [
      then.checkpoint.size,
    ])
    expect(await browserMeets(place, platform, early.rows[0].note)).toBe('goesOn')
    expect(await browserMeets(place, platform, then.written)).toBe('goesOn')
    expect(await browserMeets(place, platform, last.written)).toBe('lost')
  })

  test('密钥也没有：照样启动，照样办理', async () => {
    const place = await machine({ keys: false, second: false })
    expect((await place.start()).kind).toBe('begun')
    const platform = await place.open()
    expect((await report1(place, platform)).signed).toContain('/2')
    await logOf(place, (await countOf(place.owner, 'core.event')) + 1)
  })
})
